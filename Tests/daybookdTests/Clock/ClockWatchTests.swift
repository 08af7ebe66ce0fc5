import Dispatch
import Foundation
import Testing

@testable import daybookd

/// That a step is told cannot be tried here: the clock is the machine's.
@Suite struct ClockWatchTests {
  private let queue = DispatchQueue(label: "test.watch")

  private func timers() throws -> Int {
    let folder = "/proc/self/fd"
    return try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)")
      return target == "anon_inode:[timerfd]"
    }.count
  }

  @Test("while nobody sets the clock nothing is told")
  func quiet() async throws {
    let told = Collected<Int>()
    let watch = try ClockWatch(queue: queue) { told.add(1) }
    try await Task.sleep(for: .milliseconds(100))
    queue.sync {}
    #expect(told.all.isEmpty)
    withExtendedLifetime(watch) {}
  }

  @Test("a watch that is let go takes its descriptor along")
  func closed() async throws {
    var many: [ClockWatch]? = try (0..<64).map { _ in try ClockWatch(queue: queue) {} }
    let before = try timers()
    #expect(before >= many?.count ?? 0)
    many = nil
    // Other tests have timers too, but not so many of them at once.
    #expect(await eventually { (try? self.timers()).map { $0 <= before - 32 } ?? false })
  }
}
