/// A call of the control interface, decoded and checked for form (not for meaning).
public enum ControlCall: Hashable, Sendable {
  case status(account: String?)
  case watch(account: String?)
  case resync(ResyncRequest)
  case pause(account: String?)
  case resume(account: String?, probe: Bool)
  case loginBegin(account: String, redirectURI: String?)
  case loginComplete(account: String, LoginAnswer)
  case logout(account: String)
  case days(account: String?, stream: String?, year: Int?)
  case plan(account: String?, limit: Int)
  case verify(VerifyRequest)
  case reload

  /// Login, logout, reload and repair are for root and the daemon's own user; the rest is for
  /// whoever can connect.
  public var needsOwner: Bool {
    switch self {
    case .loginBegin, .loginComplete, .logout, .reload: true
    case .verify(let request): request.repair
    case .status, .watch, .resync, .pause, .resume, .days, .plan: false
    }
  }
}

/// What the person brings to end a sign-in, by its kind.
public enum LoginAnswer: Hashable, Sendable {
  /// The redirected URL, of a code.
  case url(Secret)
  case token(Secret)
  case form(user: Secret, password: Secret)
}

public struct ResyncRequest: Hashable, Sendable {
  public var account: String
  public var stream: String?
  public var from: Day?
  public var to: Day?
  public var all = false
  public init(account: String) { self.account = account }
}

public struct VerifyRequest: Hashable, Sendable {
  public var account: String?
  public var deep = false
  public var repair = false
  public var yes = false
  /// Lines for sha256sum(1) are wanted, of every file.
  public var sums = false
  public init() {}
}

/// The answer to a ``ControlCall``, before it is written as JSON.
public enum ControlReply: Hashable, Sendable {
  case status(DaemonStatus, [AccountStatus], [TimelineStatus] = [])
  case watch(DaemonStatus?, [AccountStatus], [TimedEntry])
  case resync(ResyncProgress)
  case loginBegun(LoginOffer)
  case loginCompleted(LoginResult)
  case days(DaysRow)
  case plan([PlannedStep])
  case verify(VerifyProgress)
  case reloaded(changes: [String])
  /// Pause, Resume, Logout.
  case done
  case failed(ControlError)
}

public struct ResyncProgress: Hashable, Sendable {
  public enum State: String, CaseIterable, Sendable {
    case working, done
    /// The account has no grant; the resync goes on after sign-in.
    case signInNeeded = "sign-in-needed"
    case paused
  }
  public var id: Int
  public var total: Int
  public var done = 0
  public var changed = 0
  /// Days that were refused or are beyond reach.
  public var refused = 0
  public var state: State = .working
  public init(id: Int, total: Int) {
    self.id = id
    self.total = total
  }
}

/// How a sign-in that was begun goes on.
public struct LoginOffer: Hashable, Sendable {
  /// Never `none`.
  public var kind: Login
  /// For a code: what the person opens, and where the browser comes back to.
  public var url: String?
  public var redirectURI: String?
  public var expires: Instant
  /// The provider file's sentence for who signs in.
  public var help: String?

  public init(_ kind: Login, expires: Instant) {
    self.kind = kind
    self.expires = expires
  }

  public init(url: String, redirectURI: String, expires: Instant) {
    self.init(.code, expires: expires)
    self.url = url
    self.redirectURI = redirectURI
  }
}

public struct LoginResult: Hashable, Sendable {
  public var granted: [String] = []
  public var missing: [String] = []
  public var firstDay: Day?
  public var days = 0
  public var streams: [String] = []
  public var eta: Int?
  /// Each scope of `missing`, and the streams that are refused for want of it.
  public var lost: [ScopeLoss] = []
  /// When somebody will have to sign in again, if that is known.
  public var ends: Instant?
  public init() {}
}

public struct DaysRow: Hashable, Sendable {
  /// Or a timeline.
  public var account: String
  public var stream: String
  public var from: Day
  /// One of the characters of the interface's description for each day.
  public var days: String
  /// Of a timeline: its accounts that have the stream.
  public var accounts: [String]?
  /// Of a sealed account with open days: the day on which they were last read.
  public var lastSeen: Day?
  public init(account: String, stream: String, from: Day, days: String) {
    self.account = account
    self.stream = stream
    self.from = from
    self.days = days
  }
}

public struct VerifyProgress: Hashable, Sendable {
  public var checked = 0
  public var total = 0
  public var findings: [Finding] = []
  public var done = false
  /// Since the reply before, where they are wanted.
  public var sums: [String]?
  public init() {}
}

/// What can be wrong with a call; each is an error of the interface.
public enum ControlError: Error, Hashable, Sendable {
  case noSuchAccount(String)
  case noSuchStream(account: String, stream: String)
  case invalidRange(String)
  case signInNeeded(account: String, command: String)
  case wrongPerson(String)
  /// The account's provider has no sign-in, or the settings lack its client.
  case noLogin(account: String, reason: String)
  case loginFailed(account: String, reason: String, command: String)
  case accountSealed(account: String, reason: String)
  case archiveAway(path: String)
  case invalidSettings([String])
  case busy(String)
  case shuttingDown
  // org.varlink.service
  case interfaceNotFound(String)
  case methodNotFound(String)
  case invalidParameter(String)
  case permissionDenied
  case expectedMore
}
