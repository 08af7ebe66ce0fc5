import DaybookCore

/// `plan`: what would be done next.
extension Engine {
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
    case .page:
      out.action = lane.pagesToAsk.first?.partsToAsk.isEmpty == false ? "part" : "page"
      out.stream = lane.pagesToAsk.first.flatMap { lane.stream($0.stream)?.spec.name }
      out.day = lane.pagesToAsk.first?.last
    case .walk: out.action = "walk-back"
    case .index(let stream):
      out.action = "index"
      out.stream = lane.stream(stream)?.spec.name
    case .changes(let stream):
      out.action = "changes"
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
