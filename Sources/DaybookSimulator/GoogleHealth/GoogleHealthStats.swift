/// What the model has seen.
public typealias GoogleHealthStats = ModelStats<GoogleHealthFigures>

public struct GoogleHealthFigures: ModelFigures, StatusFigures {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case authorize, exchange, refresh, revoke
    case identity, profile, settings, devices
    case list, reconcile, get, tcx
    case rollUp = "roll_up"
    case dailyRollUp = "daily_roll_up"
    case other
  }

  /// Answered 429.
  public var refused = 0
  /// Answered 401 at the API.
  public var unauthorized = 0
  /// Answered 403.
  public var forbidden = 0
  /// Answered 400 at the API.
  public var bad = 0
  /// Access tokens given for a refresh token.
  public var refreshed = 0
  /// Refresh tokens that were dead when they came.
  public var deadRefreshes = 0
  public var accessTokens = 0
  public var refreshTokens = 0
  /// Refresh tokens that died because there were too many.
  public var evicted = 0
  /// Pages without a point, but with a token.
  public var emptyPages = 0

  public init() {}

  public static var named: [(name: String, figure: KeyPath<GoogleHealthFigures, Int>)] {
    [
      ("refused", \.refused),
      ("unauthorized", \.unauthorized),
      ("forbidden", \.forbidden),
      ("bad", \.bad),
      ("refreshed", \.refreshed),
      ("dead_refreshes", \.deadRefreshes),
      ("access_tokens", \.accessTokens),
      ("refresh_tokens", \.refreshTokens),
      ("evicted", \.evicted),
      ("empty_pages", \.emptyPages),
    ]
  }

  public static var streams: [String] { HealthDataType.all.map(\.name) }
  public static var tellsUnread: Bool { false }
}
