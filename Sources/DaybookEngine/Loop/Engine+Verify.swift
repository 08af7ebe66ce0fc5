import DaybookCore

/// Comparing the archive with the ledger, and mending.
extension Engine {
  func beginVerify(_ command: Command, _ request: VerifyRequest) throws(DatabaseError) {
    guard verification.run == nil, verification.remade == nil else {
      return answer(command, .failed(.busy("another verify is under way")))
    }
    guard let lanes = archived(request.account, command) else { return }
    if health.disk == .away {
      // What one account says is no word about all.
      guard request.repair, request.yes, request.account == nil else {
        return answer(command, .failed(.archiveAway(path: archiveRoot)))
      }
      verification.remade = (command, request)
      return out.append(.probe(makes: true))
    }
    try beginRun(request, lanes, rebuilds: false)
    verification.run?.command = command.id
    verification.run?.wantsProgress = command.more
    try nextPiece()
  }

  /// The daemon's own check at a start after a crash, or the reading of the tree when the ledger
  /// was lost.
  func checkAtStart() throws(DatabaseError) {
    // A stop in order leaves them too: it does not wait for the transfers that it gives up.
    out.append(.sweep)
    guard health.isRebuilding || health.needsCheck else { return }
    // A kill leaves temporary files, and at most whole files whose rows were not settled.
    var request = VerifyRequest()
    request.repair = true
    try beginRun(request, everyLane, rebuilds: health.isRebuilding)
    verification.run?.isAtStart = true
    try nextPiece()
  }

  /// No day is read before the start's check has seen its stream's year: a file whose row was not
  /// settled would then be nobody's.
  func isUnchecked(_ lane: Lane, _ work: DayWork) -> Bool {
    guard health.needsCheck else { return false }
    // The check comes after the folders that are being renamed.
    guard let run = verification.run else { return !moving.isEmpty }
    let reach = (lane.stream(work.stream)?.span ?? 1) - 1
    return [work.day - reach, work.day + reach].contains { day in
      run.unseen.contains(.init(lane: lane.id, stream: work.stream, year: day.civil.year))
    }
  }

  private func beginRun(_ request: VerifyRequest, _ lanes: [Lane], rebuilds: Bool)
    throws(DatabaseError)
  {
    verification.lastID += 1
    var pieces: [Verification.Piece] = []
    let thisYear = Zone.utc.day(at: now.wall).civil.year + 1
    for lane in lanes where !moving.contains(lane.name) {
      for stream in lane.streams {
        // Not the stream's first day: rows taken from the tree may be older, and an account that
        // rests or is sealed has made no days since.
        let first =
          rebuilds
          ? Engine.oldestYear
          : try ledger.range(account: lane.id, stream: stream.row.number)?.lowerBound.civil.year
        guard let first, first <= thisYear else { continue }
        pieces += (first...thisYear).map {
          .init(lane: lane.id, stream: stream.row.number, year: $0)
        }
      }
    }
    var run = Verification.Run(id: verification.lastID, request: request, pieces: pieces)
    run.rebuilds = rebuilds
    run.progress.total = lanes.reduce(0) { $0 + $1.stored }
    verification.run = run
  }

  /// No service of this kind is older.
  static let oldestYear = 1990

  private func nextPiece() throws(DatabaseError) {
    guard var run = verification.run else { return }
    while run.next < run.pieces.count {
      let piece = run.pieces[run.next]
      run.next += 1
      guard let lane = archived(piece.lane), let stream = lane.stream(piece.stream),
        let first = Day(year: piece.year, month: 1, day: 1)
      else {
        run.unseen.remove(piece)
        continue
      }
      let job = try job(run, lane, stream, piece, first)
      run.rows = Dictionary(uniqueKeysWithValues: job.rows.map { ($0.day, $0.sha256) })
      verification.run = run
      out.append(.check(job))
      return
    }
    verification.run = run
    try endRun()
  }

  private func job(
    _ run: Verification.Run, _ lane: Lane, _ stream: LaneStream, _ piece: Verification.Piece,
    _ first: Day
  ) throws(DatabaseError) -> CheckJob {
    let last = first + (Day.isLeap(piece.year) ? 365 : 364)
    let busy = lane.busy.filter { $0.stream == piece.stream && (first...last).contains($0.day) }
    var job = CheckJob(
      id: run.id, account: lane.name, stream: stream.spec.name, year: piece.year, rows: [],
      deep: run.request.deep,
      repair: run.request.repair && lane.provider.stream(stream.spec.name) != nil,
      plan: stream.spec.filePlan,
      busy: Set(filings.values.map(\.item.spooled.temporary)), busyDays: Set(busy.map(\.day)))
    try ledger.files(account: lane.id, stream: piece.stream, from: first, to: last) { row, state in
      if state == .damaged {
        job.damaged[row.day] = row.sha256
      } else if state.isStored, !job.busyDays.contains(row.day) {
        job.rows.append(row)
      }
    }
    job.fileExtension = stream.spec.fileExtension
    job.lists = run.request.sums
    return job
  }

