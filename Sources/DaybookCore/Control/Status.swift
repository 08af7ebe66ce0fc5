/// The types of the control interface, field by field as ``ControlInterface/description`` has them.

public struct StreamStatus: Hashable, Sendable {
  public var name: String
  public var missing = 0
  public var open = 0
  public var final = 0
  /// Of the final days, those with two equal reads.
  public var confirmed = 0
  public var refused = 0
  public var beyond = 0
  public var failing = 0
  public var damaged = 0

  public init(name: String) { self.name = name }

  /// Days whose file the archive holds.
  public var stored: Int { open + final }
  public var total: Int { missing + open + final + refused + beyond + failing + damaged }
}

public struct WindowStatus: Hashable, Sendable {
  public var name: String
  public var per: WindowSpec.Per
  public var seconds: Double
  public var limit: Int
  public var used: Int

  public init(name: String, per: WindowSpec.Per, seconds: Double, limit: Int, used: Int) {
    self.name = name
    self.per = per
    self.seconds = seconds
    self.limit = limit
    self.used = used
  }
}

public enum AccountState: String, CaseIterable, Sendable {
  /// Calls are in flight or could leave now.
  case working
  /// Nothing is due.
  case idle
  /// A window is closed, or the provider asked to wait.
  case waiting
  /// By the operator.
  case paused
  case signInNeeded = "sign-in-needed"
  /// The provider has ended.
  case sealed
  /// No longer in the settings; the archive stays.
  case removed
  /// Our own fault was found; see the journal.
  case stopped
}

public struct AccountStatus: Hashable, Sendable {
  public var name: String
  public var provider: String
  public var state: AccountState
  public var reason: String?
  public var until: Instant?
  public var firstDay: Day?
  public var zone: String?
  public var streams: [StreamStatus] = []
  public var windows: [WindowStatus] = []
  /// Calls made since the daemon started.
  public var calls = 0
  /// Days stored in a minute, over the last minutes.
  public var rate = 0.0
  /// Seconds until no day is missing.
  public var eta: Int?
  public var lastDay: Day?
  public var lastAt: Instant?
  /// The last day of its provider, if it has announced one.
  public var sunset: Day?
  /// Days until then; negative after it.
  public var daysLeft: Int?
  public var successor: String?
  /// The timeline that it is told in.
  public var timeline: String?
  /// Of a sealed account with open days: the day on which they were last read.
  public var lastSeen: Day?
  /// When somebody will have to sign in again, if that is known.
  public var signInEnds: Instant?

  public init(name: String, provider: String, state: AccountState) {
    self.name = name
    self.provider = provider
    self.state = state
  }
}

/// One person's history, told by several accounts.
public struct TimelineStatus: Hashable, Sendable {
  public var name: String
  /// In the order of the settings.
  public var accounts: [String]
  /// The first and the last day that one of them holds.
  public var first: Day?
  public var last: Day?
  /// Days that one of them holds, and days from the first until today.
  public var held = 0
  public var days = 0

  public init(name: String, accounts: [String]) {
    self.name = name
    self.accounts = accounts
  }
}

public enum DaemonState: String, CaseIterable, Sendable {
  case ready, paused, stopping
  case archiveAway = "archive-away"
  case diskFull = "disk-full"
  case clockUntrusted = "clock-untrusted"
}

public struct DaemonStatus: Hashable, Sendable {
  public var version: String
  public var pid: Int
  public var state: DaemonState
  public var reason: String?
  public var since: Instant
  public var archive: String
  /// Days stored, over all accounts.
  public var days = 0
  public var missing = 0

  public init(version: String, pid: Int, state: DaemonState, since: Instant, archive: String) {
    self.version = version
    self.pid = pid
    self.state = state
    self.since = since
    self.archive = archive
  }
}

/// A journal line with its time.
public struct TimedEntry: Hashable, Sendable {
  public var at: Instant
  public var entry: Entry
  public init(at: Instant, entry: Entry) {
    self.at = at
    self.entry = entry
  }
}

public struct PlannedStep: Hashable, Sendable {
  public var account: String
  public var action: String
  public var stream: String?
  public var day: Day?
  public var workClass: WorkClass?
  public var at: Instant?
  public var why: String?

  public init(account: String, action: String) {
    self.account = account
    self.action = action
  }
}

/// Classes of work, most urgent first.
public enum WorkClass: Int, CaseIterable, Sendable, Comparable {
  case forced, urgent, fresh, backfill, verify

  public var name: String {
    switch self {
    case .forced: "forced"
    case .urgent: "urgent"
    case .fresh: "fresh"
    case .backfill: "backfill"
    case .verify: "verify"
    }
  }
  public static func < (a: WorkClass, b: WorkClass) -> Bool { a.rawValue < b.rawValue }
}

public struct Finding: Hashable, Sendable {
  public enum What: String, CaseIterable, Sendable {
    /// A row whose file is gone.
    case missing
    case size, hash
    /// A file that no row speaks of.
    case unknown
    /// Left by an interrupted write.
    case temporary
    /// A file under a day's name that is no whole document.
    case invalid
  }
  /// Below the archive.
  public var path: String
  public var what: What
  /// What was done about it, or what to run.
  public var action: String

  public init(path: String, what: What, action: String) {
    self.path = path
    self.what = what
    self.action = action
  }
}
