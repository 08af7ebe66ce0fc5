/// What the model has seen.
public typealias MovesStats = ModelStats<MovesFigures>

public struct MovesFigures: ModelFigures {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case authorize, exchange, refresh, tokeninfo, profile, supported
    case summary, activities, places, storyline
    case other
  }

  /// Answered 429.
  public var refused = 0
  /// Answered 401: no token, an unknown one, an expired or revoked one.
  public var unauthorized = 0
  /// Answered 304.
  public var unchanged = 0
  /// Answered 400 at the API.
  public var bad = 0
  /// Pairs given for a refresh token.
  public var refreshed = 0
  /// Refresh tokens that were dead when they came.
  public var deadRefreshes = 0
  /// Superseded refresh tokens that were accepted within the grace.
  public var graced = 0

  public init() {}

  public static var named: [(name: String, figure: KeyPath<MovesFigures, Int>)] {
    [
      ("refused", \.refused),
      ("unauthorized", \.unauthorized),
      ("unchanged", \.unchanged),
      ("bad", \.bad),
      ("refreshed", \.refreshed),
      ("dead_refreshes", \.deadRefreshes),
      ("graced", \.graced),
    ]
  }

  public static var streams: [String] { MovesStream.allCases.map(\.rawValue) }
  public static var tellsUnread: Bool { true }
}
