import DaybookCore

/// The behaviour `walk-back`: finding the first day of an account whose provider does not tell it.
extension Engine {
  /// The account's facts are known, and its first day is not among them.
  func walksBack(_ lane: Lane) -> Bool {
    lane.provider.walkBack != nil && lane.record.firstDay == nil && health.clockIsTrusted
      && lane.walkAgainAt.map { $0 <= now.boot } ?? true && lane.pendingFacts.isEmpty
      && !lane.factInFlight && !lane.walkInFlight
      && lane.walk.map { $0.next != nil } ?? (lane.record.factsAt != nil || lane.factPaths.isEmpty)
  }

  func beginWalk(_ lane: Lane) {
    guard let spec = walkStream(lane)?.spec else { return }
    let floor = lane.settings.since ?? Day(year: Engine.oldestYear, month: 1, day: 1)
    lane.walk = WalkBack(today: today(lane), span: spec.span, floor: floor ?? today(lane))
    roster.wake(lane)
  }

  private func walkStream(_ lane: Lane) -> LaneStream? {
    lane.streams.first { $0.spec.name == lane.provider.walkBack }
  }

  func walkBack(_ lane: Lane) throws(DatabaseError) {
    if lane.walk == nil { beginWalk(lane) }
    guard let stream = walkStream(lane), let part = lane.walk?.next else {
      return try endWalk(lane)
    }
    lane.walkInFlight = true
    let inquiry = Inquiry(kind: .data, stream: stream.spec.name, rows: lane.provider.answers)
    let call = dayCall(
      lane, stream.spec, from: part.lowerBound, through: part.upperBound, mark: nil,
      reception: .memory(stream.spec.answerPlan(inquiry)))
    let purpose = Flight.Purpose.walk(
      stream: stream.row.number, from: part.lowerBound, to: part.upperBound)
    send(call, lane, purpose, inquiry)
  }

  func absorbWalk(
    _ flight: Flight, _ lane: Lane, _ number: Int, _ from: Day, _ to: Day, _ reply: Reply
  ) throws(DatabaseError) {
    lane.walkInFlight = false
    roster.wake(lane)
    guard let spec = lane.stream(number)?.spec, lane.walk?.next == from...to else { return }
    let judgement = judge(question(flight, reply))
    guard judgement.verdict == .good || judgement.verdict == .empty, let answer = reply.answer
    else {
      return try absorbFactTrouble(flight, lane, judgement, reply)
    }
    guard let elements = answer.scan.elements else {
      let fault = Judgement(.later, DayCutter.Fault.tooMany.rawValue)
      return try absorbFactTrouble(flight, lane, fault, reply)
    }
    lane.succeeded()
    lane.walk?.heard(
      elements.compactMap { element in
        let found = element.found.map { scalar in scalar.map { [$0] } ?? [] }
        return spec.belongs.flatMap { belongs in
          belongs.form.texts(found).first.flatMap { belongs.day($0, in: lane.zone) }
        }
      })
    if lane.walk?.next == nil { try endWalk(lane) }
  }

  private func endWalk(_ lane: Lane) throws(DatabaseError) {
    let earliest = lane.walk?.earliest
    lane.walk = nil
    lane.record.firstDay = earliest
    lane.today = nil
    // Without any data the walk comes round again, as often as today is read.
    lane.walkAgainAt = now.boot + configuration.settings.fresh
    lane.record.factsAt = now.wall
    try book.put(lane.record)
    if earliest == nil { noteNothingYet(lane) }
    touch(lane)
    try finishLogin(lane)
  }
}
