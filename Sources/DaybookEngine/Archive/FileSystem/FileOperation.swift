/// One thing that is about to be asked of the file system. Paths are below the archive.
enum FileOperation: Hashable, Sendable {
  case open(String)
  case create(String)
  case makeFolder(String)
  case list(String)
  case look(String)
  case read(String)
  case write(String)
  case setMode(String)
  case setTime(String)
  case syncFile(String)
  case syncFolder(String)
  case close(String)
  case link(from: String, to: String)
  case rename(from: String, to: String)
  case remove(String)

  /// The path that an error of it names.
  var path: String {
    switch self {
    case .open(let path), .create(let path), .makeFolder(let path), .list(let path),
      .look(let path), .read(let path), .write(let path), .setMode(let path), .setTime(let path),
      .syncFile(let path), .syncFolder(let path), .close(let path), .link(_, let path),
      .rename(_, let path), .remove(let path):
      path
    }
  }

  /// Its failure may mean that what was written before is gone: fsync, and close(2), where a
  /// network file system reports a write that failed.
  var endsWriting: Bool {
    switch self {
    case .syncFile, .syncFolder, .close: true
    case .open, .create, .makeFolder, .list, .look, .read, .write, .setMode, .setTime, .link,
      .rename, .remove:
      false
    }
  }
}
