import Glibc

/// A file operation that failed, with its errno.
struct SystemError: Error, Hashable, Sendable {
  var code: Int32
  var operation: FileOperation

  init(_ code: Int32, _ operation: FileOperation) {
    self.code = code
    self.operation = operation
  }

  var isFull: Bool { code == ENOSPC || code == EDQUOT }
}

extension ArchiveFailure {
  /// What a failed operation means for the archive.
  init(_ error: SystemError) {
    let path = error.operation.path
    let text = "\(path.isEmpty ? "archive" : path): \(errorText(error.code))"
    switch error.code {
    case ENOSPC, EDQUOT: self = .full(text)
    // A link, a folder for a file or a file for a folder; EXDEV is what openat2 says of `..`, ENXIO
    // what a pipe without a reader says.
    case ELOOP, ENOTDIR, EISDIR, EXDEV, ENXIO: self = .obstructed(text)
    case ESTALE, ENODEV, ENOTCONN, EHOSTDOWN: self = .away(text)
    default: self = error.operation.endsWriting ? .syncFailed(text) : .failed(text)
    }
  }

  /// Runs `body` and gives its error its meaning.
  static func translating<T>(
    _ body: () throws(SystemError) -> T
  ) throws(ArchiveFailure) -> T {
    do { return try body() } catch { throw ArchiveFailure(error) }
  }
}
