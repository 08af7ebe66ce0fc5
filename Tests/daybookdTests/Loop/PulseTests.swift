import DaybookCore
import Dispatch
import Testing

@testable import daybookd

@Suite struct PulseTests {
  private let queue = DispatchQueue(label: "test.pulse")

  @Test("signs of life are asked for twice in the interval, again and again")
  func beats() async throws {
    let asked = Collected<BootTime>()
    let pulse = try Pulse(queue: queue, interval: .milliseconds(80)) {
      asked.add(Clock.now().boot)
    }
    let begin = Clock.now().boot
    queue.sync { pulse.start() }
    #expect(await eventually { asked.all.count >= 4 })
    for (index, moment) in asked.all.enumerated() {
      #expect(moment - begin >= .milliseconds(40 * (index + 1)))
    }
  }

  @Test("nothing is asked before the start")
  func notStarted() async throws {
    let asked = Collected<Int>()
    let pulse = try Pulse(queue: queue, interval: .milliseconds(10)) { asked.add(1) }
    try await Task.sleep(for: .milliseconds(60))
    #expect(asked.all.isEmpty)
    withExtendedLifetime(pulse) {}
  }

  @Test("a pulse that is let go is still")
  func released() async throws {
    let asked = Collected<Int>()
    var pulse: Pulse? = try Pulse(queue: queue, interval: .milliseconds(10)) { asked.add(1) }
    queue.sync { pulse?.start() }
    #expect(await eventually { asked.all.count >= 2 })
    queue.sync { pulse = nil }
    let count = asked.all.count
    try await Task.sleep(for: .milliseconds(60))
    #expect(asked.all.count == count)
  }
}
