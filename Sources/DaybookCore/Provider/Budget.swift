/// A rate limit: at most `limit` calls in any `seconds`.
public struct WindowSpec: Hashable, Sendable {
  public var name: String
  public var seconds: Double
  public var limit: Int
  public var per: Per
  public var align: Align

  public enum Per: String, CaseIterable, Sendable {
    /// Shared by all accounts of one client.
    case app
    case user
  }
  /// How the server counts. Our own count is safe for all of them but ``sliding``; the others are
  /// for the wait after a refusal.
  public enum Align: String, CaseIterable, Sendable {
    /// Starts at the top of the clock's minute, hour, day.
    case clock
    /// Starts at the first call.
    case first
    case rolling
    /// Estimates: the calls of this window, and those of the window before by the share of it that
    /// a rolling one would still hold. That is more than there were when they came in a burst, so
    /// calls are spaced evenly.
    case sliding
    case unknown
  }

  public init(name: String, seconds: Double, limit: Int, per: Per, align: Align) {
    self.name = name
    self.seconds = seconds
    self.limit = limit
    self.per = per
    self.align = align
  }
}

/// A response header that tells the state of a window.
public struct Meter: Hashable, Sendable {
  /// Compared without case.
  public var header: String
  public var says: Says
  /// The windows it speaks of: one name; several, comma values in that order; or empty: `nearest`.
  public var windows: [String]

  public enum Says: String, CaseIterable, Sendable {
    case limit, used, left
    /// Seconds until the window starts again.
    case resetsIn = "resets_in"
    /// Seconds since 1970 at which it starts again.
    case resetsAt = "resets_at"
  }

  public init(header: String, says: Says, windows: [String]) {
    self.header = header
    self.says = says
    self.windows = windows
  }
}
