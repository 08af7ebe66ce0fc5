import DaybookCore
import Glibc

/// Reads files that decide what the daemon does: only regular files that nobody else could have
/// written, and secrets only where nobody else can read them.
struct TrustedFile {
  /// The daemon's own user.
  var uid: uid_t

  enum Kind {
    /// Settings and provider files.
    case configuration
    /// A secret that systemd put into its folder. An access list for the service's user shows as
    /// the group's bits (systemd.exec(5), acl(5)), so only the others' bits tell anything.
    case credential
    /// A secret in a file of the operator's.
    case secret
  }

  /// At most `limit` bytes and one, so that the reader of the bytes can tell that there are more.
  func read(
    _ path: String, as kind: Kind, limit: Int
  ) -> Result<[UInt8], SourceFile.Unreadable> {
    // Not blocking: a named pipe would never open.
    let fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard fd >= 0 else { return .failure(failure("cannot be opened")) }
    defer { close(fd) }
    var info = stat()
    guard fstat(fd, &info) == 0 else { return .failure(failure("cannot be looked at")) }
    guard info.st_mode & S_IFMT == S_IFREG else { return .failure(.init("is no regular file")) }
    if let reason = refusal(owner: info.st_uid, mode: info.st_mode & 0o7777, kind) {
      return .failure(.init(reason))
    }
    return bytes(of: fd, limit: limit + 1)
  }

  /// Why a file of this owner and with these permission bits is not read; nil: it may be.
  func refusal(owner: uid_t, mode: mode_t, _ kind: Kind) -> String? {
    if owner != 0, owner != uid {
      let ours = uid == 0 ? "root" : "root or to uid \(uid), which the daemon runs as"
      return "belongs to uid \(owner); it must belong to \(ours) (chown)"
    }
    switch kind {
    case .configuration where mode & 0o002 != 0:
      return "can be written by anybody (mode \(octal(mode))); run chmod o-w"
    case .credential where mode & 0o007 != 0:
      return "is open to everybody (mode \(octal(mode)))"
    case .secret where mode & 0o077 != 0:
      return "is open to others (mode \(octal(mode))); run chmod 0600"
    case .configuration, .credential, .secret: return nil
    }
  }

  private func octal(_ mode: mode_t) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func bytes(of fd: Int32, limit: Int) -> Result<[UInt8], SourceFile.Unreadable> {
    var out: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while out.count < limit {
      let count = Glibc.read(fd, &chunk, min(chunk.count, limit - out.count))
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(failure("cannot be read"))
      }
      if count == 0 { break }
      out += chunk[..<count]
    }
    return .success(out)
  }

  private func failure(_ what: String) -> SourceFile.Unreadable {
    .init("\(what): \(String(cString: strerror(errno)))")
  }
}
