import DaybookCore

/// Filing: what a good answer does to the day before it, and the way of its bytes to the archive.
/// Settling, after the archive has them, is in `Engine+Settle.swift`.
extension Engine {
  /// A good answer: says what it does to the day before it, and hands the bytes to the archive
  /// where they are to be kept.
  func file(_ lane: Lane, _ work: DayWork, _ id: CallID, _ arrived: Arrived) throws(DatabaseError) {
    let key = DayKey(account: lane.id, stream: work.stream, day: work.day)
    let spooled = arrived.spooled
    let read = Read(
      at: arrived.at ?? fetchTime(nil), size: spooled.size, sha256: spooled.sha256,
      digest: arrived.scan.digest, items: arrived.scan.items, zone: lane.zone.name)
    let before = try ledger.row(key)
    var rule = try settling(lane, key)
    rule.isPending = arrived.isPending
    let stored = before?.state.isStored == true ? before?.stored : nil
    let outcome = rule.outcome(
      of: read, before: stored, state: before?.state ?? .missing,
      forced: work.workClass == .forced)
    lane.succeeded()
    // An outage that answers with nothing, again and again, is one version.
    let isKnown =
      outcome.filing == .keepWithVersion ? try ledger.hasVersion(key, read.sha256) : false
    guard outcome.filing != .keep, !isKnown else {
      for spooled in [spooled] + arrived.parts { out.append(.discard(spooled)) }
      return try settle(lane, work, key, before, outcome, etag: arrived.etag)
    }
    let keepsOld = outcome.filing == .storeKeepingOld
    var item = PersistItem(
      id: id, spooled: spooled, keepOldFetchedAt: keepsOld ? stored?.read.at : nil,
      fetchedAt: read.at, asVersion: outcome.filing == .keepWithVersion)
    item.parts = arrived.parts
    item.replacesDamaged = before?.state == .damaged
    item.replaces = stored.map { ReplacedFile(size: $0.read.size, fetchedAt: $0.read.at) }
    filings[id] = Filing(
      lane: lane.id, work: work, before: before, outcome: outcome, read: read,
      etag: arrived.etag, item: item)
    waitingToFile.append(id)
  }

  /// The time of the fetch: the earlier of our clock and the answer's `Date`.
  func fetchTime(_ answer: Answer?) -> Instant {
    let ours = Instant(seconds: now.wall.seconds)
    guard let date = answer?.header("date").flatMap({ Instant(httpDate: $0) }) else { return ours }
    // A server's clock that is years behind says nothing about this fetch.
    return date < ours && ours - date < .days(2) ? date : ours
  }

  func settling(_ lane: Lane, _ key: DayKey) throws(DatabaseError) -> Settling {
    let spec = lane.stream(key.stream)?.spec
    let sizes = try ledger.neighbourSizes(key)
    return Settling(
      end: lane.zone.start(of: key.day + 1), settle: spec?.settle ?? Settle(),
      syncedAt: lane.record.syncedAt, neighbourSize: sizes.isEmpty ? nil : sizes[sizes.count / 2],
      printsInCurrentZone: spec?.printsInCurrentZone ?? false,
      fresh: configuration.settings.fresh)
  }

  /// Batches go one after the other: while one is on its way the next gathers, so that the flushes
  /// of many days are shared when there are many.
  func sendFilings() {
    guard filesUnderWay == 0, !waitingToFile.isEmpty, health.disk == nil else { return }
    let items = waitingToFile.compactMap { filings[$0]?.item }
    waitingToFile = []
    filesUnderWay = items.count
    out.append(.persist(items))
  }
}

/// The bytes of a day that came whole.
struct Arrived {
  var spooled: Spooled
  var scan: ScanReport
  /// The time of the fetch.
  var at: Instant?
  var etag: String?
  /// The answer says that the provider is still at work on the day.
  var isPending: Bool
  /// Files that the day's file names.
  var parts: [Spooled] = []
}

extension Arrived {
  /// An answer that is a day as it is.
  init(_ answer: Answer, _ spooled: Spooled, _ read: DaysRead) {
    self.init(
      spooled: spooled, scan: answer.scan, at: read.fetchedAt, etag: answer.header("etag"),
      isPending: read.isPending)
  }
}
