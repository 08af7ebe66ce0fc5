import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Ledger")
struct LedgerTests {
  let folder = ScratchFolder(inMemory: true)

  private func open(_ freshID: String = LedgerFixture.id) throws -> Ledger {
    try Ledger(path: folder.path("ledger.sqlite"), freshID: freshID)
  }

  @Test("a ledger keeps the id it was made with")
  func id() throws {
    do {
      let made = try open("first")
      #expect(made.isNew && made.id == "first")
    }
    let again = try open("second")
    #expect(!again.isNew && again.id == "first")
  }

  @Test("notes are written, replaced and taken away")
  func meta() throws {
    let ledger = try open()
    #expect(try ledger.meta("clean") == nil)
    for value in ["yes", "no", ""] {
      try ledger.setMeta("clean", value)
      #expect(try ledger.meta("clean") == value)
    }
    try ledger.setMeta("clean", nil)
    try ledger.setMeta("clean", nil)
    #expect(try ledger.meta("clean") == nil)
    #expect(try ledger.meta("id") == LedgerFixture.id)
  }

  @Test("a zone has one number for ever, and a number that nobody gave is UTC")
  func zones() throws {
    let numbers: [Int]
    do {
      let ledger = try open()
      numbers = try ["Europe/Berlin", "UTC", "Europe/Berlin"].map(ledger.zoneNumber)
      #expect(numbers[0] == numbers[2] && numbers[0] != numbers[1])
    }
    let again = try open()
    #expect(numbers.map(again.zoneName) == ["Europe/Berlin", "UTC", "Europe/Berlin"])
    #expect(again.zoneName(99) == "UTC")
  }

  @Test("a zone's number that was rolled back is given anew")
  func zoneRolledBack() throws {
    let ledger = try open()
    try ledger.database.begin()
    let lost = try ledger.zoneNumber("Asia/Tokyo")
    ledger.database.rollback()
    try ledger.forgetZones()
    #expect(ledger.zoneName(lost) == "UTC")
    let number = try ledger.zoneNumber("Europe/Paris")
    #expect(try open().zoneName(number) == "Europe/Paris")
  }

  @Test("each owner has windows of its own, and the newest state counts")
  func windows() throws {
    let ledger = try open()
    let states: [(String, String, [UInt8])] = [
      ("a:me", "hour", [1]), ("c:me", "hour", [2]), ("a:me", "minute", []), ("a:me", "hour", [3]),
    ]
    for (owner, name, state) in states {
      try ledger.setWindow(owner: owner, name: name, state)
    }
    #expect(try ledger.window(owner: "a:me", name: "hour") == [3])
    #expect(try ledger.window(owner: "c:me", name: "hour") == [2])
    #expect(try ledger.window(owner: "a:me", name: "minute") == [])
    #expect(try ledger.window(owner: "a:you", name: "hour") == nil)
  }

  @Test("a renamed account takes its windows along, in the place of what has the name")
  func renameWindows() throws {
    let ledger = try open()
    for (owner, name, state) in [("a:me", "m", 1), ("a:me", "h", 2), ("a:jane", "m", 3)] {
      try ledger.setWindow(owner: owner, name: name, [UInt8(state)])
    }
    try ledger.renameWindows(from: "a:me", to: "a:jane")
    #expect(try ledger.window(owner: "a:jane", name: "m") == [1])
    #expect(try ledger.window(owner: "a:jane", name: "h") == [2])
    #expect(try ledger.window(owner: "a:me", name: "m") == nil)
  }
}
