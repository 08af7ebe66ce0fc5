/// What a lane does next. One row of this table holds, the first that fits:
///
/// | the lane …                                        | step                       |
/// | ------------------------------------------------- | -------------------------- |
/// | is paused, sealed, removed, stopped, signed out   | rest                       |
/// | is held: archive away, disk full, stopping        | rest                       |
/// | has a refresh in flight                           | rest until it ends         |
/// | waits after trouble                               | wait                       |
/// | has a token that is stale, or ends soon           | refresh                    |
/// | has a token that has ended, and cannot refresh    | ask for a sign-in          |
/// | has no room in a window                           | wait, or rest for an answer|
/// | has as many calls in flight as it may             | rest for an answer         |
/// | has a read of which a page is missing             | ask for the next page      |
/// | has a fact to learn                               | ask for it                 |
/// | looks for the begin of its history                | ask for an earlier part    |
/// | does not know its days yet                        | wait for what is due, rest |
/// | has an index to read                              | read it                    |
/// | has a list of changes to read                     | read it                    |
/// | has a day to read                                 | read it                    |
/// | has days waiting                                  | wait for the first         |
/// | otherwise                                         | rest                       |
public func plan(_ view: LaneView, now: Now) -> Step {
  guard view.standing == .open else { return .rest }
  if view.refreshInFlight { return .rest }
  if let until = view.notBefore, until > now.boot { return .wait(until) }
  if view.refresh == .due { return .refresh }
  if view.refresh == .impossible { return .askForSignIn }
  switch view.opening {
  case .now: break
  case .at(let moment): return .wait(moment)
  case .whenOneEnds: return .rest
  }
  if view.inFlight >= view.inFlightLimit { return .rest }
  if view.hasPage { return .page }
  if let fact = view.fact { return .fact(fact) }
  if view.walksBack { return .walk }
  guard view.knowsDays else { return view.nextDue.map(Step.wait) ?? .rest }
  if let stream = view.index { return .index(stream) }
  if let stream = view.changes { return .changes(stream) }
  if let work = view.work { return .day(work) }
  return view.nextDue.map(Step.wait) ?? .rest
}

/// What a lane is about to do.
public enum Step: Hashable, Sendable {
  case refresh
  case askForSignIn
  /// Requests this path (of ``Fact/get``) and reads all facts that come from it.
  case fact(String)
  /// The next page of the oldest read that waits for one.
  case page
  /// Asks for an earlier part of the history, to find where it begins.
  case walk
  /// Reads the index of this stream.
  case index(Int)
  /// Asks which days of this stream have changed.
  case changes(Int)
  case day(DayWork)
  case wait(BootTime)
  /// Nothing until an event wakes the lane.
  case rest
}

/// Everything ``plan(_:now:)`` looks at.
public struct LaneView: Sendable {
  public enum Standing: Hashable, Sendable {
    case open
    /// By the operator, the provider, or trouble of the whole process.
    case closed
  }
  public enum Refresh: Hashable, Sendable { case notDue, due, impossible }

  public var standing = Standing.open
  public var refresh = Refresh.notDue
  public var refreshInFlight = false
  /// No call before this moment, after trouble.
  public var notBefore: BootTime?
  public var opening = CallWindow.Opening.now(Int.max)
  public var inFlight = 0
  public var inFlightLimit = Limits.callsInFlightPerLane
  public var hasPage = false
  public var fact: String?
  public var walksBack = false
  public var knowsDays = false
  public var index: Int?
  public var changes: Int?
  public var work: DayWork?
  /// When the first thing that waits becomes due.
  public var nextDue: BootTime?

  public init() {}
}

/// A day to read.
public struct DayWork: Hashable, Sendable {
  /// Number of the stream within its account.
  public var stream: Int
  public var day: Day
  public var workClass: WorkClass

  public init(stream: Int, day: Day, workClass: WorkClass) {
    self.stream = stream
    self.day = day
    self.workClass = workClass
  }
}
