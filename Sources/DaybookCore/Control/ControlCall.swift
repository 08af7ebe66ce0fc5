/// A call of the control interface, decoded and checked for form (not for meaning).
public enum ControlCall: Hashable, Sendable {
  case status(account: String?)
  case watch(account: String?)
  case resync(ResyncRequest)
  case pause(account: String?)
  case resume(account: String?, probe: Bool)
  case loginBegin(account: String, redirectURI: String?)
  case loginComplete(account: String, url: Secret)
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
  public init() {}
}

/// The answer to a ``ControlCall``, before it is written as JSON.
public enum ControlReply: Hashable, Sendable {
  case status(DaemonStatus, [AccountStatus])
  case watch(DaemonStatus?, [AccountStatus], [TimedEntry])
  case resync(ResyncProgress)
  case loginBegun(url: String, redirectURI: String, expires: Instant)
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

public struct LoginResult: Hashable, Sendable {
  public var granted: [String] = []
  public var missing: [String] = []
  public var firstDay: Day?
  public var days = 0
  public var streams: [String] = []
  public var eta: Int?
  public init() {}
}

public struct DaysRow: Hashable, Sendable {
  public var account: String
  public var stream: String
  public var from: Day
  /// One of the characters of the interface's description for each day.
  public var days: String
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
