import DaybookCore

/// Years of one person, day by day. A day is a function of (seed, day, stream); it begins at
/// midnight of the zone at home in winter, wherever the person is. Seconds since 1970.
struct HealthHistory: Sendable {
  var seed: UInt64
  /// Days since 1970.
  var firstBlock: Int
  /// Seconds east of Greenwich at home.
  var habit: Int
  var lateRate = 0.0
  var emptyRate = 0.0
  var unprocessedRate = 0.0
  var phoneRate = 0.0
  var heartRateEvery = 30
  var pointEvery = 1
  /// Changes by hand, by day.
  var forced: [Int: [Int]] = [:]

  init(_ settings: GoogleHealthSettings, person: Int) {
    seed = settings.seed &+ UInt64(person) &* 1_000_003
    firstBlock = settings.firstDay.number
    habit = settings.zone.standard
    lateRate = settings.lateRate
    emptyRate = settings.emptyRate
    unprocessedRate = settings.unprocessedRate
    phoneRate = settings.phoneRate
    heartRateEvery = max(1, settings.heartRateEvery)
    pointEvery = max(1, settings.pointEvery)
  }

  func start(of block: Int) -> Int { block * 86_400 - habit }
  func block(at t: Int) -> Int { floorDividing(t + habit, 86_400) }

  func random(_ block: Int, _ purpose: Int) -> Seeded { Seeded(seed, block, purpose) }

  /// Nothing was worn for some days of some fortnights.
  func isWorn(_ block: Int) -> Bool {
    guard block >= firstBlock else { return false }
    let fortnight = floorDividing(block, 14)
    var random = random(fortnight, 31)
    guard random.chance(emptyRate) else { return true }
    let begin = fortnight * 14 + random.below(10)
    return !(begin..<(begin + random.within(1...4))).contains(block)
  }

  // MARK: The frame of a day, in seconds since its start

  func wakes(_ block: Int) -> Int {
    var random = random(block, 32)
    return 6 * 3_600 + random.below(7_200)
  }

  /// Before midnight always.
  func goesToBed(_ block: Int) -> Int {
    var random = random(block, 33)
    return 21 * 3_600 + 2_700 + random.below(8_000)
  }

  /// Beats a minute.
  func resting(_ block: Int) -> Int {
    var person = Seeded(seed, 0, 34)
    var random = random(block, 34)
    return 50 + person.below(14) + random.below(5)
  }

  // MARK: Changes

  /// Moments up to `now` at which the day changed after its end, in order.
  func changes(_ block: Int, upTo now: Int) -> [Int] {
    var random = random(block, 35)
    var out = forced[block] ?? []
    if random.chance(lateRate) { out.append(start(of: block + 1) + delay(&random)) }
    return out.filter { $0 <= now }.sorted()
  }

  /// Mostly hours, often days, sometimes most of a year.
  private func delay(_ random: inout Seeded) -> Int {
    switch random.below(10) {
    case 0: random.within(100 * 86_400...330 * 86_400)
    case 1...3: random.within(3 * 86_400...30 * 86_400)
    default: random.within(3 * 3_600...3 * 86_400)
    }
  }
}
