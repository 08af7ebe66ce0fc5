import DaybookCore
import Glibc
import Locking

/// The tree of day files, `ACCOUNT/STREAM/YYYY/MM/YYYY-MM-DD.EXT` below one folder.
///
/// Every call may come from any thread. Each opens the archive by its path and looks at the marker
/// anew, so that an unmounted disk is noticed before anything is written into the empty folder
/// below it, and a disk that is back is used again. Below the archive no symbolic link is followed.
public final class Archive: Sendable {
  /// As given; a link is followed.
  public let path: String
  public let ledgerID: String
  let operations: FileOperations
  let spools = Spools()
  /// Folders whose own names are known to be durable; see ``folder(_:below:)``.
  let durable = Mutex<Set<String>>([])
  /// The marker as it was when it was last read and named this ledger.
  private let marker = Mutex<FileStatus?>(nil)
  private let random: @Sendable () -> UInt64

  /// Opens the archive of this ledger.
  /// - Parameters:
  ///   - root: the folder; made, in a parent that exists, when `create` is set.
  ///   - ledgerID: what the marker must name: 1 to 64 of `a-z 0-9 . _ -`.
  ///   - create: write the marker when the folder is new or empty: for a new ledger alone, since an
  ///     empty folder is also what a missing disk looks like.
  ///   - random: makes names of temporary files.
  /// - Throws: `.away` when the marker is missing or names another ledger.
  public convenience init(
    root: String, ledgerID: String, create: Bool,
    random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: 0...UInt64.max) }
  ) throws(ArchiveFailure) {
    try self.init(
      root: root, ledgerID: ledgerID, create: create, random: random,
      operations: FileOperations())
  }

  /// Names the archive of this ledger without looking at it: it may be away now and come later.
  /// Each of its calls says so as long as it is; ``make()`` makes a new one.
  public convenience init(unopened root: String, ledgerID: String) {
    self.init(
      root: root, ledgerID: ledgerID, random: { UInt64.random(in: 0...UInt64.max) },
      operations: FileOperations())
  }

  convenience init(
    root: String, ledgerID: String, create: Bool, random: @escaping @Sendable () -> UInt64,
    operations: FileOperations
  ) throws(ArchiveFailure) {
    self.init(root: root, ledgerID: ledgerID, random: random, operations: operations)
    if create { try make() }
    _ = try opened()
  }

  init(
    root: String, ledgerID: String, random: @escaping @Sendable () -> UInt64,
    operations: FileOperations
  ) {
    precondition(Name.isValid(ledgerID), "a ledger's id is a name: \(ledgerID)")
    self.path = root
    self.ledgerID = ledgerID
    self.operations = operations
    self.random = random
  }

  /// Makes the folder, in a parent that exists, and the marker when the folder is empty. For a new
  /// ledger alone. Does nothing to an archive that is there, whosever it is.
  public func make() throws(ArchiveFailure) { try makeMarker() }

  /// fsync calls so far, for those who count them.
  public var flushes: Int { operations.flushes }

  func temporaryName(for name: String) -> String { TemporaryName.make(for: name, random()) }

  /// The archive's folder, after a look at the marker.
  func opened() throws(ArchiveFailure) -> Descriptor {
    guard let root = try Archive.openRoot(path, operations) else {
      throw .away("\(path): no such folder (archive not mounted?)")
    }
    // Another disk, and another file, has another device, inode or time of change.
    let found = try ArchiveFailure.translating { () throws(SystemError) in
      try operations.status(root, Marker.name)
    }
    if let found, marker.withLock({ $0 == found }) { return root }
    switch try Marker.read(root, operations) {
    case ledgerID?:
      marker.withLock { $0 = found }
      return root
    case nil: throw .away("\(path): no \(Marker.name) in it (archive not mounted?)")
    case let other?: throw .away("\(path): belongs to ledger \(other), not to \(ledgerID)")
    }
  }

  /// Nil when there is nothing at the path.
  static func openRoot(
    _ path: String, _ operations: FileOperations
  ) throws(ArchiveFailure) -> Descriptor? {
    do {
      return try operations.openRoot(path)
    } catch {
      if error.code == ENOENT { return nil }
      throw ArchiveFailure(error)
    }
  }
}
