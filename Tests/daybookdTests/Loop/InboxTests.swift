import DaybookEngine
import Dispatch
import Testing

@testable import daybookd

@Suite struct InboxTests {
  private func names(_ batch: Inbox.Batch) -> [String] { batch.events.map { "\($0)" } }

  @Test("the first who posts after a taking sees to the next one, the others need not")
  func claims() {
    let inbox = Inbox()
    #expect(inbox.post(.tick))
    #expect(!inbox.post(.clockStepped))
    #expect(!inbox.postWatchdog())
    let batch = inbox.take()
    #expect(names(batch) == ["tick", "clockStepped", "tick"])
    #expect(batch.watchdog)
    #expect(inbox.post(.stopAsked))
    #expect(!inbox.take().watchdog)
  }

  @Test("a taking empties it")
  func empties() {
    let inbox = Inbox()
    _ = inbox.post(.tick)
    #expect(inbox.take().events.count == 1)
    #expect(inbox.take().events.isEmpty)
    #expect(inbox.postWatchdog())
  }

  @Test("of many threads' events none is lost, and somebody always sees to them")
  func threads() {
    let inbox = Inbox()
    let taken = Guarded(0)
    let queue = DispatchQueue(label: "test.inbox")
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<1_000 where inbox.post(.tick) {
        queue.async {
          let count = inbox.take().events.count
          taken.change { $0 += count }
        }
      }
    }
    queue.sync {}
    #expect(taken.value == 8_000)
  }
}
