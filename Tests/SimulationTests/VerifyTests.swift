import DaybookCore
import DaybookSimulator
import Foundation
import Testing

@testable import DaybookEngine

/// The archive is the truth: what it lacks is asked again, what it holds is never asked for
/// nothing, and a ledger that is gone is made from it.
@Suite("Verify and rebuild")
struct VerifyTests {
  private func complete(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .complete(history: 60, change)
  }

  private func findings(_ reply: ControlReply?) throws -> [Finding] {
    guard case .verify(let progress)? = reply, progress.done else {
      throw WorldError("no end of verify: \(String(describing: reply))")
    }
    return progress.findings
  }

  @Test("an archive that is whole has no findings")
  func whole() throws {
    let world = try complete()
    let reply = try world.verify(deep: true)
    #expect(try findings(reply) == [])
    guard case .verify(let progress)? = reply else { return }
    #expect(progress.checked == 61)
    #expect(world.violations() == [])
  }

  @Test("a missing file is told, and with --repair asked again; then nothing is left to repair")
  func missing() throws {
    let world = try complete()
    let day = world.options.firstDay + 9
    let before = try #require(world.bytes(day))
    try world.remove(world.path(day))
    #expect(try findings(world.verify()).map(\.what) == [.missing])
    #expect(try world.row(day)?.state == .final, "telling alone changes nothing")
    #expect(try findings(world.verify(repair: true)).map(\.what) == [.missing])
    #expect(world.count(.dayDamaged) == 1)
    try world.run(for: .minutes(5)) { world.isComplete }
    #expect(world.bytes(day) == before)
    #expect(try findings(world.verify(repair: true, deep: true)) == [])
    #expect(world.violations() == [])
  }

  @Test(
    "an altered file of the same size is found: by a deep verify alone if its time is the old one",
    arguments: [true, false])
  func altered(keepsTime: Bool) throws {
    let world = try complete()
    let day = world.options.firstDay + 9
    let before = try #require(world.bytes(day))
    var bytes = before
    bytes[bytes.count / 2] ^= 1
    let path = world.path(day)
    let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try bytes.write(to: URL(fileURLWithPath: path))
    if keepsTime, let time {
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
    #expect(try findings(world.verify()).map(\.what) == (keepsTime ? [] : [.hash]))
    #expect(try findings(world.verify(repair: true, deep: true)).map(\.what) == [.hash])
    try world.run(for: .minutes(5)) { world.isComplete }
    #expect(world.bytes(day) == before)
    #expect(try findings(world.verify(deep: true)) == [])
    #expect(world.violations() == [])
  }

  @Test("a stray temporary file is told, and with --repair removed")
  func stray() throws {
    let world = try complete()
    let day = world.options.firstDay + 9
    let folder = world.path(day).replacing("\(day).json", with: "")
    let name = TemporaryName.make(for: "\(day).json", 77)
    world.write("half a da", to: folder + name)
    #expect(try findings(world.verify()).map(\.what) == [.temporary])
    #expect(world.exists(folder + name))
    #expect(try findings(world.verify(repair: true)).map(\.what) == [.temporary])
    #expect(!world.exists(folder + name))
    #expect(world.strays == [])
    #expect(world.violations() == [])
  }

  @Test("files that are none of ours are told and left alone; a page under a day's name goes away")
  func extra() throws {
    let world = try complete()
    let day = world.options.firstDay + 9
    let folder = world.path(day).replacing("\(day).json", with: "")
    world.write("remember the milk", to: folder + "notes.txt")
    let before = world.options.firstDay - 1
    let page = world.path(before)
    try FileManager.default.createDirectory(
      atPath: page.replacing("\(before).json", with: ""), withIntermediateDirectories: true)
    world.write("<html>", to: page)
    let found = try findings(world.verify(repair: true))
    #expect(Set(found.map(\.what)) == [.unknown, .invalid])
    #expect(world.exists(folder + "notes.txt"))
    #expect(!world.exists(page))
    try world.run(for: .hours(1))
    #expect(world.violations() == [])
  }

  @Test("a whole document of a day before the first is adopted, and asks for nothing")
  func older() throws {
    let world = try complete()
    let before = world.options.firstDay - 3
    let folder = world.path(before).replacing("\(before).json", with: "")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: world.path(world.options.firstDay + 2), toPath: world.path(before))
    _ = try world.verify(repair: true)
    try world.run(for: .days(1))
    #expect(world.exists(world.path(before)))
    #expect(world.reads(before) == 0)
    #expect(world.violations() == [])
  }

