/// What the site has seen.
public typealias FitbitSiteStats = ModelStats<FitbitSiteFigures>

public struct FitbitSiteFigures: ModelFigures {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case landing, dashboard
    case loginForm = "login_form"
    case login, logout
    case steps, calories
    case activeScore = "active_score"
    case sleep
    case other
  }

  /// Data answered 503 by the quota.
  public var refused = 0
  /// Data without a session.
  public var unauthorized = 0
  /// Data of somebody else.
  public var forbidden = 0
  /// Data asked for in a way that cannot be understood.
  public var bad = 0
  /// 403: no browser.
  public var agents = 0
  /// 500 at `/login`: no cookie.
  public var cookieless = 0
  /// Logins without a form that was shown to this browser.
  public var staleForms = 0
  public var wrongCredentials = 0
  /// Logins by password that succeeded.
  public var logins = 0
  /// Sessions that a remembered browser began.
  public var renewed = 0
  /// Sessions that began in either way.
  public var sessions = 0
  /// Answered 503 while the site was down.
  public var unavailable = 0

  public init() {}

  public static var named: [(name: String, figure: KeyPath<FitbitSiteFigures, Int>)] {
    [
      ("refused", \.refused),
      ("unauthorized", \.unauthorized),
      ("forbidden", \.forbidden),
      ("bad", \.bad),
      ("agents", \.agents),
      ("cookieless", \.cookieless),
      ("stale_forms", \.staleForms),
      ("wrong_credentials", \.wrongCredentials),
      ("logins", \.logins),
      ("renewed", \.renewed),
      ("sessions", \.sessions),
      ("unavailable", \.unavailable),
    ]
  }

  public static var streams: [String] { SiteGraph.allCases.map(\.call.rawValue) }
  public static var tellsUnread: Bool { true }
}
