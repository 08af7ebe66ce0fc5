import DaybookCore

/// Answers that are not a day's file as they come: several pages, or several days in one. They wait
/// in temporary files, and are cut or joined when the last page is there.
extension Engine {
  // MARK: Pages

  /// Asks for the next page, or part, of the read that has waited longest.
  func nextPage(_ lane: Lane) {
    guard !lane.pagesToAsk.isEmpty else { return }
    let read = lane.pagesToAsk.removeFirst()
    if read.partsToAsk.isEmpty { ask(lane, read, etag: nil) } else { askPart(lane, read) }
  }

  /// A good page. Nil: there is another one; otherwise whether the read can be believed.
  func take(
    _ page: Spooled, _ answer: Answer, of read: inout DaysRead, _ lane: Lane, _ flight: Flight
  )
    -> Judgement?
  {
    read.pages.append(
      .init(spooled: page, elements: answer.scan.elements, fetchedAt: fetchTime(answer)))
    guard let spec = lane.stream(read.stream)?.spec else { return Judgement(.later, "no stream") }
    var found = flight.inquiry.found(answer.scan)[...]
    if let open = spec.settle.open, let values = found.popFirst() {
      read.isPending = read.isPending || values.contains { open.values.contains($0.text) }
    }
    do throws(PageTurner.Fault) {
      let isMore = try read.turner.turn(spec.pages, found: Array(found), items: answer.scan.items)
      guard isMore else { return Judgement(.good, "") }
    } catch {
      return Judgement(.later, error.rawValue)
    }
    lane.pagesToAsk.append(read)
    return nil
  }

  /// The temporary files of reads that wait for a page, and their days, are given up.
  func discardPages(of lane: Lane) {
    for read in lane.pagesToAsk { giveUp(read, lane) }
    lane.pagesToAsk = []
  }

  /// The days may be asked again; what came of them is not wanted.
  func giveUp(_ read: DaysRead, _ lane: Lane) {
    for spooled in read.spooled { out.append(.discard(spooled)) }
    for key in read.keys(account: lane.id) { lane.busy.remove(key) }
  }

  // MARK: Assembling

  /// All pages are there. Nil: the bytes are being put together; otherwise why they cannot be.
  func assemble(_ read: DaysRead, _ lane: Lane, _ spec: StreamSpec) -> Judgement? {
    let pieces: [[DayCutter.Piece]]
    do throws(DayCutter.Fault) {
      pieces = spec.isCut ? try cut(read, lane, spec) : [DaysRead.whole(read.pages)]
    } catch {
      return Judgement(.later, error.rawValue)
    }
    let id = nextCallID()
    assemblies[id] = Assembly(lane: lane.id, read: read)
    out.append(
      .assemble(
        AssembleJob(
          id: id, sources: read.pages.map(\.spooled), days: read.works.map(\.day), pieces: pieces,
          parts: spec.each == nil ? nil : read.works.map { read.listed($0.day) },
          plan: spec.filePlan)))
    return nil
  }

  private func cut(_ read: DaysRead, _ lane: Lane, _ spec: StreamSpec) throws(DayCutter.Fault)
    -> [[DayCutter.Piece]]
  {
    guard let belongs = spec.belongs else { throw .silent }
    var cutter = DayCutter(
      belongs: belongs, zone: lane.zone, asked: read.first - spec.pad...read.last + spec.pad)
    for page in read.pages { try cutter.add(page.elements) }
    return read.works.map { cutter.pieces(of: $0.day) }
  }

  func absorbAssembled(_ result: AssembleResult) throws(DatabaseError) {
    let known = assemblies.removeValue(forKey: result.id)
    guard let assembly = known, let lane = roster[assembly.lane],
      lane.stream(assembly.read.stream) != nil
    else {
      for part in known?.read.parts ?? [] {
        if let spooled = part.spooled { out.append(.discard(spooled)) }
      }
      return discard(result)
    }
    touch(lane)
    roster.wake(lane)
    let read = assembly.read
    switch result.days {
    case .success(let days):
      for (work, day) in zip(read.works, days) {
        let arrived = Arrived(
          spooled: day.spooled, scan: day.scan, at: read.fetchedAt ?? now.wall, etag: nil,
          isPending: read.isPending, parts: read.parts(of: work.day))
        try file(lane, work, nextCallID(), arrived)
      }
    case .failure(let failure):
      for part in read.parts.compactMap(\.spooled) { out.append(.discard(part)) }
      for work in read.works {
        let key = DayKey(account: lane.id, stream: read.stream, day: work.day)
        try absorbFilingFailure(lane, key, try ledger.row(key), failure)
      }
    }
  }

  func discard(_ result: AssembleResult) {
    guard case .success(let days) = result.days else { return }
    for day in days { out.append(.discard(day.spooled)) }
  }
}

extension DaysRead {
  /// The parts of a day that have a file.
  func parts(of day: Day) -> [Spooled] {
    parts.filter { $0.asked.day == day }.compactMap(\.spooled)
  }

  /// All parts of a day, as its file lists them.
  func listed(_ day: Day) -> [AssemblePart] {
    parts.filter { $0.asked.day == day }.map {
      AssemblePart(item: $0.asked.item, name: $0.asked.name, spooled: $0.spooled)
    }
  }

  /// Every page, whole.
  static func whole(_ pages: [Page]) -> [DayCutter.Piece] {
    pages.enumerated().map { i, page in
      DayCutter.Piece(source: i, start: 0, length: page.spooled.size)
    }
  }
}
