import Glibc

/// Makes the folders that nobody else has made for us.
enum Folders {
  /// Makes `path` with `mode`, and the folders above it for us alone. One that is there is left as
  /// it is.
  static func make(_ path: String, mode: mode_t) throws(SystemError) {
    var info = stat()
    if stat(path, &info) == 0 {
      guard info.st_mode & S_IFMT == S_IFDIR else {
        throw SystemError("mkdir", path, number: ENOTDIR)
      }
      return
    }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try make(String(path[..<slash]), mode: 0o700)
    }
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw SystemError("mkdir", path) }
    // The umask took bits from the mode.
    guard chmod(path, mode) == 0 else { throw SystemError("chmod", path) }
  }
}
