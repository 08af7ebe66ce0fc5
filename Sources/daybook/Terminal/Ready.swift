import Glibc

/// Waiting for descriptors, by poll(2).
enum Ready {
  /// Which of the descriptors can be read without blocking (an end or an error counts too), after
  /// waiting for at most `seconds`; nil waits for ever. None: the time is over.
  static func wait(for descriptors: [Int32], seconds: Double?) -> [Int32] {
    var polls = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let milliseconds = seconds.map { Int32(min(max(0, ($0 * 1_000).rounded(.up)), 86_400_000)) }
    let count = poll(&polls, nfds_t(polls.count), milliseconds ?? -1)
    guard count > 0 else { return [] }
    return polls.filter { $0.revents != 0 }.map(\.fd)
  }

  /// Waits until the descriptor takes more.
  static func waitToWrite(_ descriptor: Int32) {
    var one = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    _ = poll(&one, 1, -1)
  }
}

/// Seconds on CLOCK_BOOTTIME, for waiting: it never steps and counts suspend.
func uptime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_BOOTTIME, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
