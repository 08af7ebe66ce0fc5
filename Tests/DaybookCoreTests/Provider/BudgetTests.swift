import Testing

@testable import DaybookCore

/// People have these words in provider files and settings of their own: none may change or go.
@Suite("Words of windows and meters")
struct BudgetTests {
  @Test("whose the window is")
  func per() { #expect(WindowSpec.Per.allCases.map(\.rawValue) == ["app", "user"]) }

  @Test("how the server counts")
  func align() {
    #expect(
      WindowSpec.Align.allCases.map(\.rawValue) == [
        "clock", "first", "rolling", "sliding", "unknown",
      ])
  }

  @Test("what a header says")
  func says() {
    #expect(
      Meter.Says.allCases.map(\.rawValue) == ["limit", "used", "left", "resets_in", "resets_at"])
  }

  @Test("a window is what all its parts say: none is left out of a comparison")
  func windows() {
    let window = WindowSpec(name: "hour", seconds: 3_600, limit: 60, per: .app, align: .clock)
    for other in [
      WindowSpec(name: "HOUR", seconds: 3_600, limit: 60, per: .app, align: .clock),
      WindowSpec(name: "hour", seconds: 3_601, limit: 60, per: .app, align: .clock),
      WindowSpec(name: "hour", seconds: 3_600, limit: 61, per: .app, align: .clock),
      WindowSpec(name: "hour", seconds: 3_600, limit: 60, per: .user, align: .clock),
      WindowSpec(name: "hour", seconds: 3_600, limit: 60, per: .app, align: .first),
    ] {
      #expect(window != other)
    }
  }

  @Test("a meter is what all its parts say")
  func meters() {
    let meter = Meter(header: "x-left", says: .left, windows: ["hour"])
    #expect(meter != Meter(header: "x-left", says: .used, windows: ["hour"]))
    #expect(meter != Meter(header: "x-left", says: .left, windows: []))
    #expect(meter != Meter(header: "x-used", says: .left, windows: ["hour"]))
  }
}
