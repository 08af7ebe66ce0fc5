import CLinux
import DaybookCore
import Glibc

/// The clocks of the machine. Nothing else in the program reads one: the engine and the parsers are
/// told what time it is.
enum Clock {
  /// All clocks at one moment.
  static func now() -> Now {
    Now(
      wall: Instant(microseconds: read(CLOCK_REALTIME)),
      boot: BootTime(microseconds: read(CLOCK_BOOTTIME)),
      synchronised: isSynchronised)
  }

  /// What the kernel says (adjtimex(2)). Where a sandbox forbids the question: what
  /// systemd-timesyncd says with its file. No to both leaves the engine the `Date` of answers.
  private static var isSynchronised: Bool {
    let answer = clinux_clock_synchronised()
    return answer == 1 || (answer < 0 && access("/run/systemd/timesync/synchronized", F_OK) == 0)
  }

  /// Microseconds on CLOCK_MONOTONIC, which systemd wants with `RELOADING=1` (sd_notify(3)).
  static func monotonicMicroseconds() -> Int64 { read(CLOCK_MONOTONIC) }

  /// Names this boot of the machine (random(4)); nil where a sandbox hides it.
  static func bootID() -> String? {
    let fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else { return nil }
    defer { close(fd) }
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = Glibc.read(fd, &bytes, bytes.count)
    guard count >= 36 else { return nil }
    return String(decoding: bytes[..<36], as: UTF8.self)
  }

  private static func read(_ clock: clockid_t) -> Int64 {
    var t = timespec()
    let result = clock_gettime(clock, &t)
    precondition(result == 0, "the kernel lacks a clock that Linux has had since 2.6.39")
    return Int64(t.tv_sec) * 1_000_000 + Int64(t.tv_nsec) / 1_000
  }
}
