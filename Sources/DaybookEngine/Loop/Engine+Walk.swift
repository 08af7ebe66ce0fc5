import DaybookCore

/// A part of a history that is asked for to see whether it has data.
struct WalkPart {
  var days: ClosedRange<Day>
  /// The days that have data, of the pages that have come.
  var found: [Day] = []
  var turner = PageTurner()
}

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
    guard let spec = walkStream(lane) else { return }
    let floor = lane.settings.since ?? Day(year: Engine.oldestYear, month: 1, day: 1)
    lane.walk = WalkBack(today: today(lane), span: spec.span, floor: floor ?? today(lane))
    roster.wake(lane)
  }

  /// It serves whether the account keeps this stream or not.
  private func walkStream(_ lane: Lane) -> StreamSpec? {
    lane.provider.walkBack.flatMap { lane.provider.stream($0) }
  }

  func walkBack(_ lane: Lane) throws(DatabaseError) {
    if lane.walk == nil { beginWalk(lane) }
    guard let spec = walkStream(lane), let next = lane.walk?.next else {
      return try endWalk(lane)
    }
    let part = lane.walkPart ?? WalkPart(days: next)
    lane.walkPart = nil
    lane.walkInFlight = true
    let inquiry = Inquiry(
      kind: .data, stream: spec.name, rows: lane.provider.answers,
      wanted: spec.pages?.wanted ?? [])
    let call = dayCall(
      lane, spec, from: part.days.lowerBound, through: part.days.upperBound,
      mark: part.turner.mark, reception: .memory(spec.answerPlan(inquiry)))
    send(call, lane, .walk(part), inquiry)
  }

  /// A page of a part. The part is over with its last page: an empty one may name a next one.
  func absorbWalk(_ flight: Flight, _ lane: Lane, _ part: WalkPart, _ reply: Reply)
    throws(DatabaseError)
  {
    lane.walkInFlight = false
    roster.wake(lane)
    guard let spec = walkStream(lane), lane.walk?.next == part.days else { return }
    let judgement = judge(question(flight, reply))
    guard judgement.isGood, let answer = reply.answer else {
      return try absorbFactTrouble(flight, lane, judgement, reply)
    }
    var part = part
    do throws(WalkFault) {
      part.found += try days(of: answer, spec, in: lane.zone)
      if try turn(&part, spec, flight.inquiry, answer) {
        lane.walkPart = part
        return
      }
    } catch {
      return try absorbFactTrouble(flight, lane, Judgement(.later, error.reason), reply)
    }
    lane.succeeded()
    lane.walk?.heard(part.found)
    if lane.walk?.next == nil { try endWalk(lane) }
  }

  private func turn(
    _ part: inout WalkPart, _ spec: StreamSpec, _ inquiry: Inquiry, _ answer: Answer
  )
    throws(WalkFault) -> Bool
  {
    do throws(PageTurner.Fault) {
      return try part.turner.turn(
        spec.pages, found: inquiry.found(answer.scan), items: answer.scan.items)
    } catch {
      throw WalkFault(reason: error.rawValue)
    }
  }

  private func days(of answer: Answer, _ spec: StreamSpec, in zone: Zone) throws(WalkFault)
    -> [Day]
  {
    guard let belongs = spec.belongs else { return [] }
    guard let elements = answer.scan.elements else {
      throw WalkFault(reason: DayCutter.Fault.tooMany.rawValue)
    }
    return elements.compactMap { element in
      let found = element.found.prefix(belongs.pointers.count)
        .map { scalar in scalar.map { [$0] } ?? [] }
      return belongs.form.texts(found).first.flatMap { belongs.day($0, in: zone) }
    }
  }

  private func endWalk(_ lane: Lane) throws(DatabaseError) {
    let earliest = lane.walk?.earliest
    lane.walk = nil
    lane.walkPart = nil
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

/// Why a part of a history cannot be judged.
private struct WalkFault: Error {
  var reason: String
}
