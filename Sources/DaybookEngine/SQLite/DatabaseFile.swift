import CLinux
import Glibc

/// The checks before a database file is opened: SQLite itself would follow links and take any mode.
enum DatabaseFile {
  /// Makes the file with mode 0600 whatever the umask, or checks the one that is there and what
  /// SQLite keeps beside it. Returns the path with the folder's links resolved, so that SQLite can
  /// be told to follow none.
  static func prepare(_ path: String) throws(DatabaseError) -> String {
    let real = try resolvingFolder(path)
    if try !exists(real) { try create(real) }
    for file in [real, real + "-wal", real + "-shm"] { _ = try exists(file) }
    return real
  }

  private static func resolvingFolder(_ path: String) throws(DatabaseError) -> String {
    let cut = path.lastIndex(of: "/")
    let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let name = cut.map { String(path[path.index(after: $0)...]) } ?? path
    guard !name.isEmpty else { throw refused(path, "names no file") }
    guard let found = realpath(folder, nil) else {
      throw DatabaseError(.io, "folder of the database: \(errorText(errno))", path: path)
    }
    defer { free(found) }
    let base = String(cString: found)
    return base == "/" ? "/" + name : base + "/" + name
  }

  /// False when there is nothing; throws for what is no private file. Only looks: opening and
  /// closing the file would drop the locks of another connection of this process (fcntl(2)).
  private static func exists(_ path: String) throws(DatabaseError) -> Bool {
    var status = stat()
    if lstat(path, &status) != 0 {
      if errno == ENOENT { return false }
      throw DatabaseError(.io, errorText(errno), path: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFLNK: throw refused(path, "is a symbolic link; put the file itself there")
    default: throw refused(path, "is not a regular file")
    }
    guard status.st_mode & 0o077 == 0 else {
      let mode = String(status.st_mode & 0o777, radix: 8)
      throw refused(path, "has mode 0\(mode), so others can read it; run: chmod 600 \(path)")
    }
    return true
  }

  private static func create(_ path: String) throws(DatabaseError) {
    let flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let file = clinux_openat(AT_FDCWD, path, flags, 0o600)
    guard file >= 0 else {
      throw DatabaseError(Self.kind(errno), "cannot be made: \(errorText(errno))", path: path)
    }
    defer { close(file) }
    guard fchmod(file, 0o600) == 0 else {
      throw DatabaseError(.io, "cannot be made private: \(errorText(errno))", path: path)
    }
  }

  private static func kind(_ code: Int32) -> DatabaseError.Kind {
    code == ENOSPC || code == EDQUOT ? .full : .io
  }

  /// Gives a database another name, with what SQLite keeps beside it; returns that name.
  static func putAside(_ path: String) throws(DatabaseError) -> String {
    var number = 1
    while try exists("\(path).malformed-\(number)") { number += 1 }
    let aside = "\(path).malformed-\(number)"
    for end in ["-shm", "-wal", ""] where try exists(path + end) {
      guard rename(path + end, aside + end) == 0 else {
        let code = errno
        throw DatabaseError(Self.kind(code), "cannot be put aside: \(errorText(code))", path: path)
      }
    }
    return aside
  }

  /// The names of new files are durable; SQLite tries the same, and passes over a failure.
  static func syncFolder(of path: String) throws(DatabaseError) {
    let folder = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) + "/"
    let fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if fd >= 0 { close(fd) } }
    guard fd >= 0, fsync(fd) == 0 else {
      let code = errno
      throw DatabaseError(
        Self.kind(code), "its folder cannot be synced: \(errorText(code))", path: path)
    }
  }

  private static func refused(_ path: String, _ why: String) -> DatabaseError {
    DatabaseError(.refused, why, path: path)
  }
}
