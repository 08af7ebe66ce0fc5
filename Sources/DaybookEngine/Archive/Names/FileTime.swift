import DaybookCore

/// The modification time of a file of the archive: the second of its fetch, and within it a mark
/// made of its bytes.
///
/// A process that ends between a file and its row leaves a file that no row speaks of. The mark says
/// that Daybook wrote these very bytes, so that they are taken for a later read, also one of the same
/// second; what was altered by hand has another time, or the time of other bytes.
enum FileTime {
  static func of(_ sha256: Digest, fetchedAt: Instant) -> Instant {
    Instant(microseconds: fetchedAt.seconds * 1_000_000 + mark(sha256))
  }

  /// Nobody has touched the file since it was stored with these bytes. A time of whole seconds is
  /// one that a copy, or an older Daybook, has left.
  static func isUntouched(_ time: Instant, _ sha256: Digest, fetchedAt: Instant) -> Bool {
    time.seconds == fetchedAt.seconds && [0, mark(sha256)].contains(microseconds(time))
  }

  /// Such a file, with these bytes, was written after one that was fetched at a moment.
  static func isLater(_ time: Instant, _ sha256: Digest, than fetchedAt: Instant) -> Bool {
    switch microseconds(time) {
    case mark(sha256): time.seconds >= fetchedAt.seconds
    case 0: time.seconds > fetchedAt.seconds
    default: false
    }
  }

  private static func microseconds(_ time: Instant) -> Int64 {
    time.microseconds - time.seconds * 1_000_000
  }

  /// 1 to 999,999 microseconds.
  private static func mark(_ sha256: Digest) -> Int64 {
    sha256.bytes.prefix(4).reduce(Int64(0)) { $0 << 8 | Int64($1) } % 999_999 + 1
  }
}
