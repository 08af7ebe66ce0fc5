import DaybookCore
import Glibc
import Synchronization
import Testing

@testable import DaybookEngine

/// An archive in a folder of its own, and short words for what the tests do with it.
struct ArchiveFixture {
  let folder: ScratchFolder
  let recorder: Recorder
  let archive: Archive

  init(_ folder: ScratchFolder = ScratchFolder(), _ recorder: Recorder = Recorder()) throws {
    self.folder = folder
    self.recorder = recorder
    self.archive = try ArchiveFixture.open(folder, recorder)
  }

  static func open(
    _ folder: ScratchFolder, _ recorder: Recorder = Recorder(), create: Bool = true
  ) throws(ArchiveFailure) -> Archive {
    let names = Names()
    return try Archive(
      root: folder.path("archive"), ledgerID: "ledger-1", create: create,
      random: { names.next() }, operations: FileOperations(hook: recorder.hook))
  }

  /// Each opening counts on from a number of its own, as different processes would.
  private final class Names: Sendable {
    private static let openings = Atomic<UInt64>(0)
    private let counter: Atomic<UInt64>
    init() {
      let opening = Names.openings.add(1, ordering: .relaxed).newValue
      counter = Atomic(opening << 32)
    }
    func next() -> UInt64 { counter.add(1, ordering: .relaxed).newValue }
  }

  // MARK: Places

  static func path(_ date: String = "2016-06-18", stream: String = "steps") -> DayPath {
    DayPath(account: "me", stream: stream, day: day(date))
  }
  static func day(_ date: String) -> Day {
    guard let day = Day(date) else { preconditionFailure("no date: \(date)") }
    return day
  }

  /// 2016-06-20T10:00:00Z and the seconds after it.
  static func time(_ second: Int64 = 0) -> Instant { Instant(seconds: 1_466_416_800 + second) }

  /// The time of a file with this text that was fetched then.
  static func stamped(_ text: String, _ second: Int64 = 0) -> Instant {
    FileTime.of(SHA256.digest(Array(text.utf8)), fetchedAt: time(second))
  }

  static let june = "archive/me/steps/2016/06"

  /// Names in the archive, without its marker.
  var tree: [String] {
    folder.tree.filter { $0.hasPrefix("archive/") && $0 != "archive/" }
      .map { String($0.dropFirst("archive/".count)) }.filter { $0 != ".daybook" }
  }
  var files: [String] { tree.filter { !$0.hasSuffix("/") } }
  var temporaries: [String] { tree.filter { $0.contains(".tmp-") } }

  /// Gives a file another time.
  func touch(_ name: String, _ time: Instant) throws {
    let operations = FileOperations()
    let root = try archive.opened()
    try operations.setTime(try operations.openFile(root, name), time)
  }

  func text(_ name: String) -> String? { folder.text("archive/\(name)") }

  // MARK: Work

  func spool(_ text: String, _ date: String = "2016-06-18") throws -> Spooled {
    let writer = try archive.openSpool(for: ArchiveFixture.path(date))
    try writer.write(text)
    return try writer.finish()
  }

  func item(
    _ text: String, _ date: String = "2016-06-18", keepOld: Instant? = nil,
    at time: Instant = ArchiveFixture.time(), asVersion: Bool = false, id: UInt64 = 1
  ) throws -> PersistItem {
    PersistItem(
      id: CallID(id), spooled: try spool(text, date), keepOldFetchedAt: keepOld, fetchedAt: time,
      asVersion: asVersion)
  }

  /// Stores one day and returns what went wrong.
  @discardableResult
  func store(
    _ text: String, _ date: String = "2016-06-18", keepOld: Instant? = nil,
    at time: Instant = ArchiveFixture.time(), asVersion: Bool = false
  ) throws -> ArchiveFailure? {
    let item = try item(text, date, keepOld: keepOld, at: time, asVersion: asVersion)
    return archive.persist([item]).first?.failure
  }
}

extension PersistOutcome {
  var failure: ArchiveFailure? {
    switch result {
    case .success: nil
    case .failure(let failure): failure
    }
  }
}

extension SpoolWriter {
  func write(_ text: String) throws {
    var text = text
    var failure: ArchiveFailure?
    text.withUTF8 { bytes in
      do throws(ArchiveFailure) { try write(UnsafeRawBufferPointer(bytes)) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}

extension ArchiveFailure {
  /// The case's name, for tables.
  var kind: String {
    switch self {
    case .full: "full"
    case .syncFailed: "syncFailed"
    case .away: "away"
    case .obstructed: "obstructed"
    case .failed: "failed"
    }
  }
  var text: String {
    switch self {
    case .full(let text), .syncFailed(let text), .away(let text), .obstructed(let text),
      .failed(let text):
      text
    }
  }
}
