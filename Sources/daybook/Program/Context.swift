import DaybookCore
import Glibc

/// All that a command has from outside: the real process in ``Program``, pipes and a fixed clock
/// in the tests.
struct Context {
  var out: Output
  var err: Output
  /// Standard input.
  var input: Int32
  var environment: [String: String]
  var now: () -> Instant
  /// Seconds that local time is ahead of UTC at a moment.
  var utcOffset: (Instant) -> Int
  /// Takes the process's signals.
  var signals: () throws(Failure) -> Signals
  /// Opens a URL for the person; false when that cannot be done.
  var browse: (String) -> Bool

  static func ofProcess() -> Context {
    let environment = environmentOfProcess()
    return Context(
      out: Output(STDOUT_FILENO, environment: environment),
      err: Output(STDERR_FILENO, environment: environment), input: STDIN_FILENO,
      environment: environment, now: wallClock, utcOffset: localOffset,
      signals: Signals.ofProcess, browse: Browser(environment).open)
  }
}

private func environmentOfProcess() -> [String: String] {
  var out: [String: String] = [:]
  for name in [
    "COLUMNS", "DAYBOOK_SOCKET", "DISPLAY", "HOME", "NO_COLOR", "TERM", "WAYLAND_DISPLAY",
    "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME",
  ] {
    if let value = getenv(name) { out[name] = String(cString: value) }
  }
  return out
}

private func wallClock() -> Instant {
  var time = timespec()
  clock_gettime(CLOCK_REALTIME, &time)
  return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec / 1_000))
}

/// As the system's time zone, or `TZ`, has it.
private func localOffset(_ moment: Instant) -> Int {
  var seconds = time_t(moment.seconds)
  var local = tm()
  guard localtime_r(&seconds, &local) != nil else { return 0 }
  return local.tm_gmtoff
}
