/// The state of one day of one stream. A day is in exactly one.
public enum DayState: Int, CaseIterable, Sendable {
  /// Never read.
  case missing = 0
  /// Stored, may still change.
  case open = 1
  /// Stored; the evidence says that it will not change.
  case final = 2
  /// The grant or the app lacks the right to it.
  case refused = 3
  /// The provider can no longer give it.
  case beyond = 4
  /// Never read, although tried: see attempts, reason and the next time.
  case failing = 5
  /// Its file is gone or was altered; the hash is kept and the day is asked again.
  case damaged = 6

  /// The archive holds its bytes.
  public var isStored: Bool { self == .open || self == .final }
}

/// What one successful read of a day saw.
public struct Read: Hashable, Sendable {
  /// The time of the fetch: the earlier of our clock and the answer's `Date`.
  public var at: Instant
  public var size: Int64
  public var sha256: Digest
  /// Digest of the items alone.
  public var digest: Digest
  public var items: Int
  /// Name of the zone in which the provider printed it.
  public var zone: String

  public init(
    at: Instant, size: Int64, sha256: Digest, digest: Digest, items: Int, zone: String
  ) {
    self.at = at
    self.size = size
    self.sha256 = sha256
    self.digest = digest
    self.items = items
    self.zone = zone
  }
}

/// The stored read of a day and the evidence gathered for it.
public struct StoredDay: Hashable, Sendable {
  /// The read whose bytes are in the archive.
  public var read: Read
  /// Reads in a row with the same items, this one included.
  public var reads: Int
  /// When the first of them was made.
  public var equalSince: Instant
  /// When the newest of them was made.
  public var readAt: Instant

  public init(read: Read, reads: Int = 1, equalSince: Instant? = nil, readAt: Instant? = nil) {
    self.read = read
    self.reads = reads
    self.equalSince = equalSince ?? read.at
    self.readAt = readAt ?? read.at
  }
}
