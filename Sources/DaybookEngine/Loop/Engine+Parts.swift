import DaybookCore

/// A call for a part of an item.
struct PartToAsk: Hashable {
  var day: Day
  var item: String
  /// Name of the ``PartSpec``.
  var name: String
}

/// A part that has come; without a file: the provider says that this item has none.
struct PartRead {
  var asked: PartToAsk
  var spooled: Spooled?
}

/// Parts: after the last page of a read one more call for each item of its days, one after the
/// other, and then the days are put together. Nothing of a day is stored before all of it is there.
extension Engine {
  /// All pages are there. Nil: parts are being asked for, or the bytes put together; otherwise why
  /// the read cannot be believed.
  func beginParts(_ read: DaysRead, _ lane: Lane, _ spec: StreamSpec, _ each: Each) -> Judgement? {
    var read = read
    do throws(Each.Fault) {
      read.partsToAsk = try partsToAsk(of: read, lane, spec, each)
    } catch {
      return Judgement(.later, error.rawValue)
    }
    guard !read.partsToAsk.isEmpty else { return assemble(read, lane, spec) }
    lane.pagesToAsk.append(read)
    return nil
  }

  private func partsToAsk(of read: DaysRead, _ lane: Lane, _ spec: StreamSpec, _ each: Each)
    throws(Each.Fault) -> [PartToAsk]
  {
    let wanted = each.parts.filter { isGranted($0.scope, lane) }.map(\.name)
    let days = Set(read.works.map(\.day))
    var out: [PartToAsk] = []
    let elements = read.pages.compactMap(\.elements)
    guard elements.count == read.pages.count else { throw .tooMany }
    for element in elements.joined() {
      let day = dayOf(element, read, lane, spec)
      guard let day, days.contains(day), let id = try each.id(spec.itemFacts(element)) else {
        continue
      }
      for name in wanted where !out.contains(PartToAsk(day: day, item: id, name: name)) {
        out.append(PartToAsk(day: day, item: id, name: name))
      }
      if out.count > Limits.partsOfRead { throw .tooMany }
    }
    return out
  }

  /// Elements of days that were not asked for are the cutter's affair.
  private func dayOf(_ element: ScannedElement, _ read: DaysRead, _ lane: Lane, _ spec: StreamSpec)
    -> Day?
  {
    guard spec.isCut, let belongs = spec.belongs else { return read.first }
    let found = element.found.prefix(belongs.pointers.count)
      .map { scalar in scalar.map { [$0] } ?? [] }
    return belongs.form.texts(found).first.flatMap { belongs.day($0, in: lane.zone) }
  }

  /// Scopes that nobody has told count as given.
  private func isGranted(_ scope: String?, _ lane: Lane) -> Bool {
    guard let scope, let granted = lane.grant?.scopes, !granted.isEmpty else { return true }
    return granted.contains(scope)
  }

  /// Asks for the next part of a read.
  func askPart(_ lane: Lane, _ read: DaysRead) {
    guard let next = read.partsToAsk.first, let spec = lane.stream(read.stream)?.spec,
      let part = spec.each?.part(next.name)
    else { return giveUp(read, lane) }
    let inquiry = Inquiry(kind: .part, stream: spec.name, rows: lane.provider.answers)
    var plan = inquiry.plan()
    plan.document = part.document
    let request = lane.builder.request(
      of: part, item: next.item, of: spec, day: next.day, zone: lane.zone)
    let path = DayPath(
      account: lane.name, stream: spec.name, day: next.day, fileExtension: part.fileExtension)
    var call = Call(
      id: nextCallID(), kind: .part, method: part.request.method, url: request.url,
      headers: [.init("Accept", Secret(part.request.accept))], reception: .spool(path, plan))
    setBody(request.body, of: &call)
    // Only bytes whose number is told can be proved whole.
    if part.document == .bytes { call.headers.append(.init("Accept-Encoding", Secret("identity"))) }
    send(call, lane, .part(read), inquiry)
  }

  func absorbPart(_ flight: Flight, _ lane: Lane, _ read: DaysRead, _ reply: Reply)
    throws(DatabaseError)
  {
    guard let spec = lane.stream(read.stream)?.spec, let next = read.partsToAsk.first,
      let part = spec.each?.part(next.name)
    else {
      discardBody(of: reply)
      return giveUp(read, lane)
    }
    var read = read
    var judgement = judge(question(flight, reply))
    if judgement.verdict == .good { judgement = framing(part, reply.answer) }
    guard judgement.isGood else {
      discardBody(of: reply)
      return try absorbFailure(flight, lane, read, judgement, reply)
    }
    var came = PartRead(asked: next)
    if judgement.verdict == .good, case .spooled(let spooled)? = reply.answer?.body {
      came.spooled = spooled
    } else {
      discardBody(of: reply)
    }
    read.parts.append(came)
    read.partsToAsk.removeFirst()
    lane.succeeded()
    roster.wake(lane)
    if !read.partsToAsk.isEmpty { return lane.pagesToAsk.append(read) }
    guard let fault = assemble(read, lane, spec) else { return }
    try absorbFailure(flight, lane, read, fault, reply)
  }

  /// Whether a good answer is whole: of what has no grammar its length must say so.
  private func framing(_ part: PartSpec, _ answer: Answer?) -> Judgement {
    guard let answer, case .spooled(let spooled) = answer.body else {
      return Judgement(.later, "an empty status \(answer?.status ?? 0)")
    }
    guard part.document == .bytes else { return Judgement(.good, "") }
    let length = answer.header("content-length").flatMap { Int64($0) }
    let isWhole = length == spooled.size && answer.header("content-encoding") == nil
    return isWhole
      ? Judgement(.good, "") : Judgement(.later, "the answer does not say how long it is")
  }
}
