import DaybookCore
import Dispatch
import Glibc
import Testing

@testable import daybookd

@Suite struct WakeTimerTests {
  private let queue = DispatchQueue(label: "test.timer")

  @Test("an arming fires once, not before its time")
  func firesOnce() async throws {
    let fired = Collected<BootTime>()
    let timer = try WakeTimer(queue: queue) { fired.add(Clock.now().boot) }
    let begin = Clock.now().boot
    queue.sync { timer.arm(after: .milliseconds(50)) }
    #expect(await eventually { !fired.all.isEmpty })
    try await Task.sleep(for: .milliseconds(100))
    #expect(fired.all.count == 1)
    #expect(fired.all[0] - begin >= .milliseconds(50))
    #expect(queue.sync { !timer.isArmed })
  }

  @Test("a later arming replaces the one before")
  func replaced() async throws {
    let fired = Collected<BootTime>()
    let timer = try WakeTimer(queue: queue) { fired.add(Clock.now().boot) }
    let begin = Clock.now().boot
    queue.sync {
      timer.arm(after: .milliseconds(1))
      // Expired already, but its event waits behind us in the queue.
      usleep(20_000)
      timer.arm(after: .milliseconds(200))
    }
    #expect(await eventually { !fired.all.isEmpty })
    #expect(fired.all[0] - begin >= .milliseconds(200))
  }

  @Test("what was disarmed does not fire", arguments: [0, 5])
  func disarmed(milliseconds: Int) async throws {
    let fired = Collected<Int>()
    let timer = try WakeTimer(queue: queue) { fired.add(1) }
    queue.sync {
      timer.arm(after: .milliseconds(milliseconds))
      timer.disarm()
    }
    try await Task.sleep(for: .milliseconds(60))
    withExtendedLifetime(timer) { #expect(fired.all.isEmpty) }
  }

  @Test("a time that is past fires at once", arguments: [0, -1, -1_000_000])
  func past(seconds: Int) async throws {
    let fired = Collected<Int>()
    let timer = try WakeTimer(queue: queue) { fired.add(1) }
    queue.sync { timer.arm(after: .seconds(seconds)) }
    #expect(await eventually { fired.all == [1] })
    withExtendedLifetime(timer) {}
  }

  @Test("it can be armed again from its own event")
  func rearmed() async throws {
    let fired = Collected<Int>()
    let holder = Guarded<WakeTimer?>(nil)
    let timer = try WakeTimer(queue: queue) {
      fired.add(1)
      if fired.all.count < 5 { holder.value?.arm(after: .milliseconds(1)) }
    }
    holder.change { $0 = timer }
    queue.sync { timer.arm(after: .milliseconds(1)) }
    #expect(await eventually { fired.all.count == 5 })
    holder.change { $0 = nil }
  }
}
