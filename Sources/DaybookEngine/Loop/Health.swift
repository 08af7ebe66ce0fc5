import DaybookCore

/// The state of the process as a whole: disk, archive, clock, start and stop.
struct Health {
  enum Disk: Hashable {
    case full
    case away
    /// It is there, and too much of it is not: for the operator to look at.
    case doubtful
  }

  /// Writing pauses, and refreshing with it.
  var disk: Disk?
  var diskReason: String?
  /// When the disk is looked at again.
  var probeAt: BootTime?
  /// One failed fsync drops its file; a second one stops the process.
  var syncFailures = 0

  /// The ledger was lost: nothing is asked before the tree has been read.
  var isRebuilding = false
  var wasStoppedCleanly = false
  var sameBoot = false

  var isStopping = false
  /// Our own databases cannot be written: the process ends.
  var fatal: String?

  /// The last step of a stop has been taken.
  var hasEnded = false
  /// As last sent to systemd.
  var statusLine = ""
  /// Meter headers that made no sense.
  var garbageMeters = 0
  /// Reset whenever somebody sets the clock.
  private var dateAgrees: Bool?
  private(set) var clockIsTrusted = true

  /// Calls may leave.
  var lets: Bool { disk == nil && !isStopping && fatal == nil }

  // MARK: The clock

  /// Days are created and closed only while the clock is trusted: the kernel calls it
  /// synchronised, or it is within 5 minutes of an answer's `Date`. A machine with neither is
  /// believed 10 minutes after its start, by when one that has a time server has asked it.
  mutating func judgeClock(now: Now) -> Bool {
    let was = clockIsTrusted
    if now.synchronised {
      clockIsTrusted = true
    } else if let dateAgrees {
      clockIsTrusted = dateAgrees
    } else {
      clockIsTrusted = now.boot.microseconds >= Duration.minutes(10).inMicroseconds
    }
    return was != clockIsTrusted
  }

  mutating func noteDate(_ date: Instant?, now: Now) {
    guard let date else { return }
    let apart = date < now.wall ? now.wall - date : date - now.wall
    dateAgrees = apart <= .minutes(5)
  }

  mutating func clockStepped() { dateAgrees = nil }

  mutating func succeededWriting() { syncFailures = 0 }
}