  @Test("when too much is missing nothing is done, over restarts, until the operator says so")
  func tooMuch() throws {
    let world = try complete()
    for back in 2...9 { try world.remove(world.path(world.options.firstDay + back)) }
    _ = try world.verify(repair: true)
    #expect(world.days(.damaged) == 0)
    let calls = world.checks.sends
    try world.run(for: .hours(2))
    try world.stop()
    try world.begin()
    try world.run(for: .hours(2))
    try world.restart()
    try world.run(for: .hours(2))
    #expect(world.checks.sends == calls, "work went on by itself")
    #expect(world.engine?.daemonStatus().state == .archiveAway)
    #expect(world.days(.damaged) == 0)
    _ = try world.verify(repair: true, yes: true)
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.engine?.daemonStatus().state == .ready)
    #expect(world.violations() == [])
  }

  @Test("when what was missing is back, a verify that finds it all is enough")
  func mountedAgain() throws {
    let world = try complete()
    let days = (2...9).map { world.options.firstDay + $0 }
    let bytes = days.map { world.bytes($0) }
    for day in days { try world.remove(world.path(day)) }
    _ = try world.verify()
    try world.run(for: .minutes(10))
    #expect(world.engine?.daemonStatus().state == .archiveAway)
    for (day, data) in zip(days, bytes) {
      try #require(data).write(to: URL(fileURLWithPath: world.path(day)))
    }
    #expect(try findings(world.verify()) == [])
    #expect(world.engine?.daemonStatus().state == .ready)
    #expect(world.count(.archiveBack) == 1)
    #expect(world.violations() == [])
  }

  @Test("a ledger that is gone is made from the archive: no sign-in, no finished day asked again")
  func rebuilt() throws {
    let world = try complete { $0.history = 90 }
    try world.run(for: .hours(1))
    let files = try world.rows().map { world.bytes($0.key.day) }
    let finished = Set(try world.rows().filter { $0.state == .final }.map(\.key.day))
    #expect(finished.count > 50)
    world.kill()
    try world.loseLedger()
    try world.begin()
    let before = world.checks.works.count
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    try world.run(for: .hours(1))
    let asked = world.checks.works.dropFirst(before).filter { $0.workClass != .verify }
    #expect(Set(asked.map(\.day)).isDisjoint(with: finished))
    #expect(world.count(.signedIn) == 1)
    #expect(try world.rows().map { world.bytes($0.key.day) } == files)
    #expect(try findings(world.verify(deep: true)) == [])
    #expect(world.violations() == [])
  }

  @Test("a rebuild that is killed again and again is done in the end")
  func rebuildKilled() throws {
    let world = try complete()
    for _ in 0..<3 {
      world.kill()
      try world.loseLedger()
      try world.begin()
      try world.run(for: .milliseconds(3))
      try world.restart()
      try world.run(for: .milliseconds(5))
    }
    try world.restart()
    try world.run(for: .minutes(20)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a kill between writing a day and its row costs nothing: the file is taken as it is")
  func adopted() throws {
    let world = try World { $0.history = 40 }
    try world.signInAll()
    try world.run(for: .seconds(10)) { world.checks.works.count > 8 }
    // The files of the batch are there; its rows are not.
    try world.run(for: .seconds(10)) {
      world.files > world.days(.open) + world.days(.final)
    }
    let unknown = world.files - world.days(.open) - world.days(.final)
    #expect(unknown > 0)
    try world.restart()
    try world.run(for: .minutes(5)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.count(.repaired) == 1, "\(world.texts(.verified))")
    #expect(world.violations() == [])
  }

  @Test("two runs at once are one too many, and an unknown account is told")
  func refused() throws {
    let world = try complete { $0.history = 3 }
    world.command(.verify(VerifyRequest()))
    guard case .failed(.busy)? = world.ask(.verify(VerifyRequest())) else {
      Issue.record("not busy")
      return
    }
    try world.run(for: .minutes(1))
    var nobody = VerifyRequest()
    nobody.account = "nobody"
    #expect(world.ask(.verify(nobody)) == .failed(.noSuchAccount("nobody")))
  }
}

extension World {
  /// Files of days in the archive.
  var files: Int {
    let all = FileManager.default.enumerator(atPath: archivePath)?.allObjects as? [String] ?? []
    return all.count { $0.hasSuffix(".json") && !$0.contains("versions/") }
  }
}
