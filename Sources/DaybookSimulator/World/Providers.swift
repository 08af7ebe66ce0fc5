import DaybookCore

/// A provider's model with what a server of several needs to know about it.
protocol ServedModel: ProviderModel {
  /// Its name in `/sim/NAME/SWITCH`.
  static var controlName: String { get }
  /// Its switches, a line each, at most 78 columns.
  static var controlGuide: String { get }

  /// Whether the path is one of the provider's. No path is one of two.
  func owns(_ request: SimRequest) -> Bool
  /// One switch; false when it cannot be set like that.
  mutating func control(_ name: String, _ request: SimRequest, now: Instant) -> Bool

  /// What it has counted, as one JSON object.
  var counted: [UInt8] { get }
  /// Grants that were given and not revoked; nil where nobody agrees to anything.
  var consents: Int? { get }
}

/// The models that one server serves, told apart by their paths.
public struct Providers: ProviderModel {
  /// All that there can be, in the order in which they are asked, counted and explained.
  static let all: [any ServedModel.Type] = [
    MovesModel.self, OwnTracksModel.self, FitbitModel.self, FitbitSiteModel.self,
    GoogleHealthModel.self,
  ]

  /// As in `all`; nil where a provider is not simulated.
  private var models: [(any ServedModel)?] = all.map { _ in nil }

  public init(
    moves: MovesModel? = nil, ownTracks: OwnTracksModel? = nil, fitbit: FitbitModel? = nil,
    fitbitSite: FitbitSiteModel? = nil, googleHealth: GoogleHealthModel? = nil
  ) {
    models = [moves, ownTracks, fitbit, fitbitSite, googleHealth]
  }

  /// Under `/oauth` and `/api/1.1`.
  public var moves: MovesModel? {
    get { self[MovesModel.self] }
    set { self[MovesModel.self] = newValue }
  }

  /// Under `/api/0` and `/pub`.
  public var ownTracks: OwnTracksModel? {
    get { self[OwnTracksModel.self] }
    set { self[OwnTracksModel.self] = newValue }
  }

  /// Under `/oauth2`, `/1`, `/1.1` and `/1.2`.
  public var fitbit: FitbitModel? {
    get { self[FitbitModel.self] }
    set { self[FitbitModel.self] = newValue }
  }

  /// `/` itself, `/login`, `/logout` and under `/graph`.
  public var fitbitSite: FitbitSiteModel? {
    get { self[FitbitSiteModel.self] }
    set { self[FitbitSiteModel.self] = newValue }
  }

  /// Under `/o/oauth2` and `/v4`, `/token` and `/revoke`.
  public var googleHealth: GoogleHealthModel? {
    get { self[GoogleHealthModel.self] }
    set { self[GoogleHealthModel.self] = newValue }
  }

  private subscript<M: ServedModel>(_ type: M.Type) -> M? {
    get {
      for model in models { if let model = model as? M { return model } }
      return nil
    }
    set {
      for i in models.indices where Providers.all[i] == M.self { models[i] = newValue }
    }
  }

  // MARK: One of them

  private func owner(_ request: SimRequest) -> Int? {
    models.firstIndex { $0?.owns(request) ?? false }
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    owner(request).flatMap { models[$0]?.answer(request, now: now) }
      ?? .text(404, "no provider is simulated here\n")
  }

  public func kind(of request: SimRequest) -> SimKind {
    owner(request).flatMap { models[$0]?.kind(of: request) } ?? .other
  }

  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    owner(request).flatMap { models[$0]?.askingDayBefore(request) }
  }

  /// One switch of the model of that name; false when it is not there, or cannot be set like that.
  mutating func control(
    _ model: String, _ name: String, _ request: SimRequest, now: Instant
  ) -> Bool {
    let index = Providers.all.firstIndex { $0.controlName == model }
    return index.flatMap { models[$0]?.control(name, request, now: now) } ?? false
  }

  // MARK: All of them

  /// What each has counted: members of a JSON object, a comma before each. Keys are the names of
  /// the switches with `_` for `-`.
  func count(into out: inout ByteWriter) {
    for (type, model) in zip(Providers.all, models) {
      guard let model else { continue }
      let key = type.controlName.replacing("-", with: "_")
      out.raw(",\"\(key)\":")
      out.bytes(model.counted[...])
      guard let consents = model.consents else { continue }
      out.raw(",\"\(key)_grants_alive\":")
      out.integer(consents)
    }
  }
}
