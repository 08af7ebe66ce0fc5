import Dispatch
import Testing

@testable import daybookd

@Suite struct NotifierTests {
  private let queue = DispatchQueue(label: "test.notifier")
  private let sent = Collected<String>()

  private func notifier() throws -> Notifier {
    try Notifier(queue: queue) { [sent] in sent.add($0) }
  }

  @Test("READY is said once")
  func ready() throws {
    let notifier = try notifier()
    queue.sync {
      notifier.ready()
      notifier.ready()
    }
    #expect(sent.all == ["READY=1"])
  }

  @Test("a reload is told with its time, and READY follows")
  func reload() throws {
    let notifier = try notifier()
    let before = Clock.monotonicMicroseconds()
    queue.sync {
      notifier.ready()
      notifier.reloading()
      notifier.reloaded()
    }
    #expect(sent.all.count == 3)
    let lines = sent.all[1].split(separator: "\n")
    #expect(lines[0] == "RELOADING=1")
    let time = try #require(Int64(lines[1].dropFirst("MONOTONIC_USEC=".count)))
    #expect(lines[1].hasPrefix("MONOTONIC_USEC="))
    #expect((before...Clock.monotonicMicroseconds()).contains(time))
    #expect(sent.all[2] == "READY=1")
  }

  @Test("before READY and after STOPPING no reload is told")
  func reloadOutside() throws {
    let notifier = try notifier()
    queue.sync {
      notifier.reloading()
      notifier.reloaded()
      notifier.stopping()
      notifier.reloading()
      notifier.reloaded()
      notifier.stopping()
      notifier.ready()
    }
    #expect(sent.all == ["STOPPING=1"])
  }

  @Test("of a burst of lines the first and the last are sent")
  func burst() async throws {
    let notifier = try notifier()
    queue.sync {
      for n in 1...100 { notifier.status("\(n) days") }
    }
    #expect(sent.all == ["STATUS=1 days"])
    #expect(await eventually { sent.all.count == 2 })
    #expect(sent.all[1] == "STATUS=100 days")
  }

  @Test("at the end what waits goes out")
  func flush() throws {
    let notifier = try notifier()
    queue.sync {
      notifier.status("one")
      notifier.status("two")
      notifier.flush()
      notifier.flush()
    }
    #expect(sent.all == ["STATUS=one", "STATUS=two"])
  }

  @Test("a line break in a status cannot become an assignment of its own")
  func forged() throws {
    let notifier = try notifier()
    queue.sync { notifier.status("a\nMAINPID=1") }
    #expect(sent.all == ["STATUS=a\\u{A}MAINPID=1"])
  }

  @Test("a sign of life is passed on")
  func alive() throws {
    let notifier = try notifier()
    queue.sync { notifier.alive() }
    #expect(sent.all == ["WATCHDOG=1"])
  }
}
