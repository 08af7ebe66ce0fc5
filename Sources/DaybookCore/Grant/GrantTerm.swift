/// How long a sign-in lasts: when it ends, somebody must sign in again, and no refresh helps.
public struct GrantTerm: Hashable, Sendable {
  public var begun: Instant
  public var ends: Instant
  /// Warnings of the end that were given.
  public var told = 0

  public init(begun: Instant, ends: Instant) {
    self.begun = begun
    self.ends = ends
  }

  /// When to warn, each once: when a quarter of it is left, and two days before its end, if it is
  /// longer than that.
  public var warnings: [Instant] {
    let quarter = ends - (ends - begun) / 4
    let late = ends - .days(2)
    return late > begun ? [min(quarter, late), max(quarter, late)] : [quarter]
  }

  /// When the next warning is due.
  public var nextWarning: Instant? { told < warnings.count ? warnings[max(0, told)] : nil }

  /// A warning is due that was not given. What was missed meanwhile counts as given with it.
  public mutating func warn(at now: Instant) -> Bool {
    guard let next = nextWarning, next <= now else { return false }
    told = warnings.count { $0 <= now }
    return true
  }

  /// What an answer of the token endpoint makes of it.
  ///
  /// - Parameter left: how long the refresh token lives, as the answer says; nil: it is silent, and
  ///   the sign-in goes on as it was.
  public static func after(_ old: GrantTerm?, left: Duration?, now: Instant) -> GrantTerm? {
    guard let left else { return old }
    let ends = now + left
    // The same end told again, to the accuracy of clocks and latency.
    if let old, (ends < old.ends ? old.ends - ends : ends - old.ends) <= .hours(1) { return old }
    return GrantTerm(begun: now, ends: ends)
  }
}
