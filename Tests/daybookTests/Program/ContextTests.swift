import DaybookCore
import Foundation
import Testing

@testable import daybook

@Suite("What a command has from outside")
struct ContextTests {
  private let context = Context.ofProcess()

  @Test("the clock is the system's")
  func clock() {
    let before = Date().timeIntervalSince1970
    let now = Double(context.now().microseconds) / 1e6
    let after = Date().timeIntervalSince1970
    #expect(now >= before - 0.001 && now <= after + 0.001)
  }

  @Test("local time is that of the system's zone, summer and winter")
  func offset() {
    for seconds in [0, 1_467_000_000, 1_480_000_000, 1_795_382_103] as [Int64] {
      let expected = TimeZone.current.secondsFromGMT(
        for: Date(timeIntervalSince1970: TimeInterval(seconds)))
      #expect(context.utcOffset(Instant(seconds: seconds)) == expected)
    }
  }

  @Test("of the environment only what is documented is known, as it is")
  func environment() {
    let all = ProcessInfo.processInfo.environment
    for (name, value) in context.environment { #expect(all[name] == value) }
    #expect(context.environment["HOME"] == all["HOME"])
    #expect(context.environment["PATH"] == nil)
  }

  @Test("text goes to standard output and standard error, and comes from standard input")
  func descriptors() {
    #expect(context.out.descriptor == 1)
    #expect(context.err.descriptor == 2)
    #expect(context.input == 0)
  }
}
