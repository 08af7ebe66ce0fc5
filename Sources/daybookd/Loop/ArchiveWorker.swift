import DaybookEngine
import Dispatch
import Locking

/// Does what waits for files, in the order it was asked for, one thing at a time. Days that come
/// while the disk is busy are put under their names together: one sync of a folder serves them all.
final class ArchiveWorker: Sendable {
  private enum Job: Sendable {
    case persist([PersistItem])
    case assemble(AssembleJob)
    case discard(Spooled)
    case probe(makes: Bool)
    case move(from: String, to: String)
  }

  private struct Waiting {
    var jobs: [Job] = []
    var working = false
  }

  private let performers: Performers
  private let post: @Sendable (Event) -> Void
  private let queue = DispatchQueue(label: "daybookd.archive")
  /// Reads whole years of files, which must not hold up new days.
  private let checks = DispatchQueue(label: "daybookd.check")
  private let settings = DispatchQueue(label: "daybookd.settings")
  private let waiting = Mutex(Waiting())

  init(_ performers: Performers, post: @escaping @Sendable (Event) -> Void) {
    self.performers = performers
    self.post = post
  }

  func persist(_ items: [PersistItem]) { add(.persist(items)) }
  func assemble(_ job: AssembleJob) { add(.assemble(job)) }
  func discard(_ spooled: Spooled) { add(.discard(spooled)) }
  func probe(makes: Bool) { add(.probe(makes: makes)) }
  func move(from: String, to: String) { add(.move(from: from, to: to)) }

  func check(_ job: CheckJob) {
    checks.async { self.post(.checked(self.performers.check(job))) }
  }

  func sweep() { checks.async { self.performers.sweep() } }

  func readSettings() {
    settings.async { self.post(self.performers.readSettings()) }
  }

  private func add(_ job: Job) {
    let idle = waiting.withLock { waiting in
      if case .persist(let items) = job, case .persist(let before) = waiting.jobs.last {
        waiting.jobs[waiting.jobs.count - 1] = .persist(before + items)
      } else {
        waiting.jobs.append(job)
      }
      defer { waiting.working = true }
      return !waiting.working
    }
    if idle { queue.async { self.work() } }
  }

  private func work() {
    while let job = next() { perform(job) }
  }

  private func next() -> Job? {
    waiting.withLock { waiting in
      waiting.working = !waiting.jobs.isEmpty
      return waiting.working ? waiting.jobs.removeFirst() : nil
    }
  }

  private func perform(_ job: Job) {
    switch job {
    case .persist(let items): post(.persisted(performers.persist(items)))
    case .assemble(let job): post(.assembled(performers.assemble(job)))
    case .discard(let spooled): performers.discard(spooled)
    case .probe(let makes): post(.probed(performers.probe(makes)))
    case .move(let from, let to):
      post(.moved(from: from, to: to, ok: performers.move(from, to)))
    }
  }
}
