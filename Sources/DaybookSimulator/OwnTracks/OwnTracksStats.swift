/// What the recorder has seen.
public typealias OwnTracksStats = ModelStats<OwnTracksFigures>

public struct OwnTracksFigures: ModelFigures {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case lists, locations, published, other
  }

  /// Answered with a status of 400 and above.
  public var bad = 0
  /// Points that were sent.
  public var points = 0

  public init() {}

  public static var named: [(name: String, figure: KeyPath<OwnTracksFigures, Int>)] {
    [("bad", \.bad), ("points", \.points)]
  }

  public static var streams: [String] { [] }
  public static var tellsUnread: Bool { false }
}
