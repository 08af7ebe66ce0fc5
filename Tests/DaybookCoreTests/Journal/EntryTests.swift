import Testing

@testable import DaybookCore

@Suite("Lines of the journal")
struct EntryTests {
  @Test("each kind has an id of its own, as systemd-id128 makes them", arguments: Message.allCases)
  func ids(message: Message) {
    let digits = Array(message.id)
    #expect(digits.count == 32)
    #expect(digits.allSatisfy { "0123456789abcdef".contains($0) })
    // A random UUID says so: version 4 of variant 1 (RFC 9562 §5.4).
    #expect(digits[12] == "4")
    #expect("89ab".contains(digits[16]))
    #expect(Message.allCases.filter { $0.id == message.id } == [message])
  }

  @Test(
    "priorities are those of syslog(3), the lower the worse",
    arguments: [
      (Priority.critical, 2), (.error, 3), (.warning, 4), (.notice, 5), (.info, 6), (.debug, 7),
    ])
  func priorities(priority: Priority, number: Int) {
    #expect(priority.rawValue == number)
    #expect(Priority.critical <= priority && priority <= .debug)
  }

  @Test("what needs a person is a warning at least, and nothing else is")
  func needsPerson() {
    let told: [Message] = [
      .dayFailed, .dayChanged, .dayRefused, .dayDamaged, .signInNeeded, .signInEnding,
      .wrongPerson, .providerEnding, .accountSealed, .clockUntrusted, .serverTrouble, .pageChanged,
      .reloadRefused, .accessDenied, .linesDropped, .archiveAway, .diskFull, .bug, .fatal,
    ]
    let warnings = Message.allCases.filter { $0.priority <= .warning }
    #expect(Set(warnings) == Set(told))
  }

  @Test("a day that is stored is not worth a line, a finished backfill is worth a notice")
  func ends() {
    #expect(Message.allCases.filter { $0.priority == .debug } == [.dayStored])
    #expect(Message.backfillComplete.priority == .notice)
    #expect(Message.fatal.priority == .critical)
  }

  @Test("a line is about whom it names and nobody else")
  func subject() {
    let entry = Entry(.dayStored, "stored", account: "me", stream: "steps", day: Day(number: 7))
    #expect(entry.account == "me" && entry.stream == "steps" && entry.day == Day(number: 7))
    #expect(entry.provider == nil)
    #expect(entry != Entry(.dayStored, "stored", account: "me", stream: "steps"))
    #expect(Entry(.started, "x").account == nil)
  }
}
