/// An error of the API in Google's form. What `details` looks like is not confirmed.
struct HealthFault: Error, Hashable {
  var code = 400
  var status = "INVALID_ARGUMENT"
  var reason: String
  var message: String

  /// 400 with a reason of the API's own.
  static func invalid(_ reason: String, _ message: String) -> HealthFault {
    HealthFault(reason: reason, message: message)
  }

  /// 400 for which no reason is published.
  static func argument(_ message: String) -> HealthFault {
    HealthFault(reason: "INVALID_ARGUMENT", message: message)
  }

  static func filter(_ reason: String, _ message: String) -> HealthFault {
    HealthFault(reason: "INVALID_DATA_POINT_FILTER_" + reason, message: message)
  }

  // Not confirmed: the reasons of the following but ACCOUNT_NOT_LINKED, and its status.
  static let unauthenticated = HealthFault(
    code: 401, status: "UNAUTHENTICATED", reason: "UNAUTHENTICATED",
    message: "Request had invalid authentication credentials.")
  static let scope = HealthFault(
    code: 403, status: "PERMISSION_DENIED", reason: "PERMISSION_DENIED",
    message: "Request had insufficient authentication scopes.")
  static let noProfile = HealthFault(
    code: 403, status: "PERMISSION_DENIED", reason: "PERMISSION_DENIED",
    message: "The caller does not have permission")
  static let notFound = HealthFault(
    code: 404, status: "NOT_FOUND", reason: "NOT_FOUND",
    message: "Requested entity was not found.")
  static let exhausted = HealthFault(
    code: 429, status: "RESOURCE_EXHAUSTED", reason: "RESOURCE_EXHAUSTED",
    message: "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute'.")
  static let notLinked = HealthFault(
    code: 400, status: "FAILED_PRECONDITION", reason: "ACCOUNT_NOT_LINKED",
    message: "The Google account is not linked to a Fitbit account.")

  /// No header but the type: no `Retry-After` is documented.
  var response: SimResponse {
    var out = ByteWriter(reserving: 400)
    out.raw("{\"error\":{\"code\":")
    out.integer(code)
    out.raw(",\"message\":")
    out.string(message)
    out.raw(",\"status\":")
    out.string(status)
    out.raw(",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":")
    out.string(reason)
    out.raw(",\"domain\":\"health.googleapis.com\",\"metadata\":{}}]}}")
    return HealthFault.json(code, out.bytes)
  }

  static func json(_ status: Int, _ body: [UInt8]) -> SimResponse {
    SimResponse(
      status, headers: [SimField("Content-Type", "application/json; charset=UTF-8")], body: body)
  }
}
