import DaybookCore
import DaybookEngine
import Glibc
import Testing

@testable import daybookd

@Suite struct ArchiveDoorTests {
  private let tree = WorkTree()
  private let day = DayPath(account: "me", stream: "steps", day: Day(number: 17_000))

  private func door(_ name: String = "/archive", mayCreate: Bool) throws -> ArchiveDoor {
    try tree.makeFolder("")
    return ArchiveDoor(root: tree.path + name, ledgerID: "ledger", mayCreate: mayCreate)
  }

  private func isAway(_ result: ProbeResult) -> Bool {
    if case .away = result { true } else { false }
  }

  private func receive(_ body: String, _ call: Call, _ door: ArchiveDoor) throws -> Answer {
    let sink = door.sink(for: call)
    sink.begin(200)
    try Array(body.utf8).withUnsafeBytes { try sink.receive($0) }
    return try sink.finish(200, []).get()
  }

  private func call(_ reception: Reception) -> Call {
    Call(id: CallID(1), kind: .data, url: "http://127.0.0.1/", reception: reception)
  }

  @Test("a new ledger's archive is made by the first probe")
  func made() throws {
    let door = try door(mayCreate: true)
    #expect(door.probe() == .writable)
    #expect(door.probe() == .writable)
  }

  @Test("an archive that should be there is not made anew, but found when it is back")
  func away() throws {
    let door = try door(mayCreate: false)
    #expect(isAway(door.probe()))
    try tree.makeFolder("/archive")
    #expect(isAway(door.probe()))
    _ = try Archive(root: door.archive.path, ledgerID: "ledger", create: true)
    #expect(door.probe() == .writable)
  }

  @Test("one that is gone is made anew when somebody says so, then and not later")
  func gone() throws {
    let door = try door("/disk/archive", mayCreate: false)
    #expect(door.probe(makes: true) != .writable)
    try tree.makeFolder("/disk")
    #expect(isAway(door.probe()))
    #expect(door.probe(makes: true) == .writable)
    #expect(door.probe() == .writable && door.probe(makes: true) == .writable)
  }

  @Test("one that could not be made at the start is made as soon as it can be")
  func later() throws {
    let door = try door("/disk/archive", mayCreate: true)
    #expect(door.probe() != .writable)
    try tree.makeFolder("/disk")
    #expect(door.probe() == .writable)
  }

  @Test("once made it is not made again on the empty folder below a lost disk")
  func lostDisk() throws {
    let door = try door(mayCreate: true)
    #expect(door.probe() == .writable)
    unlink("\(tree.path)/archive/.daybook")
    #expect(isAway(door.probe()))
  }

  @Test("a day's answer goes to its folder and can be put under its name")
  func spooled() throws {
    let door = try door(mayCreate: true)
    #expect(door.probe() == .writable)
    let answer = try receive("[1,2]", call(.spool(day, ScanPlan())), door)
    guard case .spooled(let spooled) = answer.body else {
      Issue.record("not spooled")
      return
    }
    let item = PersistItem(
      id: CallID(1), spooled: spooled, keepOldFetchedAt: nil, fetchedAt: Instant(seconds: 1))
    let outcome = door.archive.persist([item])
    try outcome[0].result.get()
    let path = "\(tree.path)/archive/\(day.folder)/\(day.file)"
    #expect(access(path, F_OK) == 0)
  }

  @Test("while the archive is away a day fails and a token answer does not")
  func awayBodies() throws {
    let door = try door(mayCreate: false)
    let token = try receive("{}", call(.memory(ScanPlan())), door)
    guard case .memory(let bytes) = token.body else {
      Issue.record("not in memory")
      return
    }
    #expect(bytes == Array("{}".utf8))
    #expect(throws: TransportFailure.self) {
      try receive("[1]", call(.spool(day, ScanPlan())), door)
    }
  }
}
