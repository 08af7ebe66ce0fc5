/// What the model has seen.
public typealias FitbitStats = ModelStats<FitbitFigures>

public struct FitbitFigures: ModelFigures, StatusFigures {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case authorize, exchange, refresh, revoke, introspect
    case profile, devices, summary, series, intraday, heart
    case heartIntraday = "heart_intraday"
    case hrv, spo2, br, sleep, weight
    case other
  }

  /// Answered 400 at the API.
  public var bad = 0
  /// Answered 401: an unknown token, an expired or revoked one.
  public var unauthorized = 0
  /// Answered 403: the scope was not granted.
  public var forbidden = 0
  /// Answered 429.
  public var refused = 0
  /// Pairs given for a code or a refresh token.
  public var issued = 0
  /// Pairs given for a refresh token.
  public var refreshed = 0
  /// Refresh tokens that were dead when they came.
  public var deadRefreshes = 0
  /// Refresh tokens that got the same answer again.
  public var graced = 0

  public init() {}

  public static var named: [(name: String, figure: KeyPath<FitbitFigures, Int>)] {
    [
      ("refused", \.refused),
      ("unauthorized", \.unauthorized),
      ("forbidden", \.forbidden),
      ("bad", \.bad),
      ("issued", \.issued),
      ("refreshed", \.refreshed),
      ("dead_refreshes", \.deadRefreshes),
      ("graced", \.graced),
    ]
  }

  public static var streams: [String] { [] }
  public static var tellsUnread: Bool { false }
}
