/// When a day may be believed, and what a new read does to the one before it.
///
/// | a read …                                        | the day …                               |
/// | ----------------------------------------------- | --------------------------------------- |
/// | of a day without bytes                          | is stored                               |
/// | equal to the one before                         | gains evidence; its file stays          |
/// | without items, where the one before had some    | stays; the answer becomes a version     |
/// | printed in another zone, of a final day         | stays; the answer is dropped            |
/// | different, of a final day                       | is replaced; the older one is a version |
/// | different, with fewer items or asked by a resync | is replaced; the older one is a version |
/// | different otherwise: an open day that grew      | is replaced                             |
///
/// It closes on evidence only, and evidence is about the *time of the fetch* against the end of
/// the day, never about the age of the day alone:
/// 1. a read after the end plus the settling time equals a read made at least 24 h before it;
/// 2. or a read at least 30 days after the end is not odd; an odd one needs an equal read at
///    least 1 h before it;
/// 3. or the provider says that it has synchronised past the end, and the read is later than that.
public struct Settling: Sendable {
  /// First moment after the day.
  public var end: Instant
  public var settle: Settle
  /// The provider's "synced at", where it has one.
  public var syncedAt: Instant?
  /// Median size of the neighbouring days in bytes; nil when there are none.
  public var neighbourSize: Int64?
  /// Reads from different zones are not compared.
  public var printsInCurrentZone: Bool
  /// How often a day that has not ended is read.
  public var fresh: Duration
  /// The answer says that the provider is still at work on the day: it does not close before 30
  /// days after its end, by when a provider that never finishes is believed as it is.
  public var isPending = false

  public init(
    end: Instant, settle: Settle, syncedAt: Instant? = nil, neighbourSize: Int64? = nil,
    printsInCurrentZone: Bool = false, fresh: Duration = .hours(3)
  ) {
    self.end = end
    self.settle = settle
    self.syncedAt = syncedAt
    self.neighbourSize = neighbourSize
    self.printsInCurrentZone = printsInCurrentZone
    self.fresh = fresh
  }

  /// What happens to the files.
  public enum Filing: Hashable, Sendable {
    /// The new bytes become the day.
    case store
    /// The new bytes become the day; the old ones a version.
    case storeKeepingOld
    /// The file stays; the new bytes are dropped.
    case keep
    /// The file stays; the new bytes become a version.
    case keepWithVersion
  }

  public struct Outcome: Hashable, Sendable {
    public var filing: Filing
    public var day: StoredDay
    public var state: DayState
    /// When to read it again; nil for a final day.
    public var nextAt: Instant?
    /// A final day turned out different: its neighbours deserve another look.
    public var changedFinal: Bool
  }

  /// - Parameters:
  ///   - before: what is stored, with its state; nil when nothing is.
  ///   - forced: a resync asked for this read.
  public func outcome(
    of read: Read, before: StoredDay?, state: DayState, forced: Bool = false
  ) -> Outcome {
    guard let before else { return settled(StoredDay(read: read), filing: .store) }
    let comparable = !printsInCurrentZone || before.read.zone == read.zone
    if comparable, before.read.digest == read.digest, before.read.items == read.items {
      return settled(again(before, at: read.at), filing: .keep, wasFinal: state == .final)
    }
    if read.items == 0, before.read.items > 0 {
      return kept(before, state, read.at, .keepWithVersion)
    }
    if !comparable, state == .final { return kept(before, state, read.at, .keep) }
    let keepsOld = state == .final || before.read.items > read.items || forced
    var outcome = settled(
      StoredDay(read: read), filing: keepsOld ? .storeKeepingOld : .store,
      previous: before.readAt)
    outcome.changedFinal = state == .final
    return outcome
  }

  /// The provider said "not modified": a read equal to the stored one.
  public func unchanged(_ before: StoredDay, at moment: Instant, state: DayState) -> Outcome {
    settled(again(before, at: moment), filing: .keep, wasFinal: state == .final)
  }

  /// What can be said of a day from its file alone, when the ledger was lost.
  public func rebuilt(_ read: Read) -> Outcome { settled(StoredDay(read: read), filing: .keep) }

  private func again(_ before: StoredDay, at moment: Instant) -> StoredDay {
    var day = before
    day.reads += 1
    day.readAt = max(before.readAt, moment)
    return day
  }

  private func kept(
    _ before: StoredDay, _ state: DayState, _ moment: Instant, _ filing: Filing
  ) -> Outcome {
    let next = state == .final ? nil : scheduled(after: moment) ?? moment + doubt(before, moment)
    return Outcome(filing: filing, day: before, state: state, nextAt: next, changedFinal: false)
  }

  private func settled(
    _ day: StoredDay, filing: Filing, wasFinal: Bool = false, previous: Instant? = nil
  ) -> Outcome {
    let closes = wasFinal || isFinal(day)
    let next = scheduled(after: day.readAt) ?? day.readAt + confirmation(day.readAt, previous)
    return Outcome(
      filing: filing, day: day, state: closes ? .final : .open, nextAt: closes ? nil : next,
      changedFinal: false)
  }

  // MARK: Evidence

  /// Empty, or less than a quarter of what its neighbours weigh.
  public func isOdd(_ read: Read) -> Bool {
    if read.items == 0 { return true }
    guard let neighbourSize else { return false }
    return read.size * 4 < neighbourSize
  }

  func isFinal(_ day: StoredDay) -> Bool {
    let latest = day.readAt
    guard latest >= end, !isPending || latest >= end + .days(30) else { return false }
    if let syncedAt, settle.synced, syncedAt > end, latest >= syncedAt { return true }
    let span = latest - day.equalSince
    if day.reads >= 2, latest >= end + .days(Int64(settle.days)), span >= .hours(24) { return true }
    guard latest >= end + .days(30) else { return false }
    return !isOdd(day.read) || (day.reads >= 2 && span >= .hours(1))
  }

  // MARK: The next read

  private static let afterEnd: [Duration] = [
    .hours(6), .days(1), .days(2), .days(4), .days(8), .days(16), .days(32),
  ]

  /// While the day lasts every `fresh`; then 6 hours and 1, 2, 4 … 32 days after its end; nil after
  /// that.
  private func scheduled(after moment: Instant) -> Instant? {
    let step = Self.afterEnd.first { end + $0 > moment }.map { end + $0 }
    return moment < end ? step.map { min($0, moment + fresh) } : step
  }

  /// A day so old is only open when it is odd: a read an hour later closes it if it is equal. One
  /// that is different each time is not asked every hour for ever.
  private func confirmation(_ moment: Instant, _ previous: Instant?) -> Duration {
    let gap = previous.map { moment - $0 } ?? .zero
    return gap < .days(16) ? max(.hours(1), gap * 2) : .hours(1)
  }

  /// What is stored has items and the provider now says that there are none: asked again after as
  /// long as it has been so, at most every 32 days.
  private func doubt(_ before: StoredDay, _ moment: Instant) -> Duration {
    let since = max(before.readAt, end + .days(32))
    return min(max(.hours(1), moment - since), .days(32))
  }
}
