import DaybookCore

/// The loop: events in, effects out. It decides everything and does nothing but commit to its two
/// databases; it has no clock, sends nothing, touches no file of the archive.
///
/// The way of one day: view → plan → begin → (send) → judge → persist → settle.
///
/// * `view` gathers what a lane knows; ``plan(_:now:)`` says what it does next.
/// * `begin` takes a slot in every window and counts the attempt, and the commit that holds this
///   is over before the call leaves.
/// * `judge` says what the answer means, ``Settling`` what it does to the day before it.
/// * `persist` puts the bytes into the archive, elsewhere; its result is an event.
/// * `settle` is the row, after the archive holds the day: evidence first, claim second.
///
/// Confined to one serial queue, to which whoever made it hands it over: hence unchecked. Handling
/// the same events from the same state gives the same effects: chance comes from a seed.
public final class Engine: @unchecked Sendable {
  let ledger: Ledger
  let book: AccountBook
  let setup: EngineSetup
  var configuration: Configuration { didSet { readings = [:] } }
  /// By provider and stream; see ``StreamReading``.
  var readings: [String: StreamReading] = [:]
  var random: SeededRandom

  let roster = Roster()
  var flights: [CallID: Flight] = [:]
  var filings: [CallID: Filing] = [:]
  var assemblies: [CallID: Assembly] = [:]
  /// Days ready for the archive; sent together when the batch before them is done.
  var waitingToFile: [CallID] = []
  var filesUnderWay = 0
  var logins: [Int: PendingLogin] = [:]
  var lastCall: UInt64 = 0

  var health = Health()
  var watchers = Watchers()
  var verification = Verification()
  /// What timelines hold, by their names; those that nobody has asked for are not here.
  var coverages: [String: Coverage] = [:]
  /// Commands waiting for the end of a resync.
  var resyncWatchers: [Int: [CommandID]] = [:]
  /// Commands that asked for a reload and wait for its end.
  var reloadCommands: [CommandID] = []
  var reloadFromSignal = false
  /// Accounts whose folder is being renamed, by their new name.
  var moving: Set<String> = []
  /// Removed accounts that wait for the answer to a refresh, by id: no token may be lost.
  var departed: [Int: Lane] = [:]
  /// Accounts that left the settings and have days in the archive, by the ledger's number.
  var retired: [Int: Lane] = [:]

  /// Lanes that took part in this batch.
  var touched: [Lane] = []
  var now: Now
  let startedAt: Instant
  /// Of an archive that was there before: where it was, or anywhere when days were stored in it.
  private let hadArchive: Bool
  /// Where a malformed ledger was put.
  private let ledgerAside: String?
  var out: [Effect] = []
  /// Until then nothing is asked of anybody: what the start's check must see comes first.
  private(set) var hasStarted = false

  public init(_ setup: EngineSetup, now: Now) throws(EngineFailure) {
    self.setup = setup
    self.now = now
    startedAt = now.wall
    configuration = setup.configuration
    var random = SeededRandom(seed: setup.seed)
    let freshID = hex((0..<16).map { _ in UInt8.random(in: 0...255, using: &random) })
    self.random = random
    do {
      let marker = try Archive.readMarker(root: Engine.archiveRoot(setup.configuration, setup))
      book = try AccountBook(
        path: setup.stateDirectory + "/accounts.sqlite", keyring: setup.configuration.keyring)
      (ledger, ledgerAside) = try Ledger.openOrPutAside(
        path: setup.stateDirectory + "/ledger.sqlite",
        freshID: marker ?? freshID)
      // A ledger that was lost beside accounts that have history: the archive was somewhere.
      let lostLedger = try ledger.isNew && book.hasHistory()
      let root = Engine.archiveRoot(setup.configuration, setup)
      hadArchive = try lostLedger || ledger.hasStoredDays() || ledger.meta("archive") == root
      health.isRebuilding = try ledger.meta("rebuild") != nil || (ledger.isNew && marker != nil)
      health.needsCheck = try ledger.meta("clean") == nil
      health.sameBoot = try ledger.meta("boot") == setup.bootID
      if let doubt = try ledger.meta("doubt") {
        health.disk = .doubtful
        health.diskReason = doubt
      }
      if let problem = conflict(configuration.settings, try accountsByName()) {
        throw EngineFailure(problem, status: 78)
      }
      try recordStart()
      try loadLanes()
    } catch let failure as EngineFailure {
      throw failure
    } catch {
      throw EngineFailure(error)
    }
  }

