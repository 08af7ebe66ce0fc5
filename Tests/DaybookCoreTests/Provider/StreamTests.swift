import Testing

@testable import DaybookCore

@Suite("Streams of a provider")
struct StreamTests {
  @Test(
    "a bound names a day or a moment",
    arguments: [
      (DayForm.ymd, true), (.compact, true), (.unix, false), (.unixMilliseconds, false),
      (.utc, false), (.offset, false), (.naive, false), (.parts, true),
    ])
  func forms(form: DayForm, namesDays: Bool) { #expect(form.namesDays == namesDays) }

  @Test("every form is in the table above")
  func allForms() { #expect(DayForm.allCases.count == 8) }

  @Test("words that provider files use stay as they are")
  func words() {
    #expect(
      DayForm.allCases.map(\.rawValue) == [
        "ymd", "compact", "unix", "unix_ms", "utc", "offset", "naive", "parts",
      ])
    #expect(Ends.allCases.map(\.rawValue) == ["[]", "[)", "()"])
    #expect(Request.Method.allCases.map(\.rawValue) == ["get", "post"])
  }

  @Test("what the file leaves out: one day a call, JSON, a day to settle, no limit backwards")
  func defaults() {
    let stream = StreamSpec(
      name: "steps", request: Request(path: "/steps/{start}"),
      window: DayWindow(form: .ymd, ends: .both))
    #expect(stream.span == 1)
    #expect(stream.request.method == .get && stream.request.query.isEmpty)
    #expect(stream.request.accept == "application/json")
    #expect(stream.settle == Settle(days: 1, synced: false))
    #expect(stream.reach == nil && stream.index == nil && stream.belongs == nil)
    #expect(stream.scope == nil && !stream.printsInCurrentZone && stream.volatile.isEmpty)
  }
}
