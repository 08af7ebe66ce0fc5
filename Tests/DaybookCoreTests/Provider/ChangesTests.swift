import Testing

@testable import DaybookCore

@Suite("Lists of changes")
struct ChangesTests {
  @Test(
    "a moment is written as the service wants it",
    arguments: [
      (SinceForm.unix, "1466200800"), (.utc, "2016-06-17T22:00:00Z"), (.basic, "20160617T220000Z"),
      (.ymd, "2016-06-18"),
    ])
  func since(_ form: SinceForm, _ text: String) throws {
    let zone = try systemZone("Europe/Berlin")
    #expect(form.text(try moment("2016-06-17T22:00:00Z"), in: zone) == text)
  }
}
