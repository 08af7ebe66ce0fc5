/// The places a simulated person knows: made from the seed, the same each time they are asked for.
struct Gazetteer: Sendable {
  var seed: UInt64

  /// What the API calls the type of a place.
  enum Kind: String, CaseIterable, Sendable {
    case unknown, home, work, school, user, foursquare, facebook
  }

  struct Place: Hashable, Sendable {
    var id: Int
    var kind: Kind
    /// Nil for unknown places.
    var name: String?
    /// Millionths of a degree.
    var lat: Int
    var lon: Int
    /// 24 hexadecimal digits or decimal digits, of foursquare and facebook places.
    var reference: String
  }

  func place(_ index: Int) -> Place {
    var random = Seeded(seed, index, 6)
    let kind = kind(index, &random)
    let id = 10_000_000 + random.below(900_000_000)
    let lat = 60_169_520 + random.within(-45_000...45_000)
    let lon = 24_935_450 + random.within(-90_000...90_000)
    return Place(
      id: id, kind: kind, name: name(kind, index), lat: lat, lon: lon,
      reference: kind == .facebook ? String(100_000_000_000 + id) : random.hexText(24))
  }

  private func kind(_ index: Int, _ random: inout Seeded) -> Kind {
    switch index {
    case 0: .home
    case 1: .work
    default: Kind.allCases[[0, 3, 4, 5, 5, 6][random.below(6)]]
    }
  }

  private func name(_ kind: Kind, _ index: Int) -> String? {
    switch kind {
    case .unknown: nil
    case .home: "Home"
    case .work: "Work"
    case .school: "School \(index)"
    case .user: "Aunt Äiti \(index)"
    case .foursquare: "Café \"\(index)\""
    case .facebook: "Club \(index)"
    }
  }
}
