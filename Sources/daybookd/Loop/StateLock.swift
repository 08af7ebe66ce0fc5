import CLinux
import Glibc

/// One daemon at a time on one state directory: `flock(2)` on `lock` in it. The kernel gives the
/// lock back when the process ends, however it ends. Held as long as this value is kept.
final class StateLock: Sendable {
  private let fd: Int32

  enum Failure: Error, Hashable, CustomStringConvertible {
    /// Another daemon works here; its process id where it could be read.
    case held(String, pid: Int?)
    case system(SystemError)

    var description: String {
      switch self {
      case .held(let directory, let pid):
        "\(directory): in use by another daybookd" + (pid.map { ", process \($0)" } ?? "")
          + "; stop it, or use --state"
      case .system(let error): "\(error)"
      }
    }
  }

  init(directory: String) throws(Failure) {
    let path = "\(directory)/lock"
    let fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard fd >= 0 else { throw .system(SystemError("open", path)) }
    guard clinux_lock(fd) == 0 else {
      let error = SystemError("flock", path)
      let pid = StateLock.pid(in: fd)
      close(fd)
      throw error.number == EWOULDBLOCK ? .held(directory, pid: pid) : .system(error)
    }
    self.fd = fd
    let text = "\(getpid())\n"
    // The lock is what counts; the number only helps a person.
    if ftruncate(fd, 0) == 0 { _ = pwrite(fd, text, text.utf8.count, 0) }
  }

  deinit { close(fd) }

  private static func pid(in fd: Int32) -> Int? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = pread(fd, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    let text = String(decoding: bytes[..<count], as: UTF8.self)
    return Int(text.prefix { $0.isNumber })
  }
}
