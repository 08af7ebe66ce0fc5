import CSystemd
import DaybookCore
import Dispatch

/// What the program tells its service manager (sd_notify(3)). Without a service manager, without
/// `NOTIFY_SOCKET` that is, nothing is sent. Confined to its queue.
final class Notifier: @unchecked Sendable {
  typealias Send = @Sendable (String) -> Void

  private let queue: DispatchQueue
  private let send: Send
  private var throttle = StatusThrottle()
  private var timer: WakeTimer?
  private var announced: Phase = .starting

  private enum Phase { case starting, ready, reloading, stopping }

  /// `queue` must be serial.
  init(queue: DispatchQueue, send: @escaping Send = Notifier.notify) throws(SystemError) {
    self.queue = queue
    self.send = send
    timer = try WakeTimer(queue: queue) { [weak self] in self?.statusDue() }
  }

  /// The program serves. Said once.
  func ready() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard announced == .starting else { return }
    announced = .ready
    send("READY=1")
  }

  /// A reload begins; `READY=1` follows from ``reloaded()``.
  func reloading() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard announced == .ready else { return }
    announced = .reloading
    send("RELOADING=1\nMONOTONIC_USEC=\(Clock.monotonicMicroseconds())")
  }

  func reloaded() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard announced == .reloading else { return }
    announced = .ready
    send("READY=1")
  }

  func stopping() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard announced != .stopping else { return }
    announced = .stopping
    send("STOPPING=1")
  }

  /// The line that `systemctl status` shows.
  func status(_ text: String) {
    dispatchPrecondition(condition: .onQueue(queue))
    // A line break would end the assignment and begin another one.
    perform(throttle.set(escapedForTerminal(text), at: Clock.now().boot))
  }

  /// Sends a status that still waits; for the end of the program.
  func flush() {
    dispatchPrecondition(condition: .onQueue(queue))
    perform(throttle.due(at: Clock.now().boot))
  }

  /// The engine has just done work, so it is alive.
  func alive() {
    dispatchPrecondition(condition: .onQueue(queue))
    send("WATCHDOG=1")
  }

  private func statusDue() { perform(throttle.due(at: Clock.now().boot)) }

  private func perform(_ action: StatusThrottle.Action) {
    switch action {
    case .nothing: break
    case .send(let text): send("STATUS=\(text)")
    case .wait(let delay): timer?.arm(after: delay)
    }
  }

  /// How often the service manager wants to hear from us; nil when it does not.
  static func watchdogInterval() -> Duration? {
    var microseconds: UInt64 = 0
    guard sd_watchdog_enabled(0, &microseconds) > 0, microseconds > 0 else { return nil }
    return .microseconds(Int64(clamping: microseconds))
  }

  private static func notify(_ state: String) {
    // A lost notification is not worth more than the next one: sd_notify never blocks for long,
    // and its failure leaves nothing to mend.
    _ = sd_notify(0, state)
  }
}
