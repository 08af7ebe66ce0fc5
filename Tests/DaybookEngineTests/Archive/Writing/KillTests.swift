import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

/// What is done to an archive from one start of the process to its end.
struct Scenario: Sendable, CustomTestStringConvertible {
  var name: String
  /// Days that are there before, date and body.
  var before: [String: String]
  var run: @Sendable (ArchiveFixture) throws -> Void
  var testDescription: String { name }

  static let all = [
    Scenario(name: "a first day in an empty archive", before: [:]) { try $0.store("new") },
    Scenario(name: "a day replaced", before: ["2016-06-18": "old"]) { try $0.store("new") },
    Scenario(name: "a day replaced and kept", before: ["2016-06-18": "old"]) { fixture in
      try fixture.store("new", keepOld: ArchiveFixture.time(), at: ArchiveFixture.time(60))
    },
    Scenario(name: "an answer set aside", before: ["2016-06-18": "old"]) { fixture in
      try fixture.store("aside", asVersion: true)
    },
    Scenario(name: "a batch over three folders", before: ["2016-06-18": "old"]) { fixture in
      let items = [
        try fixture.item("new", "2016-06-18", keepOld: ArchiveFixture.time(), id: 1),
        try fixture.item("new", "2016-06-19", id: 2),
        try fixture.item("new", "2016-07-01", id: 3),
        try fixture.item("new", "2017-01-01", id: 4),
      ]
      _ = fixture.archive.persist(items)
    },
    Scenario(name: "a probe, a rename, a sweep", before: ["2016-06-18": "old"]) { fixture in
      _ = fixture.archive.probe()
      try fixture.archive.moveAccount(from: "me", to: "you")
      try fixture.archive.moveAccount(from: "you", to: "me")
      _ = try fixture.archive.sweepTemporaries()
    },
  ]

  /// A folder with what is there before.
  func prepared() throws -> ScratchFolder {
    let folder = ScratchFolder(inMemory: true)
    if before.isEmpty { return folder }
    let fixture = try ArchiveFixture(folder)
    for (date, text) in before.sorted(by: { $0.key < $1.key }) {
      try fixture.store(text, date, at: ArchiveFixture.time())
    }
    return folder
  }

  /// One process: opens, sweeps, works. Whatever it is refused ends it, as a kill would.
  @discardableResult
  func process(_ folder: ScratchFolder, _ fault: Recorder.Fault = .none) -> Int {
    let recorder = Recorder(fault)
    do {
      let fixture = try ArchiveFixture(folder, recorder)
      _ = try fixture.archive.sweepTemporaries()
      try run(fixture)
    } catch {}
    return recorder.operations.count
  }

  /// Every file with its bytes.
  static func contents(_ folder: ScratchFolder) -> [String: String] {
    var contents: [String: String] = [:]
    for name in folder.tree where !name.hasSuffix("/") { contents[name] = folder.text(name) }
    return contents
  }
}

@Suite("Kill at each step")
struct KillTests {
  /// No day is less than it was, and none is half.
  private func check(_ folder: ScratchFolder, _ scenario: Scenario, _ what: String) {
    let contents = Scenario.contents(folder)
    for (name, text) in contents where !name.contains(".tmp-") && !name.hasSuffix(".daybook") {
      #expect(["old", "new", "aside"].contains(text), "\(name) is '\(text)' \(what)")
    }
    for (date, old) in scenario.before {
      let names = ["me", "you"].map { "archive/\($0)/steps/2016/06/\(date).json" }
      let now = names.compactMap { contents[$0] }.first
      #expect(now != nil, "\(date) is gone \(what)")
      let keeps = scenario.name.contains("kept") || scenario.name.contains("batch")
      if keeps && now != old {
        let kept = contents.values.contains(old)
        #expect(kept, "the old read of \(date) is gone \(what)")
      }
    }
  }

  @Test(
    "killed before any operation and run again, all is as if never killed",
    arguments: Scenario.all)
  func once(scenario: Scenario) throws {
    let clean = try scenario.prepared()
    let count = scenario.process(clean)
    let wanted = Scenario.contents(clean)
    #expect(count > 10)
    for n in 0..<count {
      let folder = try scenario.prepared()
      scenario.process(folder, .kill(n))
      check(folder, scenario, "after a kill at \(n)")
      scenario.process(folder)
      #expect(Scenario.contents(folder) == wanted, "after a kill at \(n) and another run")
      let again = try ArchiveFixture(folder).archive.sweepTemporaries()
      #expect(again == 0)
    }
  }

  @Test("killed again while recovering, all is as if never killed")
  func twice() throws {
    let scenario = Scenario.all[2]
    let clean = try scenario.prepared()
    let count = scenario.process(clean)
    let wanted = Scenario.contents(clean)
    let given = getenv("DAYBOOK_SEED").flatMap { UInt64(String(cString: $0)) }
    let first = given ?? UInt64.random(in: 0...UInt64.max)
    print("kill twice: DAYBOOK_SEED=\(first)")
    var seed = first
    for _ in 0..<200 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let n = Int(seed >> 33) % count
      let m = Int(seed & 0xffff_ffff) % count
      let folder = try scenario.prepared()
      scenario.process(folder, .kill(n))
      scenario.process(folder, .kill(m))
      check(folder, scenario, "after kills at \(n) and \(m), seed \(first)")
      scenario.process(folder)
      #expect(Scenario.contents(folder) == wanted, "kills at \(n) and \(m), seed \(first)")
    }
  }

  @Test(
    "an error at any one operation loses nothing and leaves nothing behind",
    arguments: Scenario.all, [EIO, ENOSPC])
  func errors(scenario: Scenario, code: Int32) throws {
    let clean = try scenario.prepared()
    let count = scenario.process(clean)
    let wanted = Scenario.contents(clean)
    for n in 0..<count {
      let folder = try scenario.prepared()
      scenario.process(folder, .fail(n, code))
      check(folder, scenario, "after error \(code) at \(n)")
      scenario.process(folder)
      #expect(Scenario.contents(folder) == wanted, "after error \(code) at \(n) and another run")
    }
  }
}
