import DaybookCore
import DaybookEngine
import Dispatch
import Testing

@testable import daybookd

@Suite struct ArchiveWorkerTests {
  private let events = Collected<Event>()
  private let calls = Collected<String>()

  /// A worker whose disk is held up until `gate` is signalled once for each persist.
  private func worker(gate: DispatchSemaphore? = nil) -> ArchiveWorker {
    var performers = Performers.idle
    let calls = calls
    performers.persist = { items in
      gate?.wait()
      calls.add("persist " + items.map { "\($0.id.number)" }.joined(separator: ","))
      return items.map { PersistOutcome(id: $0.id, result: .success(())) }
    }
    performers.discard = { calls.add("discard \($0.temporary)") }
    performers.move = { from, to in
      calls.add("move \(from) \(to)")
      return from != "bad"
    }
    performers.probe = { makes in
      calls.add(makes ? "make" : "probe")
      return .full("no space")
    }
    return ArchiveWorker(performers) { [events] in events.add($0) }
  }

  private var persisted: [[UInt64]] {
    events.all.compactMap {
      guard case .persisted(let outcomes) = $0 else { return nil }
      return outcomes.map(\.id.number)
    }
  }

  @Test("days are persisted and the outcomes come back as an event")
  func persist() async {
    worker().persist([testItem(1), testItem(2)])
    #expect(await eventually { persisted == [[1, 2]] })
  }

  @Test("leftovers are swept, and nothing is said of it")
  func sweep() async {
    var performers = Performers.idle
    let calls = calls
    performers.sweep = { calls.add("sweep") }
    ArchiveWorker(performers) { [events] in events.add($0) }.sweep()
    #expect(await eventually { calls.all == ["sweep"] })
    #expect(events.all.isEmpty)
  }

  @Test("batches that come while the disk is busy are done together")
  func together() async {
    let gate = DispatchSemaphore(value: 0)
    let worker = worker(gate: gate)
    for number in 1...20 as ClosedRange<UInt64> { worker.persist([testItem(number)]) }
    for _ in 0..<20 { gate.signal() }
    #expect(await eventually { persisted.flatMap { $0 } == Array(1...20) })
    #expect(persisted.count <= 20)
    #expect(calls.all.count == persisted.count)
  }

  @Test("a rename in between keeps its place")
  func order() async {
    let gate = DispatchSemaphore(value: 0)
    let worker = worker(gate: gate)
    worker.persist([testItem(1)])
    worker.move(from: "old", to: "new")
    worker.persist([testItem(2)])
    worker.persist([testItem(3)])
    worker.discard(testSpooled(4))
    worker.probe(makes: false)
    for _ in 0..<4 { gate.signal() }
    #expect(await eventually { calls.all.last == "probe" })
    #expect(
      calls.all == ["persist 1", "move old new", "persist 2,3", "discard .tmp-4", "probe"])
  }

  @Test("what could not be renamed is told")
  func failedMove() async {
    worker().move(from: "bad", to: "new")
    let told = await eventually {
      events.all.contains {
        if case .moved(from: "bad", to: "new", ok: false) = $0 { true } else { false }
      }
    }
    #expect(told)
  }

  @Test("the answer of a probe is told, also of one that makes the archive")
  func probe() async {
    worker().probe(makes: true)
    let told = await eventually {
      events.all.contains {
        if case .probed(.full("no space")) = $0 { true } else { false }
      }
    }
    #expect(told && calls.all == ["make"])
  }

  @Test("a check and a reading of the settings do not wait for a slow disk")
  func apart() async {
    let gate = DispatchSemaphore(value: 0)
    let worker = worker(gate: gate)
    worker.persist([testItem(1)])
    worker.check(
      CheckJob(
        id: 7, account: "me", stream: "steps", year: 2016, rows: [], deep: false, repair: false,
        plan: ScanPlan(), busy: []))
    worker.readSettings()
    #expect(await eventually { events.all.count == 2 })
    #expect(persisted.isEmpty)
    gate.signal()
    #expect(await eventually { persisted == [[1]] })
  }
}
