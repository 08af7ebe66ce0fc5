import DaybookCore
import DaybookSimulator
import Glibc

@testable import DaybookEngine

/// Performing what the engine wants done, as the daemon would.
extension World {
  func perform(_ effects: [Effect]) {
    for effect in effects {
      if kills.strikes(.betweenEffects, &random) { return killAndComeBack() }
      perform(effect)
      if engine == nil { return }
    }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .send(let call): send(call)
    case .cancel(let id):
      cancelled.insert(id)
      later(.replied(id, Reply(.failed(TransportFailure(.cancelled))), life: life))
    case .persist(let items): persist(items)
    case .assemble(let job): assemble(job)
    case .discard(let spooled): archive?.discard(spooled)
    case .wake(let wait):
      let moment = clock.boot + wait
      wakeAt = moment
      agenda.add(.wake(moment, life: life), at: moment)
    case .log(let entry):
      trace.note(
        "log \(entry.message) \(withoutFolder(entry.text))", clock.boot)
      checks.logged(entry, now)
    case .answer(let id, let reply, _): answers[id, default: []].append(reply)
    case .probe(let makes): later(.event(.probed(probe(makes: makes)), life: life))
    case .check(let job):
      if let archive { later(.event(.checked(archive.check(job)), life: life)) }
    case .sweep: _ = try? archive?.sweepTemporaries()
    case .move(let from, let to):
      beforeMove?()
      let ok = (try? archive?.moveAccount(from: from, to: to)) != nil
      later(.event(.moved(from: from, to: to, ok: ok), life: life))
    case .exit(let status): exit = status
    case .readSettings: later(.event(.settingsRead(configuration), life: life))
    case .status, .ready, .reloaded: break
    }
  }

  /// Where the files are differs from one run to the next.
  private func withoutFolder(_ text: String) -> String {
    text.utf8.contains(UInt8(ascii: "/")) ? text.replacing(folder.path, with: "") : text
  }

  private func send(_ call: Call) {
    trace.note("send \(call.kind) \(call.url)", clock.boot)
    if let engine { checks.sent(call, engine, now) }
    agenda.add(.arrives(call, life: life), at: clock.boot + latency())
  }

  private func assemble(_ job: AssembleJob) {
    guard let archive else { return }
    if kills.strikes(.withinPersist, &random) {
      disk.dies(after: Int.random(in: 0..<8 * job.days.count, using: &random))
    }
    let result = archive.assemble(job)
    if disk.isDead { return killAndComeBack() }
    later(.event(.assembled(result), life: life), after: .milliseconds(2))
  }

  /// The process may end in the middle of it: then nobody hears how it went.
  private func persist(_ items: [PersistItem]) {
    guard let archive else { return }
    if kills.strikes(.withinPersist, &random) {
      disk.dies(after: Int.random(in: 0..<8 * items.count, using: &random))
    }
    let outcomes = archive.persist(items)
    if disk.isDead { return killAndComeBack() }
    later(.persisted(outcomes, life: life), after: .milliseconds(2))
  }

  /// As the daemon's door does it: a new ledger makes its archive, an old one finds it.
  func probe(makes: Bool = false) -> ProbeResult {
    guard let archive else { return .failed("no process") }
    do throws(ArchiveFailure) {
      if makes || archiveIsToBeMade {
        try archive.make()
        archiveIsToBeMade = false
      }
      return archive.probe()
    } catch {
      switch error {
      case .full(let text): return .full(text)
      case .away(let text): return .away(text)
      case .syncFailed(let text), .obstructed(let text), .failed(let text): return .failed(text)
      }
    }
  }

  func later(_ happening: Happening, after wait: Duration = .milliseconds(1)) {
    agenda.add(happening, at: clock.boot + wait)
  }

  /// Half of a round trip: log-normal by a sum of draws, now and then slow.
  func latency() -> Duration {
    let mean = options.latency.inMicroseconds / 2
    guard mean > 0 else { return .zero }
    if options.latencyIsFixed { return .microseconds(mean) }
    if options.latencySpread > 0 { return logNormal(mean) }
    if Int.random(in: 0..<2_000, using: &random) == 0 { return options.latency * 40 }
    let draws = (0..<4).map { _ in Int64.random(in: mean / 2...mean * 3 / 2, using: &random) }
    return .microseconds(draws.reduce(0, +) / 4)
  }

  /// Box and Muller's way to a normal draw.
  private func logNormal(_ median: Int64) -> Duration {
    let (a, b) = (
      Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random)
    )
    let normal = sqrt(-2 * log(1 - a)) * cos(2 * .pi * b)
    return .microseconds(Int64(Double(median) * exp(options.latencySpread * normal)))
  }
}
