import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// The daemon's loop in virtual time: the very engine, ledger and archive of the product, with the
/// simulated providers on the other side of a wire that takes its time. One seed decides everything
/// that is left to chance, and gives the same trace again.
final class World {
  let options: WorldOptions
  let folder: ScratchFolder
  /// What the next start, or reload, reads.
  var configuration: Configuration
  var providers: SimWorld
  var random: SeededRandom
  var clock: WorldClock
  var agenda = Agenda<Happening>()
  private(set) var engine: Engine?
  private(set) var archive: Archive?
  var archiveIsToBeMade = false
  /// Counts restarts: what was under way in an earlier life reaches the server, and nobody here.
  private(set) var life = 0
  var wakeAt: BootTime?
  var trace = Trace()
  var checks = Invariants()
  let disk = Disk()
  var kills = Kills()
  var gate: RateGate?
  /// Answers in the place of the simulated providers.
  var provider: ((SimRequest) -> SimResponse)?
  /// Changes an answer on its way, after the faults.
  var tamper: ((SimRequest, inout SimResponse) -> Void)?
  /// What the provider has answered to calls of this life that have not been heard.
  var said: [CallID: SimResponse] = [:]
  /// Calls of this life that were given up.
  var cancelled: Set<CallID> = []
  /// Does something before a folder is moved.
  var beforeMove: (() -> Void)?
  private(set) var wakeCount = 0
  /// Wakes that led to nothing.
  private(set) var idleWakes = 0
  var answers: [CommandID: [ControlReply]] = [:]
  var lastCommand: UInt64 = 0
  var exit: Int32?
  private var stepsAtOnce = 0
  private var wakes: (minute: Int64, count: Int) = (0, 0)

  enum Happening {
    case arrives(Call, life: Int)
    case replied(CallID, Reply, life: Int)
    case persisted([PersistOutcome], life: Int)
    case event(Event, life: Int)
    case wake(BootTime, life: Int)
    case restart
  }

  init(_ options: WorldOptions) throws {
    self.options = options
    configuration = options.own ?? options.configuration
    random = SeededRandom(seed: options.seed)
    folder = try ScratchFolder("world-\(options.seed)")
    clock = WorldClock(start: options.start, synchronised: options.synchronised)
    gate = options.gate
    providers = SimWorld(
      options.providers(), faults: Faults(seed: options.seed, options.faults))
    checks.isAsleep = !options.isWatched
    trace.isOff = !options.isWatched
    try begin()
  }

  convenience init(_ change: (inout WorldOptions) -> Void) throws {
    var options = WorldOptions()
    change(&options)
    try self.init(options)
  }

  /// As the daemon sees it.
  var now: Now { clock.now }

  // MARK: Lives

  /// A process starts.
  func begin() throws {
    life += 1
    exit = nil
    checks.truth = clock.truth
    disk.begin()
    let setup = EngineSetup(
      stateDirectory: folder.path, configuration: configuration, bootID: clock.bootID,
      seed: options.seed &+ UInt64(life), version: "test", pid: 1, zones: ZoneStore())
    let engine = try Engine(setup, now: now)
    archive = Archive(
      root: engine.archiveRoot, ledgerID: engine.ledgerID, random: disk.names(options.seed),
      operations: disk.operations)
    archiveIsToBeMade = engine.mayCreateArchive
    self.engine = engine
    // As the daemon does: the first that it hears, before it starts.
    perform(engine.handle([.probed(probe())], now: now))
    perform(engine.start(now: now))
    if let engine = self.engine { checks.began(engine, now) }
  }

  /// kill -9: nothing is said to anybody.
  func kill() {
    trace.note("kill", clock.boot)
    checks.lifeEnded()
    engine = nil
    archive = nil
    wakeAt = nil
    cancelled = []
    said = [:]
  }

  func restart() throws {
    kill()
    try begin()
  }

  /// SIGTERM, and the end of the process when it has come.
  func stop() throws {
    handle([.stopAsked])
    try run(for: .minutes(5)) { self.exit != nil }
    guard exit == 0 else { throw WorldError("it did not stop: \(exit ?? -1)") }
    kill()
  }

  // MARK: Running

  /// Runs until nothing is left to do before `moment`, or `isDone` says so.
  func run(until moment: Instant, isDone: () -> Bool = { false }) throws {
    let end = clock.boot(of: moment)
    while let next = agenda.nextAt, next <= end, exit == nil {
      try step()
      if isDone() { return }
    }
    if exit == nil { clock.advance(to: end) }
  }

  func run(for duration: Duration, isDone: () -> Bool = { false }) throws {
    try run(until: clock.truth + duration, isDone: isDone)
  }

  private func step() throws {
    guard let (at, item) = agenda.removeFirst() else { return }
    try watchForStandstill(at)
    clock.advance(to: at)
    checks.truth = clock.truth
    if engine != nil, kills.strikes(.beforeEvent, &random) { killAndComeBack() }
    switch item {
    case .arrives(let call, let life): arrive(call, life)
    case .replied, .persisted, .event: hear(item)
    case .wake(let moment, let life) where life == self.life && moment == wakeAt:
      wakeAt = nil
      try watchForWakes()
      if handle([.tick]).allSatisfy(\.isIdle) {
        idleWakes += 1
        trace.note("idle \(plans)", clock.boot)
      }
    case .restart: try restart()
    case .wake: break
    }
  }

  /// An engine that wants to be woken at once for ever stands still in virtual time.
  private func watchForStandstill(_ at: BootTime) throws {
    stepsAtOnce = at > clock.boot ? 0 : stepsAtOnce + 1
    if stepsAtOnce > 5_000 { throw WorldError("5,000 events at one moment: \(now.wall.rfc3339)") }
  }

  /// One that wakes all the time for nothing would keep a processor busy.
  private func watchForWakes() throws {
    let minute = clock.boot.microseconds / 60_000_000
    wakeCount += 1
    wakes = wakes.minute == minute ? (minute, wakes.count + 1) : (minute, 1)
    if wakes.count > 3_000 {
      throw WorldError("3,000 wakes in a minute: \(now.wall.rfc3339); \(plans)")
    }
  }

  /// What everybody does next, for who looks for a fault.
  private var plans: [String] {
    // A view would make rows, outside of every batch.
    engine?.roster.all.map { lane in
      "\(lane.name): \(lane.sleepsUntil.map { "sleeps until \($0)" } ?? "rests")"
    } ?? []
  }

  @discardableResult
  func handle(_ events: [Event]) -> [Effect] {
    guard let engine else { return [] }
    // A command comes between the steps.
    checks.truth = clock.truth
    let filed = checks.filings(of: events, engine)
    let effects = engine.handle(events, now: now)
    checks.settled(filed, engine, now)
    perform(effects)
    if let engine = self.engine { checks.look(engine, now) }
    return effects
  }

  func killAndComeBack() {
    kill()
    let wait = Duration.milliseconds(Int64.random(in: 10...kills.longestAway, using: &random))
    agenda.add(.restart, at: clock.boot + wait)
  }
}

struct WorldError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

extension Effect {
  /// Nothing is done but to wait, and to say so.
  fileprivate var isIdle: Bool {
    switch self {
    case .wake, .status: true
    default: false
    }
  }
}
