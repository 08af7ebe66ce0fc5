/// The tokens of an account, as `accounts.sqlite` keeps them.
public struct Grant: Hashable, Sendable {
  public var access: Secret
  /// Nil: the provider gave none; when the access token ends, somebody must sign in.
  public var refresh: Secret?
  /// When the access token was received, and how long it lives; nil when nobody said.
  public var receivedAt: Instant
  public var life: Duration?
  /// Scopes the provider says it granted; empty: it did not say.
  public var scopes: [String]
  /// The pair before this one, kept until a call with the new one has succeeded.
  public var previousRefresh: Secret?
  /// A call with this access token has succeeded.
  public var proven = false
  /// How long the sign-in lasts, whatever is refreshed; nil when nobody said.
  public var term: GrantTerm?
  /// Counts the pairs of this account: a 401 to an older one says nothing about this one.
  public var generation: Int

  public init(
    access: Secret, refresh: Secret?, receivedAt: Instant, life: Duration?, scopes: [String],
    generation: Int
  ) {
    self.access = access
    self.refresh = refresh
    self.receivedAt = receivedAt
    self.life = life
    self.scopes = scopes
    self.generation = generation
  }

  /// When to refresh without being asked: the larger of 5 minutes and a tenth of the life before
  /// its end, but never before half of it is over.
  public var refreshAt: Instant? {
    guard let life, refresh != nil else { return nil }
    let margin = min(max(.minutes(5), life / 10), life / 2)
    return receivedAt + life - margin
  }

  public func isExpired(at now: Instant) -> Bool {
    life.map { now >= receivedAt + $0 } ?? false
  }
}
