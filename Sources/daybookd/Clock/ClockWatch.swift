import CLinux
import Dispatch
import Glibc

/// Tells when somebody sets the civil clock: a timer on CLOCK_REALTIME that the kernel cancels at a
/// step (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET).
final class ClockWatch {
  private let source: any DispatchSourceRead

  init(queue: DispatchQueue, stepped: @escaping @Sendable () -> Void) throws(SystemError) {
    let fd = clinux_clock_watch()
    guard fd >= 0 else { throw SystemError("timerfd_create") }
    guard clinux_clock_watch_arm(fd) == 0 else {
      let error = SystemError("timerfd_settime")
      close(fd)
      throw error
    }
    source = DispatchSource.makeReadSource(fileDescriptor: fd, queue: queue)
    source.setCancelHandler { close(fd) }
    source.setEventHandler {
      if ClockWatch.wasCancelled(fd) { stepped() }
    }
    source.activate()
  }

  deinit { source.cancel() }

  /// Takes the event and watches on.
  private static func wasCancelled(_ fd: Int32) -> Bool {
    var count: UInt64 = 0
    let cancelled = read(fd, &count, 8) < 0 && errno == ECANCELED
    _ = clinux_clock_watch_arm(fd)
    return cancelled
  }
}
