import DaybookCore
import DaybookEngine
import Dispatch
import Glibc
import Testing

@testable import daybookd

/// The loop around an engine that is a closure.
@Suite(.timeLimit(.minutes(1))) struct DriverTests {
  private final class Rig: Sendable {
    let queue = DispatchQueue(label: "test.engine")
    let batches = Collected<[Event]>()
    let notes = Collected<String>()
    let exits = Collected<Int32>()
    let driver = Guarded<Driver?>(nil)

    init(
      performers: Performers = .idle, watchdog: Duration? = nil, start: [Effect] = [],
      handle: @escaping @Sendable ([Event]) -> [Effect] = { _ in [] }
    ) throws {
      let (batches, notes, exits) = (batches, notes, exits)
      let machine = Driver.Machine(
        start: { _ in start },
        handle: { events, _ in
          batches.add(events)
          return handle(events)
        })
      let driver = try Driver(
        queue: queue, machine: machine, performers: performers,
        notifier: Notifier(queue: queue) { notes.add($0) },
        log: LogWriter(to: .plain(-1)), watchdog: watchdog, ended: { exits.add($0) })
      self.driver.change { $0 = driver }
      driver.start()
    }

    func post(_ event: Event) { driver.value?.post(event) }
    func sync() { queue.sync {} }
    var names: [String] { batches.all.flatMap { $0 }.map { "\($0)" } }
  }

  @Test("what the engine wants at the start is done")
  func start() async throws {
    let rig = try Rig(start: [.ready, .status("3 accounts")])
    #expect(await eventually { rig.notes.all == ["READY=1", "STATUS=3 accounts"] })
  }

  @Test("events that came together are handled together, in order")
  func batches() async throws {
    let rig = try Rig()
    rig.queue.suspend()
    for event in [Event.reloadAsked, .clockStepped, .stopAsked] { rig.post(event) }
    rig.queue.resume()
    #expect(await eventually { rig.batches.all.count == 1 })
    #expect(rig.names == ["reloadAsked", "clockStepped", "stopAsked"])
  }

  @Test("effects are performed in their order")
  func order() async throws {
    let seen = Collected<String>()
    var performers = Performers.idle
    performers.send = { seen.add("send \($0.id.number)") }
    performers.answer = { id, _, continues in seen.add("answer \(id.number) \(continues)") }
    let call = Call(
      id: CallID(1), kind: .account, url: "http://127.0.0.1/",
      reception: .memory(ScanPlan()))
    let rig = try Rig(
      performers: performers,
      start: [
        .send(call), .answer(CommandID(5), .done, continues: true),
        .answer(CommandID(5), .done, continues: false), .send(call),
      ])
    #expect(
      await eventually {
        seen.all == ["send 1", "answer 5 true", "answer 5 false", "send 1"]
      })
    withExtendedLifetime(rig) {}
  }

  @Test("a wake-up that is asked for comes as a tick, the newest wish counting")
  func wake() async throws {
    let rig = try Rig(start: [.wake(after: .seconds(600)), .wake(after: .milliseconds(20))])
    #expect(await eventually { rig.names == ["tick"] })
  }

  @Test("what the archive did comes back as an event")
  func persisted() async throws {
    let rig = try Rig(start: [.persist([testItem(3)])])
    let back = await eventually {
      rig.batches.all.joined().contains {
        guard case .persisted(let outcomes) = $0 else { return false }
        return outcomes.map(\.id) == [CallID(3)]
      }
    }
    #expect(back)
  }

  @Test("a reload is told to systemd, read elsewhere and told again when it is done")
  func reload() async throws {
    let rig = try Rig(start: [.ready]) { events in
      events.flatMap { event -> [Effect] in
        switch event {
        case .reloadAsked: [.readSettings]
        case .settingsRefused: [.reloaded]
        default: []
        }
      }
    }
    rig.driver.value?.reload()
    #expect(await eventually { rig.notes.all.count == 3 })
    #expect(rig.notes.all[0] == "READY=1")
    #expect(rig.notes.all[1].hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
    #expect(rig.notes.all[2] == "READY=1")
  }

  @Test("a reload that nobody told systemd of is not ended to it either")
  func quietReload() async throws {
    let rig = try Rig(start: [.ready, .readSettings])
    #expect(await eventually { rig.names == ["settingsRefused([])"] })
    #expect(rig.notes.all == ["READY=1"])
  }

  @Test("the watchdog is fed by finished work of the engine, not by a timer alone")
  func watchdog() async throws {
    let stuck = DispatchSemaphore(value: 0)
    let rig = try Rig(watchdog: .milliseconds(60)) { events in
      if events.contains(where: { if case .clockStepped = $0 { true } else { false } }) {
        stuck.wait()
      }
      return []
    }
    #expect(await eventually { rig.notes.all.filter { $0 == "WATCHDOG=1" }.count >= 3 })
    rig.post(.clockStepped)
    #expect(await eventually { rig.names.contains("clockStepped") })
    let before = rig.notes.all.count
    try await Task.sleep(for: .milliseconds(200))
    #expect(rig.notes.all.count == before)
    stuck.signal()
    #expect(await eventually { rig.notes.all.count > before })
  }

  @Test("after the exit nothing is handled or performed any more")
  func exit() async throws {
    let rig = try Rig { _ in [.status("last"), .exit(status: 74), .ready, .exit(status: 0)] }
    rig.post(.stopAsked)
    #expect(await eventually { rig.exits.all == [74] })
    rig.post(.tick)
    rig.sync()
    #expect(rig.exits.all == [74])
    #expect(rig.batches.all.count == 1)
    #expect(rig.notes.all == ["STATUS=last", "STOPPING=1"])
  }

  @Test("a signal to stop is told to systemd at once and to the engine")
  func stop() async throws {
    let rig = try Rig()
    rig.driver.value?.stop()
    #expect(await eventually { rig.names == ["stopAsked"] })
    #expect(rig.notes.all == ["STOPPING=1"])
  }

  @Test("events from many threads all arrive")
  func threads() async throws {
    let rig = try Rig()
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<500 { rig.post(.clockStepped) }
    }
    #expect(await eventually { rig.names.count == 4_000 })
    #expect(rig.batches.all.count <= 4_000)
  }
}
