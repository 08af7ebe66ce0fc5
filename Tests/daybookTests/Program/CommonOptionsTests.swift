import ArgumentParser
import DaybookCore
import Testing

@testable import daybook

@Suite("Arguments")
struct CommonOptionsTests {
  @Test("what is right becomes a value")
  func values() throws {
    #expect(try ArgumentValue.name("me-moves") == "me-moves")
    #expect(try ArgumentValue.day("2016-02-29") == Day("2016-02-29"))
    #expect(try ArgumentValue.span("10m") == 600)
  }

  @Test(
    "what is wrong says how it should be",
    arguments: [
      (["pause", "Me"], "a name is 1 to 64"), (["logout", "../x"], "a name is 1 to 64"),
      (["days", "--stream", "a/b"], "a name is 1 to 64"),
      (["resync", "a", "--from", "2016-2-1"], "a day is YYYY-MM-DD"),
      (["resync", "a", "--from", "2016-01-01", "--to", "2015-02-29"], "a day is YYYY-MM-DD"),
      (["resync", "a", "--wait", "--timeout", "soon"], "a time is 90s, 10m, 2h or 1d"),
    ])
  func wrong(arguments: [String], words: String) {
    let run = LiveCommand(arguments, daemon: nil, input: "").wait()
    #expect(run.status == .usage)
    #expect(run.err.contains(words))
    #expect(run.out.isEmpty)
  }

  @Test("an empty path is no socket")
  func emptySocket() {
    let run = daybook("--socket", "", "status")
    #expect(run.status == .usage)
    #expect(run.err.contains("--socket needs a path"))
  }
}
