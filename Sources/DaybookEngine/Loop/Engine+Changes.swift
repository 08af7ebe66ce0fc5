import DaybookCore

/// A list of changes that is being read, page after page.
struct ChangesRead {
  /// Changes after this moment are asked for.
  var since: Instant
  /// When its first page was: what changes later, the next list has.
  var askedAt: Instant
  var days: Set<Day> = []
  /// A page named more than a scan reports.
  var isCutOff = false
  var turner = PageTurner()
}

/// Where the reading of a stream's changes is.
enum ChangesState {
  case rest
  case inFlight
  /// A page has come, and there is another one.
  case waiting(ChangesRead)
  /// Read at this moment.
  case read(BootTime)
}

/// `settle.changes`: once a day the provider is asked which days have changed, however old they
/// are, and those are read again.
extension Engine {
  private static let every = Duration.days(1)
  /// Two clocks that differ so much lose no change; some are seen twice.
  private static let overlap = Duration.hours(1)

  /// A stream whose list of changes is to be read now.
  func changesDue(_ lane: Lane) throws(DatabaseError) -> Int? {
    for i in lane.streams.indices where lane.streams[i].spec.settle.changes != nil {
      switch lane.streams[i].changes {
      case .inFlight: continue
      case .read(let at) where now.boot - at < Self.every: continue
      case .waiting: return lane.streams[i].row.number
      case .rest, .read: break
      }
      guard let mark = try changesMark(lane, i) else { continue }
      // A mark of the future was made while somebody had set the clock wrong.
      if now.wall - mark >= Self.every || mark > now.wall { return lane.streams[i].row.number }
    }
    return nil
  }

  /// Until when the changes are known. What was read before there was a mark is as old as its
  /// oldest day; where nothing is stored yet nothing can have changed.
  private func changesMark(_ lane: Lane, _ i: Int) throws(DatabaseError) -> Instant? {
    let row = lane.streams[i].row
    if let mark = row.changesAt { return mark }
    let oldest = try ledger.oldestFetch(account: lane.id, stream: row.number)
    lane.streams[i].row.changesAt = oldest ?? now.wall
    lane.streams[i].isDirty = true
    return lane.streams[i].row.changesAt
  }

  func beginChanges(_ lane: Lane, _ number: Int) {
    guard let i = lane.index(ofStream: number), let changes = lane.streams[i].spec.settle.changes
    else { return }
    var read = ChangesRead(
      since: min(lane.streams[i].row.changesAt ?? now.wall, now.wall) - Self.overlap,
      askedAt: now.wall)
    if case .waiting(let begun) = lane.streams[i].changes { read = begun }
    let pages = lane.streams[i].spec.pages
    let inquiry = Inquiry(
      kind: .index, stream: lane.streams[i].spec.name, rows: lane.provider.answers,
      wanted: (pages?.wanted ?? []) + changes.fact.pointers)
    lane.streams[i].changes = .inFlight
    let url = lane.builder.url(
      of: changes, since: read.since, zone: lane.zone, pages: pages, mark: read.turner.mark)
    let call = Call(
      id: nextCallID(), kind: .index, url: url,
      headers: [.init("Accept", Secret("application/json"))],
      reception: .memory(inquiry.plan(items: [changes.fact.at])))
    send(call, lane, .changes(stream: number, read), inquiry)
  }

  func absorbChanges(
    _ flight: Flight, _ lane: Lane, _ number: Int, _ read: ChangesRead, _ reply: Reply
  ) throws(DatabaseError) {
    guard let i = lane.index(ofStream: number), let changes = lane.streams[i].spec.settle.changes
    else { return }
    lane.streams[i].changes = .rest
    roster.wake(lane)
    let judgement = judge(question(flight, reply))
    guard judgement.isGood, let report = reply.answer?.scan else {
      return try absorbFactTrouble(flight, lane, judgement, reply)
    }
    var read = read
    let pages = lane.streams[i].spec.pages
    let found = flight.inquiry.found(report)
    let marks = pages?.wanted.count ?? 0
    read.days.formUnion(
      changes.fact.form.texts(Array(found.dropFirst(marks))).compactMap {
        changes.fact.form.day($0, in: lane.zone)
      })
    read.isCutOff = read.isCutOff || found.joined().count >= Limits.capturedValues
    do throws(PageTurner.Fault) {
      let isMore = try read.turner.turn(
        pages, found: Array(found.prefix(marks)), items: report.items)
      if isMore {
        lane.streams[i].changes = .waiting(read)
        return
      }
    } catch {
      return try absorbFactTrouble(flight, lane, Judgement(.later, error.rawValue), reply)
    }
    lane.succeeded()
    lane.streams[i].changes = .read(now.boot)
    try readAgain(lane, i, read)
  }

  /// The days that have changed are asked for again. A day whose answer is under way may have been
  /// sent before it changed: the next list, which goes back as far, names it again.
  private func readAgain(_ lane: Lane, _ i: Int, _ read: ChangesRead) throws(DatabaseError) {
    var allDone = true
    for row in try changed(lane, lane.streams[i].row, read) {
      if lane.busy.contains(row.key) {
        allDone = false
      } else if row.state.isStored, row.stored.map({ $0.readAt <= read.askedAt }) ?? false {
        try askAgain(lane, row)
      }
    }
    guard allDone else { return }
    lane.streams[i].row.changesAt = read.askedAt
    lane.streams[i].isDirty = true
  }

  /// Of a list longer than can be kept it is not known what it does not name: then every day may
  /// have changed.
  private func changed(_ lane: Lane, _ row: StreamRow, _ read: ChangesRead) throws(DatabaseError)
    -> [DayRow]
  {
    guard let first = row.first, let last = row.last, read.isCutOff || !read.days.isEmpty else {
      return []
    }
    let rows = try ledger.rows(account: lane.id, stream: row.number, from: first, to: last)
    return read.isCutOff ? rows : rows.filter { read.days.contains($0.key.day) }
  }
}
