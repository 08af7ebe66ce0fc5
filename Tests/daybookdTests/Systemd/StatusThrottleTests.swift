import DaybookCore
import Testing

@testable import daybookd

@Suite struct StatusThrottleTests {
  private func at(_ milliseconds: Int64) -> BootTime {
    BootTime(microseconds: 5_000_000 + milliseconds * 1_000)
  }

  @Test("the first status goes out at once")
  func first() {
    var throttle = StatusThrottle()
    #expect(throttle.set("one", at: at(0)) == .send("one"))
  }

  @Test("the same status is not sent again, however late")
  func same() {
    var throttle = StatusThrottle()
    _ = throttle.set("one", at: at(0))
    #expect(throttle.set("one", at: at(10)) == .nothing)
    #expect(throttle.set("one", at: at(100_000)) == .nothing)
  }

  @Test("a second within the interval waits for the rest of it")
  func waits() {
    var throttle = StatusThrottle()
    _ = throttle.set("one", at: at(0))
    #expect(throttle.set("two", at: at(300)) == .wait(.milliseconds(700)))
    #expect(throttle.due(at: at(1_000)) == .send("two"))
  }

  @Test("of many the last is sent")
  func last() {
    var throttle = StatusThrottle()
    _ = throttle.set("0", at: at(0))
    #expect(throttle.set("1", at: at(1)) == .wait(.milliseconds(999)))
    for n in 2...50 { #expect(throttle.set("\(n)", at: at(Int64(n))) == .nothing) }
    #expect(throttle.due(at: at(1_000)) == .send("50"))
    #expect(throttle.due(at: at(2_000)) == .nothing)
  }

  @Test("a status that is as before by the time it is due is not sent")
  func backAgain() {
    var throttle = StatusThrottle()
    _ = throttle.set("one", at: at(0))
    _ = throttle.set("two", at: at(100))
    #expect(throttle.set("one", at: at(200)) == .nothing)
    #expect(throttle.due(at: at(1_000)) == .nothing)
    // And the timer, which nobody waits for any more, is asked for again.
    #expect(throttle.set("three", at: at(400)) == .wait(.milliseconds(600)))
  }

  @Test("never more than one in an interval, and the last always in the end", arguments: 0..<20)
  func random(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    func next(_ bound: Int64) -> Int64 { Int64.random(in: 0..<bound, using: &random) }
    var throttle = StatusThrottle()
    var time: Int64 = 0
    var due: Int64?
    var sent: [(Int64, String)] = []
    var current = ""
    for _ in 0..<2_000 {
      let step = time + next(400)
      if let alarm = due, alarm <= step {
        time = alarm
        due = nil
        if case .send(let text) = throttle.due(at: at(time)) { sent.append((time, text)) }
      }
      time = step
      current = "\(next(4))"
      switch throttle.set(current, at: at(time)) {
      case .nothing: break
      case .send(let text): sent.append((time, text))
      case .wait(let delay): due = time + delay.inMicroseconds / 1_000
      }
    }
    if case .send(let text) = throttle.due(at: at(time + 1_000)) { sent.append((time, text)) }
    #expect(sent.last?.1 == current, "seed \(seed)")
    for (a, b) in zip(sent, sent.dropFirst().dropLast()) {
      #expect(b.0 - a.0 >= 1_000, "seed \(seed)")
    }
  }
}
