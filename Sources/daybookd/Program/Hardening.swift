import CLinux
import Glibc

/// What the process forbids itself before it reads a secret.
enum Hardening {
  /// What a crash arrives as.
  static let crashes = [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGSYS, SIGTRAP]

  /// No core dumps, no reading by other processes of the same user, files for nobody else, and a
  /// reader that goes away is an error and not a signal.
  static func apply() throws(SystemError) {
    // Swift's runtime would print registers and the memory they point to, tokens among it, and
    // a process that systemd's watchdog aborts would live on when the backtrace fails.
    for number in crashes { signal(number, SIG_DFL) }
    umask(0o077)
    signal(SIGPIPE, SIG_IGN)
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    guard setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0 else {
      throw SystemError("setrlimit")
    }
    guard clinux_not_dumpable() == 0 else { throw SystemError("prctl") }
  }
}
