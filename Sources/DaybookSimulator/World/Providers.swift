import DaybookCore

/// The models that one server serves, told apart by their paths.
public struct Providers: ProviderModel {
  /// Under `/oauth` and `/api/1.1`.
  public var moves: MovesModel?
  /// Under `/api/0` and `/pub`.
  public var ownTracks: OwnTracksModel?

  public init(moves: MovesModel? = nil, ownTracks: OwnTracksModel? = nil) {
    self.moves = moves
    self.ownTracks = ownTracks
  }

  private enum Owner { case moves, ownTracks, nobody }

  private func owner(_ request: SimRequest) -> Owner {
    let path = request.components
    if path.first == "oauth" || path.starts(with: ["api", "1.1"]) {
      return moves == nil ? .nobody : .moves
    }
    if path.starts(with: ["api", "0"]) || path == ["pub"] {
      return ownTracks == nil ? .nobody : .ownTracks
    }
    return .nobody
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    var answer: SimResponse?
    switch owner(request) {
    case .moves: answer = moves?.answer(request, now: now)
    case .ownTracks: answer = ownTracks?.answer(request, now: now)
    case .nobody: break
    }
    return answer ?? .text(404, "no provider is simulated here\n")
  }

  public func kind(of request: SimRequest) -> SimKind {
    switch owner(request) {
    case .moves: moves?.kind(of: request) ?? .other
    case .ownTracks: ownTracks?.kind(of: request) ?? .other
    case .nobody: .other
    }
  }

  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    switch owner(request) {
    case .moves: moves?.askingDayBefore(request)
    case .ownTracks: ownTracks?.askingDayBefore(request)
    case .nobody: nil
    }
  }
}
