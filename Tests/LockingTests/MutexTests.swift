import Foundation
import Testing

@testable import Locking

@Suite("Mutex")
struct MutexTests {
  private struct Wrong: Error, Equatable {
    var number: Int
  }

  @Test("many threads add, and nothing is lost")
  func many() {
    let sum = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 8) { _ in
      for _ in 0..<5_000 { sum.withLock { $0 += 1 } }
    }
    #expect(sum.withLock { $0 } == 40_000)
  }

  @Test("who is inside is alone, however long it takes")
  func alone() {
    let inside = Mutex((now: 0, most: 0))
    let gate = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      gate.withLock { _ in
        inside.withLock {
          $0.now += 1
          $0.most = max($0.most, $0.now)
        }
        usleep(5_000)
        inside.withLock { $0.now -= 1 }
      }
    }
    #expect(inside.withLock { $0.most } == 1)
  }

  @Test("an error leaves the lock open, and what was changed stays")
  func errors() {
    let value = Mutex(1)
    #expect(throws: Wrong(number: 7)) {
      try value.withLock { number throws(Wrong) in
        number = 2
        throw Wrong(number: 7)
      }
    }
    #expect(value.withLock { $0 } == 2)
  }

  @Test("what it holds goes when it goes")
  func release() {
    final class Thing: Sendable {}
    weak var seen: Thing?
    do {
      let thing = Thing()
      seen = thing
      _ = Mutex(thing)
    }
    #expect(seen == nil)
  }
}
