/// An error in the service's own form, used by the data API and the token endpoint alike.
struct FitbitError: Error, Hashable {
  var status: Int
  var type: Kind
  var message: String
  var field = "n/a"

  enum Kind: String {
    case validation
    case invalidRequest = "invalid_request"
    case request
    case invalidGrant = "invalid_grant"
    case expiredToken = "expired_token"
    case invalidToken = "invalid_token"
    case invalidClient = "invalid_client"
    case authorization
    case insufficientScope = "insufficient_scope"
    case system
  }

  /// A bad date, range or level of detail.
  static func validation(_ field: String, _ message: String) -> FitbitError {
    FitbitError(status: 400, type: .validation, message: message, field: field)
  }

  /// A parameter is missing, or the header with the token.
  static func invalidRequest(_ message: String) -> FitbitError {
    FitbitError(status: 400, type: .invalidRequest, message: message)
  }

  /// No such endpoint. Not confirmed: which of the types documented for 400 it had.
  static let unknownEndpoint = FitbitError(
    status: 400, type: .request, message: "The API you are requesting could not be found.")

  /// A dead code or refresh token; the message holds it, as the real one did.
  static func invalidGrant(_ what: String, _ token: String) -> FitbitError {
    FitbitError(
      status: 400, type: .invalidGrant, message: "\(what) invalid: \(token)." + advice)
  }

  static func invalidClient(_ message: String) -> FitbitError {
    FitbitError(status: 401, type: .invalidClient, message: message)
  }

  /// The message holds the token, as the real one did.
  static func expiredToken(_ token: String) -> FitbitError {
    FitbitError(
      status: 401, type: .expiredToken, message: "Access token expired: \(token)." + advice)
  }

  static func invalidToken(_ token: String) -> FitbitError {
    FitbitError(
      status: 401, type: .invalidToken, message: "Access token invalid: \(token)." + advice)
  }

  /// Data of somebody else. Not confirmed: the status.
  static func otherUser(_ user: String) -> FitbitError {
    FitbitError(
      status: 401, type: .authorization, message: "No access to the data of \(user)",
      field: "userId")
  }

  static func insufficientScope(_ scope: String) -> FitbitError {
    FitbitError(
      status: 403, type: .insufficientScope,
      message: "This application does not have permission to access \(scope) data." + advice,
      field: "scope")
  }

  static let tooMany = FitbitError(status: 429, type: .system, message: "Too Many Requests")

  /// The end of the service. Not confirmed: the body.
  static let gone = FitbitError(
    status: 410, type: .system, message: "The Fitbit Web API has been turned off.")

  private static let advice =
    " Visit https://dev.fitbit.com/docs/oauth2 for more information on the Fitbit Web API"
    + " authorization process."

  var response: SimResponse {
    var json = FitbitJSON(reserving: 400)
    json.object {
      $0.array("errors") {
        $0.object {
          $0.text("errorType", type.rawValue)
          $0.text("message", message)
          $0.text("fieldName", field)
        }
      }
      $0.flag("success", false)
    }
    return .fitbit(status, json.bytes)
  }
}

extension SimResponse {
  /// A document of the service.
  static func fitbit(_ status: Int, _ body: [UInt8]) -> SimResponse {
    SimResponse(
      status, headers: [SimField("Content-Type", "application/json; charset=utf-8")], body: body)
  }
}
