import CLinux
import DaybookCore
import Glibc

/// The listening socket when no service manager passes one: bound by hand, after the lock on the
/// state directory is held. Lives as long as this value is kept; ``remove()`` takes its name away.
struct ControlSocket {
  let fd: Int32
  private let folder: Int32
  private let name: String

  enum Failure: Error, Hashable, CustomStringConvertible {
    /// Somebody answers at this path.
    case inUse(String)
    /// Something stands there that is no socket; it is left alone.
    case obstructed(String)
    /// Others may write in the folder and put their own socket there.
    case openFolder(String)
    case system(SystemError)

    var description: String {
      switch self {
      case .inUse(let path): "\(path): another program answers there; stop it, or use --runtime"
      case .obstructed(let path): "\(path): not a socket; remove it, or use --runtime"
      case .openFolder(let path):
        "\(path): others may write in this folder; run chmod go-w, or use --runtime"
      case .system(let error): "\(error)"
      }
    }
  }

  /// Binds `path` with mode 0660. A socket that nobody answers on is replaced; no symbolic link is
  /// followed, neither at the folder nor in it.
  static func bind(_ path: String) throws(Failure) -> ControlSocket {
    let (folderPath, name) = split(path)
    let folder = try openFolder(folderPath)
    do throws(Failure) {
      try clear(name, in: folder, path: path)
      return ControlSocket(fd: try listen(name, in: folder, path), folder: folder, name: name)
    } catch {
      close(folder)
      throw error
    }
  }

  /// Takes the name away, so that a client is told at once that nobody serves. The descriptor is
  /// its server's.
  func remove() {
    unlinkat(folder, name, 0)
    close(folder)
  }

  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }

  private static func openFolder(_ path: String) throws(Failure) -> Int32 {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { throw .system(SystemError("open", path)) }
    var info = stat()
    guard fstat(folder, &info) == 0, info.st_uid == geteuid() || info.st_uid == 0,
      info.st_mode & 0o002 == 0
    else {
      close(folder)
      throw .openFolder(path)
    }
    return folder
  }

  private static func clear(_ name: String, in folder: Int32, path: String) throws(Failure) {
    var info = stat()
    guard fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 else {
      guard errno == ENOENT else { throw .system(SystemError("stat", path)) }
      return
    }
    guard info.st_mode & S_IFMT == S_IFSOCK else { throw .obstructed(path) }
    guard try !answers(name, in: folder, path) else { throw .inUse(path) }
    guard unlinkat(folder, name, 0) == 0 else { throw .system(SystemError("unlink", path)) }
  }

  private static func answers(
    _ name: String, in folder: Int32, _ path: String
  ) throws(Failure) -> Bool {
    let fd = try newSocket()
    defer { close(fd) }
    if clinux_connect_unix(fd, below(folder, name)) == 0 { return true }
    switch errno {
    case ECONNREFUSED, ENOENT: return false
    // A queue of connections that is full belongs to somebody who lives.
    case EAGAIN: return true
    default: throw .system(SystemError("connect", path))
    }
  }

  private static func listen(
    _ name: String, in folder: Int32, _ path: String
  ) throws(Failure) -> Int32 {
    let fd = try newSocket()
    // Nobody can connect before it listens, so the mode is right from the beginning.
    guard clinux_bind_unix(fd, below(folder, name)) == 0,
      fchmodat(folder, name, 0o660, AT_SYMLINK_NOFOLLOW) == 0,
      Glibc.listen(fd, Int32(Limits.controlClients)) == 0
    else {
      let error = SystemError("bind", path)
      close(fd)
      throw .system(error)
    }
    return fd
  }

  private static func newSocket() throws(Failure) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let fd = socket(AF_UNIX, kind, 0)
    guard fd >= 0 else { throw .system(SystemError("socket")) }
    return fd
  }

  /// Stays in the folder that was checked, whatever its path names by now, and is never too long.
  private static func below(_ folder: Int32, _ name: String) -> String {
    "/proc/self/fd/\(folder)/\(name)"
  }
}
