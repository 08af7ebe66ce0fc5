import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger: days that never were")
struct LedgerDaysToComeTests {
  @Test("a day that is dropped takes its ETag along, and no other day")
  func drop() throws {
    let fixture = try LedgerFixture()
    let ledger = fixture.ledger
    for date in ["2018-06-01", "2018-06-02"] {
      try fixture.put([LedgerFixture.row(date, .missing, .fresh)])
      try ledger.setETag(LedgerFixture.key(date), "\"x\"")
    }
    try ledger.drop(LedgerFixture.key("2018-06-02"))
    #expect(try ledger.row(LedgerFixture.key("2018-06-02")) == nil)
    #expect(try ledger.etag(LedgerFixture.key("2018-06-02")) == nil)
    #expect(try ledger.row(LedgerFixture.key("2018-06-01")) != nil)
    #expect(try ledger.etag(LedgerFixture.key("2018-06-01")) == "\"x\"")
  }
}
