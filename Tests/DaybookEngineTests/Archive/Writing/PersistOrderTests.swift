import DaybookCore
import Testing

@testable import DaybookEngine

/// A linter for the order of file operations. Crashes on today's file systems do not show a missing
/// sync of a folder; the order does.
enum OrderLinter {
  static func complaints(_ trace: [FileOperation]) -> [String] {
    trace.indices.flatMap { complaints(trace, at: $0) }
  }

  private static func complaints(_ trace: [FileOperation], at index: Int) -> [String] {
    let before = trace[..<index]
    let after = trace[(index + 1)...]
    switch trace[index] {
    case .rename(let from, let to):
      var found: [String] = []
      if !isSynced(from, before) {
        found.append("\(from) renamed before its last change was synced")
      }
      if !after.contains(.syncFolder(parent(to))) {
        found.append("\(to) renamed, folder not synced")
      }
      return found
    case .link(let from, let to):
      let end = trace.firstIndex(of: .syncFolder(parent(to))) { $0 > index }
      guard let end else { return ["\(to) linked, folder not synced"] }
      var found: [String] = []
      if !isSynced(from, before) {
        found.append("\(from) linked before its last change was synced")
      }
      let isLost = trace[index..<end].contains { loses($0, from) }
      if isLost { found.append("\(from) lost before \(to) was synced") }
      return found
    case .makeFolder(let path):
      let end = after.firstIndex(of: .syncFolder(parent(path)))
      guard let end else { return ["\(path) made, parent not synced"] }
      let isUsed = trace[index..<end].contains { isInside($0, path) }
      return isUsed ? ["\(path) used before its parent was synced"] : []
    case .syncFile(let path):
      return before.contains(.syncFile(path)) ? ["\(path) synced twice"] : []
    default: return []
    }
  }

  private static func isSynced(_ path: String, _ before: ArraySlice<FileOperation>) -> Bool {
    guard let changed = before.lastIndex(where: { changes($0, path) }) else { return true }
    return before.lastIndex(of: .syncFile(path)).map { $0 > changed } ?? false
  }
  private static func changes(_ operation: FileOperation, _ path: String) -> Bool {
    switch operation {
    case .write(path), .setMode(path), .setTime(path): true
    default: false
    }
  }
  private static func loses(_ operation: FileOperation, _ path: String) -> Bool {
    switch operation {
    case .rename(_, path), .remove(path), .rename(path, _): true
    default: false
    }
  }
  private static func isInside(_ operation: FileOperation, _ folder: String) -> Bool {
    switch operation {
    case .create(let path), .makeFolder(let path), .link(_, let path), .rename(_, let path):
      path.hasPrefix(folder + "/")
    default: false
    }
  }
  private static func parent(_ path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }
}

extension Array where Element == FileOperation {
  fileprivate func firstIndex(of wanted: FileOperation, where rule: (Int) -> Bool) -> Int? {
    indices.first { rule($0) && self[$0] == wanted }
  }
}

@Suite("Order of storing")
struct PersistOrderTests {
  /// New days, replaced days, versions and new folders in one batch.
  private func trace(linking: Bool = true) throws -> [FileOperation] {
    let fixture = try ArchiveFixture()
    if !linking {
      fixture.recorder.set(
        .rule { operation in
          if case .link = operation { return 1 }
          return 0
        })
    }
    try fixture.store("old", "2016-06-18")
    try fixture.store("old", "2016-07-01")
    fixture.recorder.forget()
    let items = [
      try fixture.item("new", "2016-06-18", keepOld: ArchiveFixture.time(), id: 1),
      try fixture.item("new", "2016-07-01", keepOld: ArchiveFixture.time(), id: 2),
      try fixture.item("first", "2016-06-19", id: 3),
      try fixture.item("first", "2017-01-01", id: 4),
      try fixture.item("aside", "2016-06-19", asVersion: true, id: 5),
    ]
    #expect(fixture.archive.persist(items).allSatisfy { $0.failure == nil })
    return fixture.recorder.operations
  }

  @Test(
    "files are synced before their rename, folders after it, old reads before they are replaced",
    arguments: [true, false])
  func order(linking: Bool) throws {
    #expect(try OrderLinter.complaints(trace(linking: linking)) == [])
  }

  @Test("the linter misses no sync that is left out")
  func everySyncCounts() throws {
    let trace = try trace()
    let syncs = trace.indices.filter { trace[$0].isSync }
    // 4 folders made (2017, 01, two times versions), 5 files, 2 folders of versions, 3 of days.
    #expect(syncs.count == 14)
    for index in syncs {
      var mutant = trace
      mutant.remove(at: index)
      #expect(OrderLinter.complaints(mutant) != [], "without \(trace[index]) at \(index)")
    }
  }

  @Test("the linter sees a rename that comes too early")
  func earlyRename() throws {
    var trace = try trace()
    let found = trace.indices.lazy.compactMap { index -> (Int, String)? in
      if case .rename(let from, _) = trace[index] { return (index, from) }
      return nil
    }.first
    let (index, from) = try #require(found)
    let sync = try #require(trace.firstIndex(of: .syncFile(from)))
    trace.insert(trace.remove(at: index), at: sync)
    #expect(OrderLinter.complaints(trace) != [])
  }

  @Test("a day alone is stored in exactly these steps")
  func steps() throws {
    let fixture = try ArchiveFixture()
    try fixture.store("{}", "2016-06-17")
    let item = try fixture.item("{}")
    fixture.recorder.forget()
    _ = fixture.archive.persist([item])
    let folder = "me/steps/2016/06"
    let temporary = "\(folder)/\(item.spooled.temporary)"
    let day = "\(folder)/2016-06-18.json"
    let changes = fixture.recorder.operations.drop { $0 != .open(folder) }.dropFirst()
    #expect(
      Array(changes) == [
        .look(temporary), .setTime(temporary), .syncFile(temporary), .close(temporary),
        .look(day), .rename(from: temporary, to: day), .syncFolder(folder),
      ])
  }
}
