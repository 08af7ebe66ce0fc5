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
  /// The process before did not stop in order: until a check has seen every file, a stop in order
  /// does not say that all is well either.
  var needsCheck = false
  var sameBoot = false

  var isStopping = false
  /// Our own databases cannot be written: the process ends.
  var fatal: String?

  /// The last step of a stop has been taken.
  var hasEnded = false
  /// As last sent to systemd.
  var statusLine = ""
  /// The day of the last look at what providers have announced; nil after a start or a reload.
  var endingsSeenOn: Day?
  /// Meter headers that made no sense.
  var garbageMeters = 0
  /// Whether the last `Date` of an account's provider agrees. Reset whenever somebody sets the clock.
  private var datesAgree: [Int: Bool] = [:]
  private static let doubtTime = Duration.minutes(10)
  /// When a clock of which nothing else is known is believed.
  private var believedFrom = BootTime(microseconds: 0) + Health.doubtTime
  private(set) var clockIsTrusted = true
  /// It is not only believed: a time server or an answer says so.
  private(set) var clockIsProven = true

  /// Calls may leave.
  var lets: Bool { disk == nil && !isStopping && fatal == nil }

  // MARK: The clock

  /// Days are created and closed only while the clock is trusted: the kernel calls it
  /// synchronised, or it is within 5 minutes of the last `Date` of some provider: one whose clock is
  /// wrong must not stop the others. A machine with neither is believed 10 minutes after its start,
  /// by when one that has a time server has asked it, and 10 minutes after each step of its clock.
  mutating func judgeClock(now: Now) -> Bool {
    let was = clockIsTrusted
    clockIsProven = now.synchronised || datesAgree.values.contains(true)
    clockIsTrusted = clockIsProven || datesAgree.isEmpty && now.boot >= believedFrom
    return was != clockIsTrusted
  }

  mutating func noteDate(_ date: Instant?, of lane: Int, now: Now) {
    guard let date else { return }
    let apart = date < now.wall ? now.wall - date : date - now.wall
    datesAgree[lane] = apart <= .minutes(5)
  }

  /// An account that is gone says nothing any more.
  mutating func forgetDate(of lane: Int) { datesAgree[lane] = nil }

  /// What was known of the clock is over: it is doubted until an answer agrees, or for 10 minutes.
  mutating func clockStepped(now: Now) {
    datesAgree = [:]
    believedFrom = now.boot + Health.doubtTime
  }

  mutating func succeededWriting() { syncFailures = 0 }
}
