import DaybookCore

/// What the engine wants done. Performed in order, after the commit that belongs to it.
public enum Effect: Sendable {
  case send(Call)
  /// Gives up a call in flight. Its reply, which comes all the same, says `cancelled`.
  case cancel(CallID)
  /// Puts spooled bodies under their names, durably; answered by ``Event/persisted(_:)``.
  case persist([PersistItem])
  /// Cuts or joins spooled bodies; answered by ``Event/assembled(_:)``. The sources are gone then.
  case assemble(AssembleJob)
  /// Removes a temporary file that is not wanted.
  case discard(Spooled)
  /// Another `tick` is wanted after this long; replaces the wake-up before.
  case wake(after: Duration)
  case log(Entry)
  case answer(CommandID, ControlReply, continues: Bool)
  /// One line for `systemctl status`.
  case status(String)
  /// The ledger is open and everything is in order.
  case ready
  /// Read settings and provider files again; answered by `settingsRead` or `settingsRefused`.
  case readSettings
  /// See whether the archive can be written; answered by ``Event/probed(_:)``. `makes`: first make it
  /// where there is none, since somebody has said that it is gone.
  case probe(makes: Bool)
  /// Compare files with rows; answered by ``Event/checked(_:)``.
  case check(CheckJob)
  /// Remove what interrupted writes have left anywhere in the archive.
  case sweep
  /// Rename an account's folder; answered by `moved`.
  case move(from: String, to: String)
  /// Reload handled (`READY=1` after `RELOADING=1`).
  case reloaded
  /// End the process with this status (sysexits(3): 0, 74 input/output error).
  case exit(status: Int32)
}

/// Days to put together out of the bytes of spooled answers: each a JSON array of these pieces.
public struct AssembleJob: Sendable {
  public var id: CallID
  /// At least one; the first says where the days' temporary files belong.
  public var sources: [Spooled]
  public var days: [Day]
  /// For each of the days, what it is made of; none: an empty array.
  public var pieces: [[DayCutter.Piece]]
  /// For each of the days its parts; nil: the stream has none, and its days are plain arrays.
  public var parts: [[AssemblePart]]?
  /// How the new files are scanned.
  public var plan: ScanPlan

  public init(
    id: CallID, sources: [Spooled], days: [Day], pieces: [[DayCutter.Piece]],
    parts: [[AssemblePart]]? = nil, plan: ScanPlan
  ) {
    self.id = id
    self.sources = sources
    self.days = days
    self.pieces = pieces
    self.parts = parts
    self.plan = plan
  }
}

/// A part of a day, as the day's file lists it; without a file: the provider says that this item has
/// none.
public struct AssemblePart: Sendable {
  public var item: String
  public var name: String
  public var spooled: Spooled?

  public init(item: String, name: String, spooled: Spooled?) {
    self.item = item
    self.name = name
    self.spooled = spooled
  }
}

/// How an ``AssembleJob`` went: all its days, in its order, or none.
public struct AssembleResult: Sendable {
  public var id: CallID
  public var days: Result<[AssembledDay], ArchiveFailure>

  public init(id: CallID, days: Result<[AssembledDay], ArchiveFailure>) {
    self.id = id
    self.days = days
  }
}

/// A day in a temporary file, and what the scanner says of it.
public struct AssembledDay: Sendable {
  public var spooled: Spooled
  public var scan: ScanReport

  public init(spooled: Spooled, scan: ScanReport) {
    self.spooled = spooled
    self.scan = scan
  }
}

/// One day to put under its name.
public struct PersistItem: Sendable {
  public var id: CallID
  public var spooled: Spooled
  /// Keep the day that is there now as `versions/DATE.FETCHED.EXT`, with this time of fetch.
  public var keepOldFetchedAt: Instant?
  /// Becomes the file's mtime: the time of the fetch.
  public var fetchedAt: Instant
  /// Not the day but the answer becomes a version: `versions/DATE.FETCHED.EXT`.
  public var asVersion: Bool
  /// Files that the day's file names: `DATE.SHA16.EXT`, there before it is.
  public var parts: [Spooled] = []
  /// The day that is there now, which may be a file of another kind.
  public var replaces: ReplacedFile?
  /// What is there now was altered: it is no read of the day, and goes to quarantine.
  public var replacesDamaged = false

