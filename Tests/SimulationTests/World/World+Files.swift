import DaybookCore
import Foundation

@testable import DaybookEngine

/// What happens to the machine behind the daemon's back.
extension World {
  var archivePath: String { folder.path + "/archive" }

  func path(_ day: Day, account: String = "me", stream: String = "storyline") -> String {
    let path = DayPath(account: account, stream: stream, day: day)
    return archivePath + "/" + path.folder + "/" + path.file
  }

  func bytes(_ day: Day, account: String = "me", stream: String = "storyline") -> Data? {
    FileManager.default.contents(atPath: path(day, account: account, stream: stream))
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

  func write(_ text: String, to path: String) {
    _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
  }

  /// Names of the older versions of a day.
  func versions(_ day: Day, account: String = "me", stream: String = "storyline") -> [String] {
    let path = DayPath(account: account, stream: stream, day: day)
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: archivePath + "/" + path.folder + "/versions")
    return (names ?? []).filter { $0.hasPrefix("\(day).") }.sorted()
  }

  /// Temporary files anywhere in the archive.
  var strays: [String] {
    let all = FileManager.default.enumerator(atPath: archivePath)?.allObjects as? [String] ?? []
    return all.filter { $0.split(separator: "/").last?.hasPrefix(".") == true }
      .filter { !$0.hasSuffix(".daybook") }.sorted()
  }

  /// Of every file that the archive holds, also of older versions and of what was put aside.
  func hashes() -> Set<Digest> {
    let all = FileManager.default.enumerator(atPath: archivePath)?.allObjects as? [String] ?? []
    return Set(
      all.compactMap { FileManager.default.contents(atPath: archivePath + "/" + $0) }
        .map { SHA256.digest(Array($0)) })
  }

  /// The disk with the archive is unplugged, and plugged in again.
  func unmount() throws {
    try FileManager.default.moveItem(atPath: archivePath, toPath: archivePath + ".away")
    try FileManager.default.createDirectory(
      atPath: archivePath, withIntermediateDirectories: false)
  }

  func mount() throws {
    try FileManager.default.removeItem(atPath: archivePath)
    try FileManager.default.moveItem(atPath: archivePath + ".away", toPath: archivePath)
  }

  /// Only while no process runs.
  func loseLedger() throws {
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"]
    where exists(folder.path + "/" + name) {
      try remove(folder.path + "/" + name)
    }
  }

  // MARK: The clock

  /// Somebody sets the clock: so much further ahead of the truth than it was.
  func stepClock(_ by: Duration) {
    clock.error += by
    handle([.clockStepped])
  }

  /// The machine sleeps: time passes, and nothing happens.
  func suspend(_ duration: Duration) {
    clock.advance(to: clock.boot + duration)
    handle([.tick])
  }
}
