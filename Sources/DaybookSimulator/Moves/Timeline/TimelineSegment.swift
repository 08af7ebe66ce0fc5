/// A stay or a move, in seconds since 1970, without regard to any zone.
struct TimelineSegment: Hashable, Sendable {
  var start: Int
  var end: Int
  /// Where: index of the place; for a move the one it leads to.
  var place: Int
  /// Nil: a stay. For a move, where it comes from.
  var from: Int?
  var activities: [TimelineActivity] = []
  /// Last change of it by the person or the provider; 0: never after it was first known.
  var changed = 0
}

/// One way of moving within a segment.
struct TimelineActivity: Hashable, Sendable {
  var mode: TravelMode
  var start: Int
  var end: Int
  /// Metres.
  var distance: Int
  var steps: Int
  /// Entered by hand: without start and end.
  var manual = false

  init(_ mode: TravelMode, start: Int, end: Int) {
    self.mode = mode
    self.start = start
    self.end = end
    self.distance = (end - start) * mode.decimetresPerSecond / 10
    self.steps = mode.metresPerStep10 == 0 ? 0 : distance * 10 / mode.metresPerStep10
  }
}

/// The activities seen in recorded data of 2018.
enum TravelMode: String, CaseIterable, Sendable {
  case walking, running, cycling, car, bus, tram, funicular, transport, underground

  var group: String {
    switch self {
    case .walking: "walking"
    case .running: "running"
    case .cycling: "cycling"
    case .car, .bus, .tram, .funicular, .transport, .underground: "transport"
    }
  }

  var decimetresPerSecond: Int {
    switch self {
    case .walking: 13
    case .running: 28
    case .cycling: 48
    case .funicular: 30
    case .bus, .tram: 70
    case .underground: 90
    case .car, .transport: 120
    }
  }

  /// Tenths of a metre; 0: no steps are counted.
  var metresPerStep10: Int {
    switch self {
    case .walking: 7
    case .running: 11
    case .cycling, .car, .bus, .tram, .funicular, .transport, .underground: 0
    }
  }

  /// Kilocalories an hour above rest.
  var caloriesPerHour: Int {
    switch self {
    case .walking: 220
    case .running: 650
    case .cycling: 420
    case .car, .bus, .tram, .funicular, .transport, .underground: 0
    }
  }

  var color: String {
    switch self {
    case .walking: "00d55a"
    case .running: "f660f4"
    case .cycling: "00cdec"
    case .car, .bus, .tram, .funicular, .transport, .underground: "848484"
    }
  }
}
