import DaybookCore

/// `daybook days`: a year of a stream, one row a month, one cell a day.
struct Calendar {
  var look: Look

  /// What each character of ``DaysRow/days`` means, in the order of the legend.
  static let legend: [(character: Character, meaning: String, style: Style?)] = [
    ("#", "final", .green), ("o", "open", .cyan), ("e", "without items", .dim),
    (".", "missing", .yellow), ("f", "failing", .red), ("d", "damaged", .red),
    ("r", "refused", .blue), ("b", "beyond reach", .blue),
  ]

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// All streams, each in its last year or in `year`, and a legend of what they hold.
  func text(_ rows: [DaysRow], year: Int?) -> String {
    guard !rows.isEmpty else { return "no days\n" }
    let blocks = rows.map { block($0, year: year) }
    return blocks.map(\.text).joined(separator: "\n") + legend(Set(blocks.flatMap(\.used)))
  }

  private func block(_ row: DaysRow, year: Int?) -> (text: String, used: [Character]) {
    let name = "\(escapedForTerminal(row.account)) \(escapedForTerminal(row.stream))"
    let accounts = row.accounts.map { escapedForTerminal($0.joined(separator: ", ")) }
    let cells = days(of: row)
    guard let first = cells.first?.day, let last = cells.last?.day else {
      return ("\(name): no days\n", [])
    }
    let shown = year ?? last.civil.year
    let inYear = cells.filter { $0.day.civil.year == shown }
    var out = look.paint("\(name) \(shown)", .bold) + "\n"
    if let accounts { out += wrappedLine("from \(accounts)") }
    if let seen = row.lastSeen { out += "open days: last seen \(seen)\n" }
    if year == nil, first.civil.year < shown {
      let others =
        first.civil.year == shown - 1 ? "\(shown - 1)" : "\(first.civil.year) to \(shown - 1)"
      out += "other years: \(others) (--year)\n"
    }
    out += ruler
    for month in 1...12 { out += line(month, shown, inYear) }
    return (out, inYear.map(\.character))
  }

  private func wrappedLine(_ text: String) -> String {
    wrapped(text, to: max(look.columns, Look.narrowest), indent: 2)
      .map { $0 + "\n" }.joined()
  }

  /// The days of a row with a known character; those outside the account's days are left out.
  private func days(of row: DaysRow) -> [(day: Day, character: Character)] {
    row.days.enumerated().compactMap { index, character in
      guard Calendar.legend.contains(where: { $0.character == character }) else { return nil }
      return (row.from + index, character)
    }
  }

  /// Above the cells, the days 1, 5, 10 and so on.
  private var ruler: String {
    var out = "    "
    for (column, label) in [
      (1, "1"), (5, "5"), (10, "10"), (15, "15"), (20, "20"), (25, "25"), (30, "30"),
    ] {
      out = filled(out, to: 3 + column) + label
    }
    return look.paint(out, .dim) + "\n"
  }

  private func line(_ month: Int, _ year: Int, _ cells: [(day: Day, character: Character)])
    -> String
  {
    var row = [Character](repeating: " ", count: Day.length(ofMonth: month, in: year))
    var stored = 0
    for cell in cells where cell.day.civil.month == month {
      row[cell.day.civil.day - 1] = cell.character
      if "#oe".contains(cell.character) { stored += 1 }
    }
    let known = row.count { $0 != " " }
    var out = Calendar.months[month - 1] + " " + painted(row)
    if known > 0, look.columns >= 48 {
      out += String(repeating: " ", count: 31 - row.count) + "  \(stored) of \(known)"
    }
    while out.hasSuffix(" ") { out.removeLast() }
    return out + "\n"
  }

  /// Runs of the same character share one style.
  private func painted(_ row: [Character]) -> String {
    var out = ""
    var rest = row[...]
    while let character = rest.first {
      let run = rest.prefix { $0 == character }
      let style = Calendar.legend.first { $0.character == character }?.style
      out += look.paint(String(run), style)
      rest = rest.dropFirst(run.count)
    }
    return out
  }

  private func legend(_ used: Set<Character>) -> String {
    let entries = Calendar.legend.filter { used.contains($0.character) }
      .map { "\($0.character) \($0.meaning)" }
    guard !entries.isEmpty else { return "" }
    return "\n"
      + wrapped(entries.joined(separator: ", "), to: max(look.columns, Look.narrowest))
      .joined(separator: "\n") + "\n"
  }
}
