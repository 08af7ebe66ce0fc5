import DaybookCore

/// How a sleep is made of pieces.
extension Wearer {
  /// Cycles of light, deep, light and REM, with a longer wake after some; deep sleep gets shorter
  /// and REM longer towards the morning. Multiples of 30 seconds.
  func layStages(_ sleep: inout WearerSleep) {
    var random = random(sleep.day, .stages)
    var line = PieceLine(sleep.start, sleep.end)
    line.add(.wake, random.within(2...14) * 30)
    var cycle = 0
    while !line.isFull {
      line.add(.light, random.within(20...50) * 30)
      line.add(.deep, max(6, 46 - cycle * 9 + random.below(16)) * 30)
      line.add(.light, random.within(12...36) * 30)
      line.add(.rem, (10 + cycle * 9 + random.below(16)) * 30)
      if random.chance(0.4) { line.add(.wake, random.within(7...20) * 30) }
      cycle += 1
    }
    sleep.pieces = line.pieces
    sleep.shortWakes = shortWakes(sleep)
  }

  /// Somewhere in each long piece of sleep there may be a short wake.
  private func shortWakes(_ sleep: WearerSleep) -> [WearerSleep.Piece] {
    var random = random(sleep.day, .shortWakes)
    var out: [WearerSleep.Piece] = []
    for piece in sleep.pieces where !piece.level.isAwake && piece.seconds >= 600 {
      guard random.chance(0.7) else { continue }
      let start = piece.start + random.within(2...(piece.seconds / 30 - 8)) * 30
      out.append(WearerSleep.Piece(level: .wake, start: start, seconds: random.within(1...6) * 30))
    }
    return out
  }

  /// Asleep, with some minutes of unrest. Multiples of 60 seconds but for the end.
  func layClassic(_ sleep: inout WearerSleep) {
    var random = Seeded(seed, sleep.day.number, Stream.stages.rawValue + (sleep.isMain ? 0 : 100))
    var line = PieceLine(sleep.start, sleep.end)
    while !line.isFull {
      line.add(.asleep, random.within(12...60) * 60)
      line.add(random.chance(0.2) ? .awake : .restless, random.within(1...4) * 60)
    }
    sleep.pieces = line.pieces
  }
}

/// Pieces one after the other, up to an end.
struct PieceLine {
  private(set) var pieces: [WearerSleep.Piece] = []
  private var time: Int
  private let end: Int

  init(_ start: Int, _ end: Int) {
    time = start
    self.end = end
  }

  var isFull: Bool { time >= end }

  /// Cut at the end; a piece of the same level as the one before makes that one longer.
  mutating func add(_ level: WearerSleep.Level, _ seconds: Int) {
    let length = min(seconds, end - time)
    guard length > 0 else { return }
    if let last = pieces.last, last.level == level {
      pieces[pieces.count - 1].seconds += length
    } else {
      pieces.append(WearerSleep.Piece(level: level, start: time, seconds: length))
    }
    time += length
  }
}