  public init(
    id: CallID, spooled: Spooled, keepOldFetchedAt: Instant?, fetchedAt: Instant,
    asVersion: Bool = false
  ) {
    self.id = id
    self.spooled = spooled
    self.keepOldFetchedAt = keepOldFetchedAt
    self.fetchedAt = fetchedAt
    self.asVersion = asVersion
  }
}

/// The file of a day as its row knows it.
public struct ReplacedFile: Hashable, Sendable {
  public var size: Int64
  public var fetchedAt: Instant

  public init(size: Int64, fetchedAt: Instant) {
    self.size = size
    self.fetchedAt = fetchedAt
  }
}

/// A piece of `verify`: the days of one stream in one year, as the ledger has them.
public struct CheckJob: Sendable {
  public var id: UInt64
  public var account: String
  public var stream: String
  public var year: Int
  /// Sorted by day.
  public var rows: [CheckRow]
  /// Compare hashes too.
  public var deep: Bool
  /// Remove temporary files, move invalid ones to quarantine, hash unknown ones for adoption.
  public var repair: Bool
  /// How a file that no row knows is scanned before it is adopted.
  public var plan: ScanPlan
  /// Of the stream's files.
  public var fileExtension: String
  /// Temporary files on their way into the archive, which are left alone.
  public var busy: Set<String>
  /// Hash what is no day, for a list of all files.
  public var lists = false
  /// Days whose call or file is under way: neither damaged nor unknown, whatever is there.
  public var busyDays: Set<Day>
  /// Days that were found damaged, with the hash that their file should have.
  public var damaged: [Day: Digest] = [:]

  public init(
    id: UInt64, account: String, stream: String, year: Int, rows: [CheckRow], deep: Bool,
    repair: Bool, plan: ScanPlan, busy: Set<String>, busyDays: Set<Day> = []
  ) {
    self.id = id
    self.account = account
    self.stream = stream
    self.year = year
    self.rows = rows
    self.deep = deep
    self.repair = repair
    self.plan = plan
    self.fileExtension = plan.document.fileExtension
    self.busy = busy
    self.busyDays = busyDays
  }
}

/// A day that should be in the archive.
public struct CheckRow: Hashable, Sendable {
  public var day: Day
  public var size: Int64
  public var sha256: Digest
  /// What the file's mtime should be.
  public var fetchedAt: Instant
  public init(day: Day, size: Int64, sha256: Digest, fetchedAt: Instant) {
    self.day = day
    self.size = size
    self.sha256 = sha256
    self.fetchedAt = fetchedAt
  }
}

public struct CheckResult: Sendable {
  public var id: UInt64
  /// Files that were looked at.
  public var checked: Int
  public var findings: [Finding]
  /// Rows whose file is gone or altered.
  public var damaged: [Day]
  /// Days whose file is there and whole although no row knew it (with repair).
  public var adopted: [AdoptedDay]
  /// Of a job that lists: a line for each file that is no day, as sha256sum(1) writes it.
  public var sums: [String] = []
  public var failure: ArchiveFailure?

  public init(id: UInt64) {
    self.id = id
    self.checked = 0
    self.findings = []
    self.damaged = []
    self.adopted = []
  }
}

/// What can be known of a day from its file alone.
public struct AdoptedDay: Hashable, Sendable {
  public var day: Day
  public var size: Int64
  public var sha256: Digest
  public var scan: ScanReport
  /// The file's mtime.
  public var fetchedAt: Instant
  public init(day: Day, size: Int64, sha256: Digest, scan: ScanReport, fetchedAt: Instant) {
    self.day = day
    self.size = size
    self.sha256 = sha256
    self.scan = scan
    self.fetchedAt = fetchedAt
  }
}
