import CLinux
import DaybookCore
import Glibc

/// One connection to the daemon's socket: messages out, messages in, waiting for both and for
/// whatever else the command waits for.
final class Connection {
  enum Event: Equatable {
    case message(VarlinkResponse)
    /// The daemon has closed the connection; everything it sent was handed on before.
    case closed
    /// One of the other descriptors can be read.
    case ready(Int32)
    /// The time is over.
    case timeout
  }

  let descriptor: Int32
  private let path: SocketPath
  private var framer = VarlinkFramer(limit: Limits.controlReplyBytes)
  private var ended = false

  init(_ path: SocketPath) throws(Failure) {
    self.path = path
    descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    guard descriptor >= 0 else {
      throw Failure(.unreachable, "cannot make a socket: \(errorText(errno))")
    }
    guard clinux_connect_unix(descriptor, path.path) == 0 else {
      throw ConnectFailure.failure(errno, path)
    }
    guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
      throw Failure(.unreachable, "cannot set up the socket: \(errorText(errno))")
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func send(_ request: VarlinkRequest) throws(Failure) {
    let bytes = request.encoded
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        Glibc.send(
          descriptor, raw.baseAddress?.advanced(by: done), bytes.count - done,
          Int32(MSG_NOSIGNAL))
      }
      if count >= 0 {
        done += count
      } else if errno == EAGAIN {
        Ready.waitToWrite(descriptor)
      } else if errno == EPIPE || errno == ECONNRESET {
        return  // What the daemon said before it closed is still to be read.
      } else if errno != EINTR {
        throw lost(errorText(errno))
      }
    }
  }

  /// The next thing that happens, at the latest at `deadline` on ``uptime()``.
  func next(also others: [Int32] = [], until deadline: Double? = nil) throws(Failure) -> Event {
    while true {
      if let message = try buffered() { return .message(message) }
      if ended { return .closed }
      let rest = deadline.map { $0 - uptime() }
      let ready = Ready.wait(for: [descriptor] + others, seconds: rest)
      // Before the socket: a flood of messages must not hide Ctrl-C.
      if let other = ready.first(where: { others.contains($0) }) { return .ready(other) }
      if ready.contains(descriptor) { try read() }
      if ready.isEmpty, let deadline, uptime() >= deadline { return .timeout }
    }
  }

  private func buffered() throws(Failure) -> VarlinkResponse? {
    do {
      guard let message = try framer.next() else { return nil }
      return try VarlinkResponse(message: message)
    } catch {
      throw Failure(
        .unreachable, "the daemon sent \(error)", hint: "is \(path.path) the socket of daybookd?")
    }
  }

  /// Takes what is there now.
  private func read() throws(Failure) {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    if count > 0 {
      framer.append(buffer.prefix(count))
    } else if count == 0 || errno == ECONNRESET {
      ended = true
      if framer.pending > 0 { throw lost("it stopped in the middle of a reply") }
    } else if errno != EAGAIN && errno != EINTR {
      throw lost(errorText(errno))
    }
  }

  private func lost(_ why: String) -> Failure {
    Failure(
      .unreachable, "lost the connection to the daemon: \(why)", hint: "run: \(path.statusCommand)")
  }
}

/// Why nothing answers at the socket, in words that say what to do.
enum ConnectFailure {
  static func failure(_ number: Int32, _ path: SocketPath) -> Failure {
    let shown = escapedForTerminal(path.path)
    switch number {
    case ENOENT, ENOTDIR:
      return Failure(
        .unreachable, "the daemon is not running: there is no socket \(shown)", hint: start(path))
    case ECONNREFUSED:
      return Failure(
        .unreachable, "the daemon is not running: nobody listens at \(shown)", hint: start(path))
    case EACCES, EPERM:
      return Failure(
        .unreachable, "not permitted to use \(shown)",
        hint: "be in its group: sudo usermod -aG daybook $USER, then log in again")
    case ENAMETOOLONG:
      return Failure(.unreachable, "the path of the socket is too long: \(shown)")
    case ENOTSOCK, EPROTOTYPE:
      return Failure(.unreachable, "\(shown) is not a socket of daybookd")
    default:
      return Failure(
        .unreachable, "cannot connect to \(shown): \(errorText(number))",
        hint: "run: \(path.statusCommand)")
    }
  }

  private static func start(_ path: SocketPath) -> String {
    switch path.origin {
    case .option: "check --socket, or run: \(path.statusCommand)"
    case .environment: "check DAYBOOK_SOCKET, or run: \(path.statusCommand)"
    case .user: "run: \(path.statusCommand)"
    case .system: "run: \(path.statusCommand), or start your own: daybookd --help"
    }
  }
}
