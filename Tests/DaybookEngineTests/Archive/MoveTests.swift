import Testing

@testable import DaybookEngine

@Suite("Renaming an account")
struct MoveTests {
  @Test("the folder moves with all its days, and again does nothing")
  func move() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    for _ in 0..<2 { try fixture.archive.moveAccount(from: "me", to: "you") }
    #expect(fixture.text("you/steps/2016/06/2016-06-18.json") == "{}")
    #expect(try fixture.archive.accounts() == ["you"])
    #expect(try fixture.store("{}") == nil)
    #expect(try fixture.archive.accounts() == ["me", "you"])
  }

  @Test("an account without a folder is renamed without a word")
  func nothing() throws {
    let fixture = try ArchiveFixture()
    try fixture.archive.moveAccount(from: "me", to: "you")
    #expect(fixture.tree == [])
  }

  @Test("two accounts are never merged")
  func both() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}")
    fixture.folder.makeFolder("archive/you")
    let failure = #expect(throws: ArchiveFailure.self) {
      try fixture.archive.moveAccount(from: "me", to: "you")
    }
    #expect(failure?.kind == "obstructed")
    #expect(try fixture.archive.accounts() == ["me", "you"])
  }

  @Test("what is no folder is not moved, and not moved onto")
  func noFolder() throws {
    let fixture = try ArchiveFixture()
    fixture.folder.write("x", to: "archive/file")
    fixture.folder.makeFolder("archive/me")
    for (from, to) in [("file", "you"), ("me", "file"), ("me", "quarantine")] {
      let failure = #expect(throws: ArchiveFailure.self) {
        try fixture.archive.moveAccount(from: from, to: to)
      }
      #expect(failure?.kind == "obstructed", "\(from) to \(to)")
    }
  }
}
