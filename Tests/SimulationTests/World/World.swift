import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// The daemon's loop in virtual time: the very engine, ledger and archive of the product, with the
/// simulated providers on the other side of a wire that takes its time. One seed decides everything
/// that is left to chance, and gives the same trace again.
final class World {
  let options: WorldOptions
  let folder: ScratchFolder
  var providers: SimWorld
  var random: SeededRandom
  var boot = BootTime(microseconds: 3_600_000_000)
  var offset: Int64
  var agenda = Agenda<Happening>()
  private(set) var engine: Engine?
  private(set) var archive: Archive?
  /// Counts restarts: what was under way in an earlier life reaches the server, and nobody here.
  private(set) var life = 0
  var wakeAt: BootTime?
  var trace = Trace()
  var checks = Invariants()
  var answers: [CommandID: [ControlReply]] = [:]
  var lastCommand: UInt64 = 0
  private(set) var exit: Int32?

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
    random = SeededRandom(seed: options.seed)
    folder = try ScratchFolder("world-\(options.seed)")
    offset = options.start.microseconds - boot.microseconds
    providers = SimWorld(
      options.providers(), faults: Faults(seed: options.seed, options.faults))
    try begin()
  }

  var now: Now {
    Now(
      wall: Instant(microseconds: boot.microseconds + offset), boot: boot,
      synchronised: options.synchronised)
  }

  // MARK: Lives

  /// A process starts.
  func begin() throws {
    life += 1
    let setup = EngineSetup(
      stateDirectory: folder.path, configuration: options.configuration, bootID: "boot",
      seed: options.seed &+ UInt64(life), version: "test", pid: 1, zones: ZoneStore())
    let engine = try Engine(setup, now: now)
    archive = try Archive(
      root: engine.archiveRoot, ledgerID: engine.ledgerID, create: engine.mayCreateArchive)
    _ = try archive?.sweepTemporaries()
    self.engine = engine
    perform(engine.start(now: now))
  }

  /// kill -9: nothing is said to anybody.
  func kill() {
    trace.note("kill", boot)
    checks.lifeEnded()
    engine = nil
    archive = nil
    wakeAt = nil
  }

  func restart() throws {
    kill()
    try begin()
  }

  // MARK: Running

  /// Runs until nothing is left to do before `moment`, or `isDone` says so.
  func run(until moment: Instant, isDone: () -> Bool = { false }) throws {
    let end = BootTime(microseconds: moment.microseconds - offset)
    while let next = agenda.nextAt, next <= end, exit == nil {
      try step()
      if isDone() { return }
    }
    boot = max(boot, end)
  }

  func run(for duration: Duration, isDone: () -> Bool = { false }) throws {
    try run(until: now.wall + duration, isDone: isDone)
  }

  private func step() throws {
    guard let (at, item) = agenda.removeFirst() else { return }
    boot = max(boot, at)
    switch item {
    case .arrives(let call, let life): arrive(call, life)
    case .replied(let id, let reply, let life) where life == self.life:
      checks.replied(id)
      handle([.replied(id, reply)])
    case .persisted(let outcomes, let life) where life == self.life: handle([.persisted(outcomes)])
    case .event(let event, let life) where life == self.life: handle([event])
    case .wake(let moment, let life) where life == self.life && moment == wakeAt:
      wakeAt = nil
      handle([.tick])
    case .restart: try restart()
    case .replied, .persisted, .event, .wake: break
    }
  }

  func handle(_ events: [Event]) {
    guard let engine else { return }
    perform(engine.handle(events, now: now))
    checks.look(at: self, engine)
  }

  // MARK: Effects

  private func perform(_ effects: [Effect]) {
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Effect) {
    switch effect {
    case .send(let call):
      trace.note("send \(call.kind) \(call.url)", boot)
      checks.sent(call, at: now)
      agenda.add(.arrives(call, life: life), at: boot + latency())
    case .cancel(let id):
      later(.replied(id, Reply(.failed(TransportFailure(.cancelled))), life: life))
    case .persist(let items):
      guard let archive else { return }
      later(.persisted(archive.persist(items), life: life), after: .milliseconds(2))
    case .discard(let spooled): archive?.discard(spooled)
    case .wake(let wait):
      let moment = boot + wait
      wakeAt = moment
      agenda.add(.wake(moment, life: life), at: moment)
    case .log(let entry):
      trace.note("log \(entry.message) \(entry.text)", boot)
      checks.logged(entry)
    case .answer(let id, let reply, _): answers[id, default: []].append(reply)
    case .probe:
      if let archive { later(.event(.probed(archive.probe()), life: life)) }
    case .check(let job):
      if let archive { later(.event(.checked(archive.check(job)), life: life)) }
    case .move(let from, let to):
      let ok = (try? archive?.moveAccount(from: from, to: to)) != nil
      later(.event(.moved(from: from, to: to, ok: ok), life: life))
    case .exit(let status): exit = status
    case .status, .ready, .readSettings, .reloaded: break
    }
  }

  private func later(_ happening: Happening, after wait: Duration = .milliseconds(1)) {
    agenda.add(happening, at: boot + wait)
  }

  /// Half of a round trip: log-normal by a sum of draws, now and then slow.
  func latency() -> Duration {
    let mean = options.latency.inMicroseconds / 2
    guard mean > 0 else { return .zero }
    if Int.random(in: 0..<2_000, using: &random) == 0 { return options.latency * 40 }
    let draws = (0..<4).map { _ in Int64.random(in: mean / 2...mean * 3 / 2, using: &random) }
    return .microseconds(draws.reduce(0, +) / 4)
  }

  // MARK: Commands

  @discardableResult
  func command(_ call: ControlCall, more: Bool = false) -> CommandID {
    lastCommand += 1
    let id = CommandID(lastCommand)
    let entropy = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
    handle([.commanded(Command(id: id, call: call, more: more, entropy: entropy))])
    return id
  }

  /// Signs in as the person of the model does: opens the URL, gives back where it leads.
  func signIn(_ account: String) throws {
    let begun = command(.loginBegin(account: account, redirectURI: nil))
    guard case .loginBegun(let url, _, _) = answers[begun]?.last else {
      throw WorldError("no sign-in began: \(String(describing: answers[begun]))")
    }
    let page = providers.answer(SimRequest("GET", url), now: now.wall)
    guard let location = page.header("Location") else {
      throw WorldError("the provider did not redirect: \(page.status) \(page.bodyText)")
    }
    let done = command(.loginComplete(account: account, url: Secret(location)))
    try run(for: .minutes(2)) { self.answers[done] != nil }
    guard case .loginCompleted = answers[done]?.last else {
      throw WorldError("the sign-in failed: \(String(describing: answers[done]))")
    }
  }

  func status(_ account: String) -> AccountStatus? {
    engine?.roster.named(account).flatMap { engine?.accountStatus($0) }
  }
}

struct WorldError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
