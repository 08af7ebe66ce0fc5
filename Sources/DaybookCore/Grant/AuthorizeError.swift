/// What the provider's page says with `error=` in the redirected URL (RFC 6749 §4.1.2.1), in words
/// for who signs in, with what to do. Nothing that the server wrote is shown.
public enum AuthorizeError: String, CaseIterable, Sendable {
  case accessDenied = "access_denied"
  case invalidRequest = "invalid_request"
  case unauthorizedClient = "unauthorized_client"
  case unsupportedResponseType = "unsupported_response_type"
  case invalidScope = "invalid_scope"
  case serverError = "server_error"
  case temporarilyUnavailable = "temporarily_unavailable"

  public static func advice(_ error: String) -> String {
    AuthorizeError(rawValue: error)?.advice
      ?? "the provider ended it with an error of its own; its page says more"
  }

  var advice: String {
    switch self {
    case .accessDenied:
      "access was not allowed on the provider's page (access_denied); sign in again and allow it"
    case .invalidRequest:
      "the provider did not understand the request (invalid_request); compare the client's "
        + "settings and redirect_uri with the app at the provider"
    case .unauthorizedClient:
      "the app may not sign people in like this (unauthorized_client); at the provider, register "
        + "it as a kind of app that uses authorization codes"
    case .unsupportedResponseType:
      "the provider gives no codes (unsupported_response_type); the provider file is wrong"
    case .invalidScope:
      "the provider does not know a scope, or the app may not ask for it (invalid_scope); switch "
        + "the scopes of the provider file on for the app at the provider"
    case .serverError, .temporarilyUnavailable:
      "the provider has trouble (\(rawValue)); try again later"
    }
  }
}
