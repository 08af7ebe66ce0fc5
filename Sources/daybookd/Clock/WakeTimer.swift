import CLinux
import DaybookCore
import Dispatch
import Glibc

/// A one-shot timer on CLOCK_BOOTTIME, which counts suspend: Dispatch's own timers stand still
/// while the machine sleeps. Confined to its queue.
final class WakeTimer: @unchecked Sendable {
  private let queue: DispatchQueue
  private let fd: Int32
  private let source: any DispatchSourceRead
  private var armed = false

  var isArmed: Bool { armed }

  /// `fired` runs on `queue`, which must be serial, once for each arming that was not replaced.
  init(queue: DispatchQueue, fired: @escaping @Sendable () -> Void) throws(SystemError) {
    self.queue = queue
    fd = clinux_boot_timer()
    guard fd >= 0 else { throw SystemError("timerfd_create") }
    source = DispatchSource.makeReadSource(fileDescriptor: fd, queue: queue)
    let fd = fd
    source.setCancelHandler { close(fd) }
    source.setEventHandler { [weak self] in
      guard let self, self.expired() else { return }
      fired()
    }
    source.activate()
  }

  deinit { source.cancel() }

  /// Fires once after this long, at once when it is not positive. Replaces the arming before.
  func arm(after delay: Duration) {
    dispatchPrecondition(condition: .onQueue(queue))
    let result = clinux_boot_timer_arm(fd, delay.inMicroseconds)
    precondition(result == 0, "timerfd_settime(2) refuses only bad arguments")
    armed = true
  }

  func disarm() {
    dispatchPrecondition(condition: .onQueue(queue))
    armed = false
  }

  private func expired() -> Bool {
    var count: UInt64 = 0
    // EAGAIN: the timer was armed anew after this event was queued.
    guard read(fd, &count, 8) == 8, armed else { return false }
    armed = false
    return true
  }
}
