import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger: final days that deserve another look")
struct LedgerDaysVerifyTests {
  private static let now = Instant(rfc3339: "2018-06-20T12:00:00Z") ?? Instant(seconds: 0)

  /// A final day, how it was read, and whether it is to be read again.
  struct Case: CustomTestStringConvertible {
    var what: String
    var date: String
    var reads = 2
    /// Days before now.
    var readAgo: Int64
    var state = DayState.final
    var workClass: WorkClass?
    var isDue: Bool
    var testDescription: String { what }
  }

  @Test(
    "which days are looked at again",
    arguments: [
      Case(what: "read once", date: "2018-05-01", reads: 1, readAgo: 2, isDue: true),
      Case(what: "read once, today", date: "2018-05-01", reads: 1, readAgo: 0, isDue: false),
      Case(what: "confirmed lately", date: "2018-01-01", readAgo: 30, isDue: false),
      Case(what: "its age has doubled", date: "2018-06-01", readAgo: 15, isDue: true),
      Case(what: "its age has not doubled yet", date: "2018-06-01", readAgo: 8, isDue: false),
      Case(what: "a year ago", date: "2010-01-01", readAgo: 366, isDue: true),
      Case(what: "less than a year ago", date: "2010-01-01", readAgo: 364, isDue: false),
      Case(
        what: "an open day", date: "2018-05-01", reads: 1, readAgo: 2, state: .open, isDue: false),
      Case(
        what: "asked for already", date: "2018-05-01", reads: 1, readAgo: 2, workClass: .forced,
        isDue: false),
    ])
  func due(_ c: Case) throws {
    let fixture = try LedgerFixture()
    let readAt = Self.now - .days(c.readAgo)
    try fixture.ledger.put(
      LedgerFixture.row(
        c.date, c.state, c.workClass,
        stored: StoredDay(
          read: LedgerFixture.read(at: readAt.seconds), reads: c.reads, readAt: readAt)))
    let found = try fixture.ledger.nextToVerify(
      account: 1, stream: 1, after: LedgerFixture.day("2000-01-01"), now: Self.now)
    #expect((found != nil) == c.isDue)
  }

  @Test("the cursor goes on behind the last day looked at")
  func cursor() throws {
    let fixture = try LedgerFixture()
    for date in ["2018-01-03", "2018-01-01", "2018-01-02"] {
      try fixture.ledger.put(
        LedgerFixture.row(date, .final, stored: StoredDay(read: LedgerFixture.read(at: 1))))
    }
    var found: [String] = []
    var cursor = LedgerFixture.day("2000-01-01")
    while let next = try fixture.ledger.nextToVerify(
      account: 1, stream: 1, after: cursor, now: Self.now)
    {
      found.append("\(next)")
      cursor = next
    }
    #expect(found == ["2018-01-01", "2018-01-02", "2018-01-03"])
  }
}
