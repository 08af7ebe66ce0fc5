import DaybookCore

/// `days` and `plan`: what is known, and what would be done next.
extension Engine {
  // MARK: Days

  func answerDays(_ command: Command, _ account: String?, _ stream: String?, _ year: Int?)
    throws(DatabaseError)
  {
    guard let lanes = archived(account, command) else { return }
    var wanted: [(Lane, LaneStream)] = []
    for lane in lanes {
      let streams = lane.streams.filter { stream == nil || $0.spec.name == stream }
      if let stream, streams.isEmpty, account != nil {
        return answer(command, .failed(.noSuchStream(account: lane.name, stream: stream)))
      }
      wanted += streams.map { (lane, $0) }
    }
    guard command.more || wanted.count == 1 else {
      let problem = "without more, name one account and one stream"
      return answer(
        command, .failed(wanted.isEmpty ? .invalidParameter("account") : .invalidParameter(problem))
      )
    }
    if wanted.isEmpty { return answer(command, .failed(.invalidParameter("account"))) }
    for (i, (lane, stream)) in wanted.enumerated() {
      let row = try daysRow(lane, stream, year)
      answer(command, .days(row), continues: command.more && i < wanted.count - 1)
    }
  }

  private func daysRow(_ lane: Lane, _ stream: LaneStream, _ year: Int?) throws(DatabaseError)
    -> DaysRow
  {
    let today = today(lane)
    var from = stream.row.first ?? today
    var to = max(from, stream.row.last ?? today)
    if let year, let first = Day(year: year, month: 1, day: 1) {
      from = first
      to = first + (Day.isLeap(year) ? 365 : 364)
    }
    let rows = try ledger.rows(account: lane.id, stream: stream.row.number, from: from, to: to)
    var cells = [UInt8](repeating: UInt8(ascii: "-"), count: to - from + 1)
    for row in rows { cells[row.key.day - from] = cell(row) }
    return DaysRow(
      account: lane.name, stream: stream.spec.name, from: from,
      days: String(decoding: cells, as: UTF8.self))
  }

  private func cell(_ row: DayRow) -> UInt8 {
    let isEmpty = row.stored?.read.items == 0
    return switch row.state {
    case .missing: UInt8(ascii: ".")
    case .open: UInt8(ascii: isEmpty ? "e" : "o")
    case .final: UInt8(ascii: isEmpty ? "e" : "#")
    case .refused: UInt8(ascii: "r")
    case .beyond: UInt8(ascii: "b")
    case .failing: UInt8(ascii: "f")
    case .damaged: UInt8(ascii: "d")
    }
  }

  // MARK: Plan

  func answerPlan(_ command: Command, _ account: String?, _ limit: Int) throws(DatabaseError) {
    guard let lanes = lanes(account, command) else { return }
    var steps: [PlannedStep] = []
    for lane in lanes where steps.count < limit {
      steps += try planned(lane, limit: limit - steps.count)
    }
    answer(command, .plan(steps))
  }

  /// The step ``plan(_:now:)`` gives now, then the days that follow it.
  private func planned(_ lane: Lane, limit: Int) throws(DatabaseError) -> [PlannedStep] {
    let view = try view(lane)
    let step = plan(view, now: now)
    var out = [planned(lane, step)]
    guard view.standing == .open else { return out }
    switch step {
    case .day: out = []
    // Nothing more is sent because enough is under way: that is no rest.
    case .rest where lane.inFlight > 0: out = []
    default: break
    }
    let rest = lane.queue.upcoming.prefix(max(0, limit - out.count))
    out += rest.map { planned(lane, .day($0)) }
    return Array(out.prefix(limit))
  }

  private func planned(_ lane: Lane, _ step: Step) -> PlannedStep {
    var out = PlannedStep(account: lane.name, action: "")
    switch step {
    case .refresh: out.action = "refresh"
    case .askForSignIn: out.action = "sign-in"
    case .fact(let path):
      out.action = "facts"
      out.why = path
    case .index(let stream):
      out.action = "index"
      out.stream = lane.stream(stream)?.spec.name
    case .day(let work):
      out.action = "read"
      out.stream = lane.stream(work.stream)?.spec.name
      out.day = work.day
      out.workClass = work.workClass
    case .wait(let until):
      out.action = "wait"
      out.at = now.wall + (until - now.boot)
      out.why = closedWindow(lane).map { "\($0) window" } ?? standing(lane).1
    case .rest:
      out.action = "rest"
      out.why = standing(lane).1 ?? standing(lane).0.rawValue
    }
    return out
  }
}
