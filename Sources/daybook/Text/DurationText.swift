/// Durations and counts as people write them.
enum DurationText {
  private static let minute: Int64 = 60
  private static let hour: Int64 = 3_600
  private static let day: Int64 = 86_400
  private static let year: Int64 = 365 * 86_400

  /// `45 s`, `3 min 20 s`, `40 min`, `1 h 5 min`, `2 d 3 h`, `45 d`, `3 y`: at most two units, the
  /// smaller one only while it matters; rounded down. Less than nothing is `0 s`.
  static func text(_ seconds: Int64) -> String {
    switch seconds {
    case ..<0: "0 s"
    case ..<minute: "\(seconds) s"
    case ..<(10 * minute): pair(seconds, minute, "min", 1, "s")
    case ..<hour: "\(seconds / minute) min"
    case ..<day: pair(seconds, hour, "h", minute, "min")
    case ..<(10 * day): pair(seconds, day, "d", hour, "h")
    case ..<(2 * year): "\(seconds / day) d"
    default: "\(seconds / year) y"
    }
  }

  private static func pair(
    _ seconds: Int64, _ big: Int64, _ bigName: String, _ small: Int64, _ smallName: String
  ) -> String {
    let rest = seconds % big / small
    return "\(seconds / big) \(bigName)" + (rest == 0 ? "" : " \(rest) \(smallName)")
  }

  /// Reads `90`, `90s`, `10m`, `2h` or `1d` as seconds. Nil for anything else, for 0, and for more
  /// than a year.
  static func seconds(_ text: String) -> Int64? {
    let units: [Character: Int64] = ["s": 1, "m": minute, "h": hour, "d": day]
    var digits = text[...]
    var unit: Int64 = 1
    if let last = digits.last, let found = units[last] {
      unit = found
      digits = digits.dropLast()
    }
    guard !digits.isEmpty, digits.utf8.count <= 9, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
      let count = Int64(digits), count > 0, count * unit <= year
    else { return nil }
    return count * unit
  }
}

/// `12,345`
func grouped(_ n: Int) -> String {
  let digits = Array(String(n.magnitude))
  var out = n < 0 ? "-" : ""
  for (i, digit) in digits.enumerated() {
    if i > 0, (digits.count - i) % 3 == 0 { out.append(",") }
    out.append(digit)
  }
  return out
}

/// `1 day`, `2 days`
func counted(_ n: Int, _ noun: String) -> String { "\(grouped(n)) \(noun)\(n == 1 ? "" : "s")" }
