import Foundation
import Locking
import Testing

@testable import daybook

@Suite("Signals")
struct SignalsTests {
  /// What a thread of its own hears of signals that are sent to it: the other tests' threads are
  /// not disturbed.
  private func heard(_ numbers: [Int32]) -> [Signals.Kind] {
    let kinds = Mutex<[Signals.Kind]?>(nil)
    let thread = Thread {
      var out: [Signals.Kind] = []
      if let signals = try? Signals.ofProcess() {
        for number in numbers {
          pthread_kill(pthread_self(), number)
          guard Ready.wait(for: [signals.descriptor], seconds: 10) == [signals.descriptor],
            let kind = signals.next()
          else { break }
          out.append(kind)
        }
        if signals.next() != nil { out = [] }
        close(signals.descriptor)
      }
      let found = out
      kinds.withLock { $0 = found }
    }
    thread.start()
    for _ in 0..<4_000 {
      if let found = kinds.withLock({ $0 }) { return found }
      usleep(5_000)
    }
    return []
  }

  @Test("Ctrl-C, SIGTERM and the end of the session are all a stop")
  func stop() { #expect(heard([SIGINT, SIGTERM, SIGHUP]) == [.stop, .stop, .stop]) }

  @Test("a new size of the terminal is told apart")
  func resized() { #expect(heard([SIGWINCH, SIGINT]) == [.resized, .stop]) }
}
