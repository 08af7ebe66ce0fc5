import DaybookCore

/// Moments as a person near the machine reads them.
struct LocalClock {
  var now: Instant
  /// Seconds that local time is ahead of UTC at a moment.
  var offset: (Instant) -> Int

  /// `21:15` today, `Mon 21:15` within six days, otherwise `2026-11-22 21:15`.
  func text(_ moment: Instant) -> String {
    let (day, second) = local(moment)
    let time = "\(two(second / 3_600)):\(two(second / 60 % 60))"
    switch abs(day - today) {
    case 0: return time
    case 1...6: return "\(LocalClock.weekdays[day.weekday - 1]) \(time)"
    default: return "\(day) \(time)"
    }
  }

  /// `21:15:03`, for lines that follow each other.
  func timeOfDay(_ moment: Instant) -> String {
    let (_, second) = local(moment)
    return "\(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
  }

  /// `21:15 (in 3 min)`; without the bracket once it has passed.
  func until(_ moment: Instant) -> String {
    let rest = (moment - now).inSeconds
    return rest > 0 ? "\(text(moment)) (in \(DurationText.text(rest)))" : text(moment)
  }

  var today: Day { day(now) }

  func day(_ moment: Instant) -> Day { local(moment).day }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  private func local(_ moment: Instant) -> (day: Day, second: Int) {
    let seconds = moment.seconds + Int64(offset(moment))
    let day = floorDividing(seconds, 86_400)
    return (Day(number: Int(day)), Int(seconds - day * 86_400))
  }

  private func two(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
}
