import CLinux  // SOCK_STREAM: optimized builds find it here, not in Glibc
import CSystemd
import Glibc

/// The socket that systemd listens on for us (sd_listen_fds(3), daybook.socket).
enum ListenSocket {
  /// Why what was passed cannot be served.
  enum Failure: Error, Hashable, CustomStringConvertible {
    case several(Int)
    case wrongKind
    case system(SystemError)

    var description: String {
      switch self {
      case .several(let count):
        "\(count) sockets were passed, 1 is served: keep one ListenStream= in daybook.socket"
      case .wrongKind:
        "the passed descriptor is no listening unix stream socket: see daybook.socket"
      case .system(let error): "the passed socket: \(error)"
      }
    }
  }

  private static let first: Int32 = 3  // SD_LISTEN_FDS_START

  /// The passed socket, ready to accept without blocking; nil when none was passed. Takes the
  /// variables out of the environment, so that it works once.
  static func adopt() throws(Failure) -> Int32? {
    let count = sd_listen_fds(1)
    guard count >= 0 else { throw .system(SystemError("sd_listen_fds", number: -count)) }
    return try adopt(count: Int(count), first: first)
  }

  static func adopt(count: Int, first: Int32) throws(Failure) -> Int32? {
    guard count > 0 else { return nil }
    guard count == 1 else { throw .several(count) }
    guard sd_is_socket_unix(first, Int32(SOCK_STREAM.rawValue), 1, nil, 0) > 0 else {
      throw .wrongKind
    }
    let flags = fcntl(first, F_GETFL)
    guard flags >= 0, fcntl(first, F_SETFL, flags | O_NONBLOCK) == 0 else {
      throw .system(SystemError("fcntl"))
    }
    return first
  }
}