  // MARK: Results

  func absorbCheck(_ result: CheckResult) throws(DatabaseError) {
    guard var run = verification.run, run.id == result.id else { return }
    if let failure = result.failure { return abandon(run, failure) }
    let piece = run.pieces[run.next - 1]
    run.progress.checked += result.checked
    run.progress.total = max(run.progress.total, run.progress.checked)
    let room = max(0, Limits.findings - run.progress.findings.count)
    run.progress.findings += result.findings.prefix(room)
    for day in result.damaged {
      // A day that was stored anew meanwhile is another file than the one that was to be there.
      let key = DayKey(account: piece.lane, stream: piece.stream, day: day)
      guard try ledger.row(key)?.stored?.read.sha256 == run.rows[day] else { continue }
      run.damaged.append(key)
    }
    if let lane = archived(piece.lane) {
      run.adopted += result.adopted.count
      for day in result.adopted { try adopt(lane, piece.stream, day) }
    }
    if run.request.sums {
      run.progress.sums = try (run.progress.sums ?? []) + sums(of: piece, result)
    }
    if run.unseen.remove(piece) != nil, let lane = roster[piece.lane] { roster.wake(lane) }
    verification.run = run
    if run.wantsProgress, let command = run.command {
      var progress = run.progress
      progress.findings = []
      out.append(.answer(command, .verify(progress), continues: true))
      verification.run?.progress.sums = run.request.sums ? [] : nil
    }
    try nextPiece()
  }

  /// Lines for sha256sum(1): of days what their rows say, so that who checks them checks the archive
  /// against the ledger; of everything else what is there.
  private func sums(of piece: Verification.Piece, _ result: CheckResult) throws(DatabaseError)
    -> [String]
  {
    guard let lane = archived(piece.lane), let stream = lane.stream(piece.stream),
      let first = Day(year: piece.year, month: 1, day: 1)
    else { return result.sums }
    let rows = try ledger.rows(
      account: lane.id, stream: piece.stream, from: first, to: first + 365
    ).filter { $0.state.isStored && $0.key.day.civil.year == piece.year }
    let days = rows.compactMap { row -> String? in
      let path = DayPath(
        account: lane.name, stream: stream.spec.name, day: row.key.day,
        fileExtension: stream.spec.fileExtension)
      return row.stored.map { "\($0.read.sha256)  \(path.folder)/\(path.file)" }
    }
    return days + result.sums
  }

  private func abandon(_ run: Verification.Run, _ failure: ArchiveFailure) {
    verification.run = nil
    if !run.unseen.isEmpty { roster.wakeAll() }
    switch failure {
    case .full(let text): pauseWriting(.full, text)
    case .away(let text): pauseWriting(.away, text)
    // A ledger that is being made again is not given up: the probe begins anew.
    case .syncFailed(let text), .obstructed(let text), .failed(let text):
      if health.isRebuilding { pauseWriting(.away, text) }
    }
    if let command = run.command {
      out.append(.answer(command, .failed(.archiveAway(path: archiveRoot)), continues: false))
    }
  }

  private func endRun() throws(DatabaseError) {
    guard var run = verification.run else { return }
    verification.run = nil
    let limit = max(1, min(100, run.progress.total / 100))
    if run.damaged.count > limit, !run.request.yes {
      try doubtArchive(
        "\(run.damaged.count) of \(run.progress.total) files are missing or altered; "
          + "mount it and run: daybook verify, or if they are gone: "
          + "daybook verify --repair --yes")
    } else if run.request.repair || run.command == nil {
      for key in run.damaged { try damage(key) }
      if run.isWhole { try trustArchive() }
    } else if run.isWhole, run.damaged.isEmpty {
      try trustArchive()
    }
    if run.rebuilds { try endRebuilding() }
    if run.isAtStart { health.needsCheck = false }
    run.progress.done = true
    tellEnd(run)
  }

  private func tellEnd(_ run: Verification.Run) {
    if let command = run.command {
      out.append(.answer(command, .verify(run.progress), continues: false))
    }
    let repaired = run.request.repair && (run.adopted > 0 || !run.progress.findings.isEmpty)
    let what = run.adopted > 0 ? ", \(count(run.adopted, "day")) taken from the tree" : ""
    log(
      repaired ? .repaired : .verified,
      "checked \(count(run.progress.checked, "file")), "
        + count(run.progress.findings.count, "finding") + what
    )
  }

  private func endRebuilding() throws(DatabaseError) {
    health.isRebuilding = false
    try ledger.setMeta("rebuild", nil)
    forgetEmptyRetired()
    for lane in roster.all { lane.today = nil }
    roster.wakeAll()
  }
}
