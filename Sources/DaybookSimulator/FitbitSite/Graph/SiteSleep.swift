/// One sleep record: a value for each minute.
struct SiteSleep: Hashable, Sendable {
  /// As `arg` names it.
  var id: Int
  /// Minutes from the midnight at which the day begins; negative: the evening before.
  var start: Int
  /// 0 no data, 1 asleep, 2 awake, 3 very awake.
  var values: [UInt8]

  var end: Int { start + values.count }
}

extension SiteTracker {
  /// The records of a day in order: the night that ends on it, and the second sleep. A record
  /// appears when the site knows all of it.
  func sleeps(_ day: Int, known: Int) -> [SiteSleep] {
    guard known > 0 else { return [] }
    let spans = [night(day), nap(day)].compactMap { $0 }
    return spans.enumerated().filter { $0.element.upperBound <= known }.map { index, span in
      // Not confirmed: what the ids of the site looked like.
      SiteSleep(
        id: (day * 4 + index) * 977 + person, start: span.lowerBound,
        values: minutes(span.count, day, index))
    }
  }

  private func night(_ day: Int) -> Range<Int>? {
    var random = Seeded(seed, day, 28)
    guard !random.chance(settings.sleeplessRate), day > settings.firstDay.number, !isOff(day - 1)
    else { return nil }
    return bed(day - 1) - 1_440..<wake(day)
  }

  /// A while to fall asleep, then stretches of sleep with breaks between them.
  private func minutes(_ count: Int, _ day: Int, _ index: Int) -> [UInt8] {
    var random = Seeded(seed, day, 30 + index)
    var out: [UInt8] = []
    out.reserveCapacity(count + 128)
    out += repeatElement(2, count: random.within(2...9))
    while out.count < count {
      out += repeatElement(1, count: random.within(20...110))
      switch random.below(20) {
      case 0: out += repeatElement(0, count: random.within(1...4))
      case 1...4: out += repeatElement(3, count: random.within(1...3))
      default: out += repeatElement(2, count: random.within(1...6))
      }
    }
    return Array(out.prefix(count))
  }
}
