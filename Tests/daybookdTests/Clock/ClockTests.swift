import DaybookCore
import Dispatch
import Glibc
import Testing

@testable import daybookd

@Suite struct ClockTests {
  @Test("the civil clock is the machine's")
  func civil() {
    let before = Int64(time(nil))
    let now = Clock.now().wall.seconds
    #expect((before - 1...before + 60).contains(now))
  }

  @Test("the boot clock never goes back")
  func bootClock() {
    let readings = (0..<1_000).map { _ in Clock.now().boot }
    #expect(readings == readings.sorted())
    #expect(readings[0].microseconds > 0)
  }

  @Test("the boot clock counts at least what the monotonic clock counts")
  func monotonic() {
    let monotonic = Clock.monotonicMicroseconds()
    #expect(Clock.now().boot.microseconds >= monotonic)
  }

  @Test("the boot id is a UUID and stays the same")
  func bootID() throws {
    let id = try #require(Clock.bootID())
    #expect(id.utf8.count == 36)
    #expect(id.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
    #expect(id == Clock.bootID())
  }

  @Test("nobody sets the clock here, so no step is told")
  func noStep() async throws {
    let steps = Collected<Int>()
    let watch = try ClockWatch(queue: DispatchQueue(label: "watch")) { steps.add(1) }
    try await Task.sleep(for: .milliseconds(100))
    withExtendedLifetime(watch) { #expect(steps.all.isEmpty) }
  }
}
