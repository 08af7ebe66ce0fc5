/// Whether a provider still exists.
public enum ServiceEnd: String, CaseIterable, Sendable {
  case running
  /// 410 to everything.
  case gone
  /// Nobody listens.
  case refused

  /// What is answered instead of everything else; nil while it runs.
  func answer(_ text: String) -> SimResponse? {
    switch self {
    case .running: return nil
    case .gone: return .text(410, text)
    case .refused:
      var response = SimResponse(410)
      response.delivery = .refused
      return response
    }
  }
}
