import DaybookCore

/// `days`, and the timelines in which accounts are joined.
extension Engine {
  /// Accounts that give the same timeline, in the order of the settings.
  struct Line {
    var name: String
    var lanes: [Lane]
  }

  /// Every timeline, those of one account too, in the order of the settings.
  private var everyLine: [Line] {
    var lanes: [String: Lane] = [:]
    for lane in roster.all { lanes[lane.name] = lane }
    var lines: [Line] = []
    var places: [String: Int] = [:]
    for settings in configuration.settings.accounts {
      guard let name = settings.timeline, let lane = lanes[settings.name] else { continue }
      if let place = places[name] {
        lines[place].lanes.append(lane)
      } else {
        places[name] = lines.count
        lines.append(Line(name: name, lanes: [lane]))
      }
    }
    return lines
  }

  /// The timelines of two accounts or more, by the name of the last of these accounts that is in
  /// it: it is told with that one.
  func timelines(of lanes: [Lane]) -> [String: [Line]] {
    let asked = Set(lanes.map(\.id))
    var out: [String: [Line]] = [:]
    for line in everyLine where line.lanes.count > 1 {
      let last = line.lanes.filter { asked.contains($0.id) }.max { $0.id < $1.id }
      if let last { out[last.name, default: []].append(line) }
    }
    return out
  }

  // MARK: Days

  /// A stream of a timeline, or of an account: those that have it.
  private struct Source {
    var name: String
    var isJoined: Bool
    var stream: String
    var parts: [(lane: Lane, stream: LaneStream)]
  }

  func answerDays(_ command: Command, _ account: String?, _ stream: String?, _ year: Int?)
    throws(DatabaseError)
  {
    guard let all = sources(account, command) else { return }
    let wanted = all.filter { stream == nil || $0.stream == stream }
    if let stream, wanted.isEmpty, let account {
      return answer(command, .failed(.noSuchStream(account: account, stream: stream)))
    }
    guard command.more || wanted.count == 1, !wanted.isEmpty else {
      let problem = wanted.isEmpty ? "account" : "without more, name one account and one stream"
      return answer(command, .failed(.invalidParameter(problem)))
    }
    for (i, source) in wanted.enumerated() {
      let row = try daysRow(source, year)
      answer(command, .days(row), continues: command.more && i < wanted.count - 1)
    }
  }

  /// An account comes before a timeline of its name. Nil: there is neither, and that was said.
  private func sources(_ name: String?, _ command: Command) -> [Source]? {
    let lines = everyLine
    if let name {
      if everyLane.contains(where: { $0.name == name }) {
        return archived(name, command).map { $0.flatMap(sources) }
      }
      if let line = lines.first(where: { $0.name == name }) { return sources(line) }
      _ = archived(name, command)
      return nil
    }
    let joined = lines.filter { $0.lanes.count > 1 }
    let members = Set(joined.flatMap { $0.lanes.map(\.id) })
    let single = everyLane.filter { !members.contains($0.id) }
    return joined.flatMap(sources) + single.flatMap(sources)
  }

  private func sources(_ lane: Lane) -> [Source] {
    lane.streams.map {
      Source(name: lane.name, isJoined: false, stream: $0.spec.name, parts: [(lane, $0)])
    }
  }

  /// Streams of one name are one; any other is listed by itself.
  private func sources(_ line: Line) -> [Source] {
    var out: [Source] = []
    for lane in line.lanes {
      for stream in lane.streams {
        if let i = out.firstIndex(where: { $0.stream == stream.spec.name }) {
          out[i].parts.append((lane, stream))
        } else {
          out.append(
            Source(
              name: line.name, isJoined: true, stream: stream.spec.name, parts: [(lane, stream)]))
        }
      }
    }
    return out
  }

  /// A byte for each day, whatever the ledger holds of it.
  private func daysRow(_ source: Source, _ year: Int?) throws(DatabaseError) -> DaysRow {
    let today = source.parts.map { self.today($0.lane) }.max() ?? Zone.utc.day(at: now.wall)
    var ranges: [ClosedRange<Day>] = []
    for (lane, stream) in source.parts {
      let range = try ledger.range(account: lane.id, stream: stream.row.number)
      if let range { ranges.append(range) }
    }
    var from = ranges.map(\.lowerBound).min() ?? today
    var to = ranges.map(\.upperBound).max() ?? today
    if let year, let first = Day(year: year, month: 1, day: 1) {
      from = first
      to = first + (Day.isLeap(year) ? 365 : 364)
    }
    var cells = [UInt8](repeating: UInt8(ascii: "-"), count: to - from + 1)
    for (lane, stream) in source.parts {
      let number = stream.row.number
      try ledger.states(account: lane.id, stream: number, from: from, to: to) {
        day, state, isEmpty in
        cells[day - from] = JoinedDays.better(cells[day - from], Engine.cell(state, isEmpty))
      }
    }
    var row = DaysRow(
      account: source.name, stream: source.stream, from: from,
      days: String(decoding: cells, as: UTF8.self))
    if source.isJoined { row.accounts = source.parts.map(\.lane.name) }
    if !source.isJoined, let (lane, stream) = source.parts.first {
      row.lastSeen = try lastSeen(lane, stream)
    }
    return row
  }

  private static func cell(_ state: DayState, _ isEmpty: Bool) -> UInt8 {
    switch state {
    case .missing: UInt8(ascii: ".")
    case .open: UInt8(ascii: isEmpty ? "e" : "o")
    case .final: UInt8(ascii: isEmpty ? "e" : "#")
    case .refused: UInt8(ascii: "r")
    case .beyond: UInt8(ascii: "b")
    case .failing: UInt8(ascii: "f")
    case .damaged: UInt8(ascii: "d")
    }
  }

  // MARK: Coverage

  func statuses(of lines: [Line]) throws(DatabaseError) -> [TimelineStatus] {
    var out: [TimelineStatus] = []
    for line in lines { out.append(try status(of: line)) }
    return out
  }

  private func status(of line: Line) throws(DatabaseError) -> TimelineStatus {
    let coverage = try coverage(of: line)
    var status = TimelineStatus(name: line.name, accounts: line.lanes.map(\.name))
    status.first = coverage.first
    status.last = coverage.last
    status.held = coverage.held
    status.days = coverage.days(until: line.lanes.map { today($0) }.max() ?? Day(number: 0))
    return status
  }

  /// Read from the rows once, and kept: a status takes as long for a year as for twenty.
  private func coverage(of line: Line) throws(DatabaseError) -> Coverage {
    if let known = coverages[line.name] { return known }
    var coverage = Coverage()
    for lane in line.lanes {
      for stream in lane.streams {
        guard let first = stream.row.first, let last = stream.row.last else { continue }
        try ledger.states(account: lane.id, stream: stream.row.number, from: first, to: last) {
          day, state, _ in
          if state.isStored { coverage.insert(day) }
        }
      }
    }
    coverages[line.name] = coverage
    return coverage
  }

  /// A row has changed. A day that is no longer held may still be by another row: read anew.
  func noteHeld(_ lane: Lane, _ row: DayRow, _ before: DayRow?) {
    guard let name = lane.settings.timeline else { return }
    switch (before?.state.isStored ?? false, row.state.isStored) {
    case (false, true): coverages[name]?.insert(row.key.day)
    case (true, false): coverages[name] = nil
    case (true, true), (false, false): break
    }
  }
}
