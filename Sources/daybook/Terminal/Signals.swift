import CLinux
import Glibc

/// The signals of a terminal as something to wait for.
struct Signals {
  enum Kind: Equatable {
    /// Ctrl-C, SIGTERM, or the end of the session.
    case stop
    /// The terminal has another size.
    case resized
  }

  /// Readable when a signal has come.
  let descriptor: Int32
  /// The next signal that has come; nil when there is none.
  let next: () -> Kind?

  /// Takes the process's signals from now on: they no longer end it.
  static func ofProcess() throws(Failure) -> Signals {
    let list = [SIGINT, SIGTERM, SIGHUP, SIGWINCH]
    let descriptor = clinux_signals(list, Int32(list.count))
    guard descriptor >= 0 else {
      throw Failure(.problems, "cannot wait for signals: \(errorText(errno))")
    }
    return Signals(descriptor: descriptor) {
      switch clinux_next_signal(descriptor) {
      case ..<0: nil
      case SIGWINCH: .resized
      default: .stop
      }
    }
  }
}
