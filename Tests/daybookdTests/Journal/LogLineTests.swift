import DaybookCore
import Testing

@testable import daybookd

@Suite struct LogLineTests {
  private let time = Instant(microseconds: 1_466_240_700_123_456)
  private var entry: Entry {
    Entry(
      .dayFailed, "no answer", account: "me-moves", provider: "moves", stream: "storyline",
      day: Day(year: 2016, month: 6, day: 18))
  }

  @Test("a journal entry has its id, severity and all that it is about as fields")
  func fields() {
    #expect(
      LogLine.fields(entry) == [
        "MESSAGE=me-moves storyline 2016-06-18: no answer", "PRIORITY=4",
        "MESSAGE_ID=\(Message.dayFailed.id)",
        "SYSLOG_IDENTIFIER=daybookd", "DAYBOOK_ACCOUNT=me-moves", "DAYBOOK_PROVIDER=moves",
        "DAYBOOK_STREAM=storyline", "DAYBOOK_DAY=2016-06-18",
      ])
  }

  @Test("a field that the entry lacks is left out")
  func lacking() {
    let names = LogLine.fields(Entry(.ready, "ready")).map { $0.prefix { $0 != "=" } }
    #expect(names == ["MESSAGE", "PRIORITY", "MESSAGE_ID", "SYSLOG_IDENTIFIER"])
  }

  @Test("a day that the text names is not named twice, and without an account there is no subject")
  func subject() {
    var entry = entry
    entry.text = "stored 2016-06-18"
    #expect(LogLine.plain(entry, at: time).hasSuffix(" me-moves storyline: stored 2016-06-18\n"))
    entry.stream = nil
    entry.day = nil
    #expect(LogLine.plain(entry, at: time).hasSuffix("Z me-moves: stored 2016-06-18\n"))
    entry.account = nil
    #expect(LogLine.plain(entry, at: time) == "2016-06-18T09:05:00Z stored 2016-06-18\n")
  }

  @Test("a plain line has the time in UTC and no severity")
  func plain() {
    #expect(
      LogLine.plain(entry, at: time)
        == "2016-06-18T09:05:00Z me-moves storyline 2016-06-18: no answer\n")
  }

  @Test("a terminal line has the clock and the text")
  func terminal() throws {
    let line = LogLine.terminal(entry, at: time, colour: false)
    let parts = line.split(separator: " ", maxSplits: 1)
    #expect(parts[0].split(separator: ":").map(\.count) == [2, 2, 2])
    #expect(parts[0].hasSuffix(":00"))
    #expect(parts[1] == "me-moves storyline 2016-06-18: no answer\n")
  }

  @Test(
    "severity is a colour",
    arguments: [
      (Message.fatal, "\u{1b}[31m"), (.bug, "\u{1b}[31m"), (.dayFailed, "\u{1b}[33m"),
      (.diskBack, "\u{1b}[1m"), (.dayStored, "\u{1b}[2m"),
    ])
  func colour(message: Message, code: String) {
    let line = LogLine.terminal(Entry(message, "text"), at: time, colour: true)
    #expect(line.hasSuffix("\(code)text\u{1b}[0m\n"))
  }

  @Test("an ordinary line has no colour but its time is faint")
  func ordinary() {
    let line = LogLine.terminal(Entry(.ready, "text"), at: time, colour: true)
    #expect(line.hasPrefix("\u{1b}[2m"))
    #expect(line.hasSuffix("\u{1b}[0m text\n"))
  }

  @Test(
    "nothing that a server sent makes a second line or moves the cursor",
    arguments: ["a\nb", "a\r\nb", "a\u{1b}]52;c;eA==\u{7}b", "a\u{9b}2Jb", "a\u{202e}b", "a\0b"])
  func hostile(text: String) {
    let entry = Entry(.dayFailed, text, account: text)
    for line in [
      LogLine.plain(entry, at: time), LogLine.terminal(entry, at: time, colour: false),
    ] {
      let body = line.dropLast()
      #expect(line.last == "\n")
      #expect(body.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x9b })
      #expect(!body.unicodeScalars.contains("\u{202e}"))
    }
    for field in LogLine.fields(entry) {
      #expect(field.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x9b })
    }
  }
}
