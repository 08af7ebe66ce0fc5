import DaybookCore
import Glibc

/// What fstat(2) says, as far as the archive cares.
struct FileStatus: Hashable, Sendable {
  enum Kind: Sendable { case file, folder, other }
  var kind: Kind
  var size: Int64
  var modified: Instant
  var device: UInt64
  var inode: UInt64
  /// Nanoseconds since 1970 at which the file or its name last changed in any way: nobody can set it.
  var changed: Int64

  init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .file
    case S_IFDIR: kind = .folder
    default: kind = .other
    }
    size = Int64(status.st_size)
    let time = status.st_mtim
    modified = Instant(
      microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    changed = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }

  func isSameFile(_ other: FileStatus) -> Bool {
    device == other.device && inode == other.inode
  }
}

extension FileOperations {
  func status(_ file: Descriptor) throws(SystemError) -> FileStatus {
    var status = stat()
    _ = try checked(.look(file.path)) { fstat(file.number, &status) }
    return FileStatus(status)
  }

  /// Of the name itself, a link not followed; nil when there is nothing.
  func status(_ folder: Descriptor, _ name: String) throws(SystemError) -> FileStatus? {
    var status = stat()
    do {
      _ = try checked(.look(folder.child(name))) {
        fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW)
      }
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    return FileStatus(status)
  }

  /// A regular file to read and its status; anything else is an error that reads as an obstruction.
  func openRegular(
    _ folder: Descriptor, _ name: String
  ) throws(SystemError) -> (Descriptor, FileStatus) {
    let file = try openFile(folder, name)
    let found = try status(file)
    guard found.kind == .file else { throw SystemError(EISDIR, .open(file.path)) }
    return (file, found)
  }
}
