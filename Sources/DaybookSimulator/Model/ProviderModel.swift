import DaybookCore

/// A provider as a pure function of (its state, a request, the moment). It has no clock, no
/// socket and no randomness of its own: the same seed and the same requests at the same moments
/// give the same bytes. The server asks it in real time, the simulation in virtual time.
public protocol ProviderModel: Sendable {
  mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse

  /// What the request is, for faults and statistics.
  func kind(of request: SimRequest) -> SimKind

  /// The same request for the day before; nil when it names no day.
  func askingDayBefore(_ request: SimRequest) -> SimRequest?
}

/// The kinds of requests.
public enum SimKind: String, CaseIterable, Sendable {
  /// The page where the person agrees.
  case authorize
  /// Code exchange, refresh and what else concerns tokens.
  case token
  /// Facts of the account: profile, zone, supported activities.
  case account
  /// What there is: users, devices, month files.
  case index
  /// Days.
  case data
  case other
}
