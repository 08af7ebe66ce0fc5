import DaybookCore

/// The switch of the running recorder: `POST /sim/owntracks/end?how=…`.
extension OwnTracksModel: ServedModel {
  static let controlName = "owntracks"
  public static let controlGuide = """
    POST /sim/owntracks/end?how=running|gone|refused
    POST /pub?u=jane&d=phone             a point, as the OwnTracks app posts it
    """

  var counted: [UInt8] { stats.json }
  /// There is no login.
  var consents: Int? { nil }

  /// One switch; false when it cannot be set like that.
  mutating func control(_ name: String, _ request: SimRequest, now: Instant) -> Bool {
    guard name == "end", let how = request.parameter("how").flatMap(ServiceEnd.init) else {
      return false
    }
    end = how
    return true
  }
}
