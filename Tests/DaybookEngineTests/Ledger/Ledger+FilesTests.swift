import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger: files")
struct LedgerFilesTests {
  private let fixture: LedgerFixture

  init() throws { fixture = try LedgerFixture() }

  @Test("every day that has a file, or should have one, is told by day, within the bounds")
  func files() throws {
    let states: [(String, DayState, Bool)] = [
      ("2018-06-01", .open, true), ("2018-06-04", .damaged, true), ("2018-06-02", .final, true),
      ("2018-06-03", .missing, false), ("2018-06-05", .failing, false), ("2018-06-06", .open, true),
    ]
    for (day, state, isStored) in states {
      let read = LedgerFixture.read("text of \(day)")
      let stored = isStored ? StoredDay(read: read) : nil
      try fixture.ledger.put(LedgerFixture.row(day, state, stored: stored))
    }
    var found: [String] = []
    try fixture.ledger.files(
      account: 1, stream: 1, from: try #require(Day("2018-06-01")),
      to: try #require(Day("2018-06-05"))
    ) { row, state in
      let read = LedgerFixture.read("text of \(row.day)")
      #expect(row.size == read.size && row.sha256 == read.sha256 && row.fetchedAt == read.at)
      found.append("\(row.day) \(state)")
    }
    #expect(found == ["2018-06-01 open", "2018-06-02 final", "2018-06-04 damaged"])
  }

  @Test("days of another stream or account are not told")
  func others() throws {
    let row = LedgerFixture.row(
      "2018-06-01", .open, stored: StoredDay(read: LedgerFixture.read("text")))
    try fixture.ledger.put(row)
    for (account, stream) in [(1, 2), (2, 1)] {
      try fixture.ledger.files(
        account: account, stream: stream, from: row.key.day, to: row.key.day
      ) { row, _ in Issue.record("\(row.day) of account \(account), stream \(stream)") }
    }
  }
}
