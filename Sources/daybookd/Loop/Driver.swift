import DaybookCore
import DaybookEngine
import Dispatch

/// The loop around the engine. Events come from all sides into the inbox; those that have come are
/// handled together on the engine's queue, and the effects are performed in order. Nothing on that
/// queue waits for a file, a socket or a reader.
final class Driver: @unchecked Sendable {
  /// The engine as the loop sees it. Called on the engine's queue only.
  struct Machine: Sendable {
    var start: @Sendable (Now) -> [Effect]
    var handle: @Sendable ([Event], Now) -> [Effect]
  }

  /// The engine's queue.
  let queue: DispatchQueue
  private let inbox = Inbox()
  /// Nil once the process is to end: its databases are closed then.
  private var machine: Machine?
  private let performers: Performers
  private let notifier: Notifier
  private let log: LogWriter
  private let ended: (Int32) -> Void
  private var worker: ArchiveWorker?
  private var wake: WakeTimer?
  private var watch: ClockWatch?
  private var pulse: Pulse?

  /// `ended` is called once, on the queue, when the engine wants the process to end, with the exit
  /// status. `queue` must be serial.
  init(
    queue: DispatchQueue, machine: Machine, performers: Performers, notifier: Notifier,
    log: LogWriter, watchdog: Duration?, ended: @escaping (Int32) -> Void
  ) throws(SystemError) {
    self.queue = queue
    self.machine = machine
    self.performers = performers
    self.notifier = notifier
    self.log = log
    self.ended = ended
    worker = ArchiveWorker(performers) { [weak self] in self?.post($0) }
    wake = try WakeTimer(queue: queue) { [weak self] in self?.post(.tick) }
    watch = try ClockWatch(queue: queue) { [weak self] in self?.post(.clockStepped) }
    if let watchdog {
      pulse = try Pulse(queue: queue, interval: watchdog) { [weak self] in self?.checkPulse() }
    }
  }

  /// Begins. From any thread.
  func start() {
    queue.async {
      self.pulse?.start()
      let now = Clock.now()
      guard let effects = self.machine?.start(now) else { return }
      self.perform(effects, now)
    }
  }

  /// Something happened. From any thread; never waits.
  func post(_ event: Event) {
    if inbox.post(event) { queue.async { self.pump() } }
  }

  /// The process was asked to read its settings again, by a signal. systemd waits for the end; of a
  /// reload over the control socket it is not told.
  func reload() {
    queue.async { self.notifier.reloading() }
    post(.reloadAsked)
  }

  /// The process was asked to stop, by a signal.
  func stop() {
    queue.async { self.notifier.stopping() }
    post(.stopAsked)
  }

  private func checkPulse() {
    if inbox.postWatchdog() { queue.async { self.pump() } }
  }

  private func pump() {
    dispatchPrecondition(condition: .onQueue(queue))
    let batch = inbox.take()
    let now = Clock.now()
    guard let effects = machine?.handle(batch.events, now) else { return }
    perform(effects, now)
    if batch.watchdog { notifier.alive() }
  }

  private func perform(_ effects: [Effect], _ now: Now) {
    for effect in effects where machine != nil { perform(effect, now) }
    // One wake-up was used; whatever the engine says, clock steps and suspend must heal.
    if let wake, !wake.isArmed, machine != nil { wake.arm(after: Limits.longestSleep) }
  }

  private func perform(_ effect: Effect, _ now: Now) {
    switch effect {
    case .send(let call): performers.send(call)
    case .cancel(let id): performers.cancel(id)
    case .persist(let items): worker?.persist(items)
    case .assemble(let job): worker?.assemble(job)
    case .discard(let spooled): worker?.discard(spooled)
    case .wake(let delay): wake?.arm(after: delay)
    case .log(let entry): log.write(entry, at: now.wall)
    case .answer(let id, let reply, let continues): performers.answer(id, reply, continues)
    case .status(let text): notifier.status(text)
    case .ready: notifier.ready()
    case .readSettings: worker?.readSettings()
    case .probe(let makes): worker?.probe(makes: makes)
    case .check(let job): worker?.check(job)
    case .sweep: worker?.sweep()
    case .move(let from, let to): worker?.move(from: from, to: to)
    case .reloaded: notifier.reloaded()
    case .exit(let status): end(status)
    }
  }

  private func end(_ status: Int32) {
    machine = nil
    wake?.disarm()
    notifier.stopping()
    notifier.flush()
    ended(status)
  }
}
