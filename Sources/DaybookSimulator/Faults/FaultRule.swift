/// A fault, the calls it is for, and when it strikes.
public struct FaultRule: Hashable, Sendable {
  /// Nil: all kinds.
  public var kind: SimKind?
  public var action: FaultAction
  public var when: When
  /// Calls of its kind so far.
  public internal(set) var seen = 0
  /// How often it struck.
  public internal(set) var struck = 0

  public enum When: Hashable, Sendable {
    case always
    /// With this probability.
    case rate(Double)
    /// At these calls of its kind, counted from 1.
    case nth([Int])
    case every(Int)
    /// The first so many.
    case first(Int)
  }

  public init(_ kind: SimKind? = nil, _ action: FaultAction, _ when: When = .always) {
    self.kind = kind
    self.action = action
    self.when = when
  }

  /// Counts a call of its kind; does the rule strike?
  mutating func strikes(_ random: Seeded) -> Bool {
    seen += 1
    let now: Bool
    switch when {
    case .always: now = true
    case .rate(let p):
      var random = random
      now = random.chance(p)
    case .nth(let calls): now = calls.contains(seen)
    case .every(let n): now = n > 0 && seen % n == 0
    case .first(let n): now = seen <= n
    }
    if now { struck += 1 }
    return now
  }
}