  /// Notes that a process has this ledger open: until a clean stop everything reserved may have
  /// been used.
  private func recordStart() throws(DatabaseError) {
    try ledger.setMeta("clean", nil)
    try ledger.setMeta("boot", setup.bootID)
    if health.isRebuilding { try ledger.setMeta("rebuild", "yes") }
  }

  public var ledgerID: String { ledger.id }
  public var archiveRoot: String { Engine.archiveRoot(configuration, setup) }
  /// The archive may be made: no day was ever stored, and it was never seen there. Afterwards a place
  /// without the archive's marker is a disk that is not mounted.
  public var mayCreateArchive: Bool { !hadArchive }

  static func archiveRoot(_ configuration: Configuration, _ setup: EngineSetup) -> String {
    configuration.settings.archive ?? setup.stateDirectory + "/archive"
  }

  // MARK: Running

  /// The first effects; `ready` among them. What comes before it, as whether the archive can be
  /// written, is heard; but no call leaves.
  public func start(now: Now) -> [Effect] {
    batch(now: now, full: true) { () throws(DatabaseError) in
      hasStarted = true
      log(
        .started,
        "daybookd \(setup.version) on \(archiveRoot), \(count(roster.order.count, "account"))")
      out.append(.ready)
      if let ledgerAside {
        log(
          .repaired,
          "the ledger was malformed; it is kept as \(ledgerAside) and made again from "
            + "the archive")
      }
      doubtClockAtStart()
      try encryptTokens(.started)
      moveRenamed()
      if moving.isEmpty { try checkAtStart() }
    }
  }

  /// Handles events that arrived together, in one commit.
  ///
  /// - Returns: what to do, in order. Nothing of it was done before the commit.
  public func handle(_ events: [Event], now: Now) -> [Effect] {
    batch(now: now, full: events.contains(where: \.settles), events) { () throws(DatabaseError) in
      for event in events { try absorb(event) }
    }
  }

  private func absorb(_ event: Event) throws(DatabaseError) {
    switch event {
    case .tick: break
    case .replied(let id, let reply): try absorbReply(id, reply)
    case .assembled(let result): try absorbAssembled(result)
    case .persisted(let outcomes): try absorbPersisted(outcomes)
    case .commanded(let command): try absorbCommand(command)
    case .hungUp(let id): absorbHangUp(id)
    case .settingsRead(let new): try absorbSettings(new)
    case .settingsRefused(let problems): absorbRefusal(problems)
    case .probed(let result): try absorbProbe(result)
    case .checked(let result): try absorbCheck(result)
    case .moved(let from, let to, let ok): try absorbMove(from: from, to: to, ok: ok)
    case .clockStepped: try absorbClockStep()
    case .reloadAsked:
      reloadFromSignal = true
      out.append(.readSettings)
    case .stopAsked: beginStop()
    }
  }

  // MARK: Small things

  /// Something of the lane changes in this batch: its counts and windows are to be written, and
  /// watchers told.
  func touch(_ lane: Lane) {
    guard !lane.isTouched else { return }
    lane.isTouched = true
    touched.append(lane)
  }

  func nextCallID() -> CallID {
    lastCall += 1
    return CallID(lastCall)
  }

  func log(
    _ message: Message, _ text: String, lane: Lane? = nil, stream: String? = nil, day: Day? = nil
  ) {
    let entry = Entry(
      message, text, account: lane?.name, provider: lane?.provider.name, stream: stream, day: day)
    out.append(.log(entry))
  }
}

/// `1 day`, `2 days`.
func count(_ n: Int, _ noun: String) -> String { "\(n) \(noun)\(n == 1 ? "" : "s")" }
