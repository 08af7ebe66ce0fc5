import DaybookCore
import Dispatch

/// Asks for a sign of life twice in the interval that the service manager allows
/// (sd_watchdog_enabled(3) recommends half). Confined to its queue.
final class Pulse: @unchecked Sendable {
  private let pause: Duration
  private var timer: WakeTimer?

  init(
    queue: DispatchQueue, interval: Duration, ask: @escaping @Sendable () -> Void
  ) throws(SystemError) {
    pause = .microseconds(interval.inMicroseconds / 2)
    timer = try WakeTimer(queue: queue) { [weak self] in
      ask()
      self?.start()
    }
  }

  func start() { timer?.arm(after: pause) }
}
