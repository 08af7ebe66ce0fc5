import Glibc

/// Where the lines of the program go.
enum LogDestination: Hashable {
  /// The journal, with fields.
  case journal
  case terminal(Int32, colour: Bool)
  /// A file or a pipe.
  case plain(Int32)

  /// The journal when it is what `fd` leads to (systemd.exec(5), JOURNAL_STREAM), else `fd` itself.
  /// Colour only on a terminal that has it, and not under NO_COLOR (https://no-color.org).
  static func of(_ fd: Int32, environment: (String) -> String?) -> LogDestination {
    if let stream = environment("JOURNAL_STREAM"), stream == identity(fd) { return .journal }
    guard isatty(fd) == 1 else { return .plain(fd) }
    let forbidden = environment("NO_COLOR").map { !$0.isEmpty } ?? false
    let dumb = environment("TERM").map { $0 == "dumb" } ?? true
    return .terminal(fd, colour: !forbidden && !dumb)
  }

  /// `DEVICE:INODE` in decimal.
  private static func identity(_ fd: Int32) -> String? {
    var info = stat()
    guard fstat(fd, &info) == 0 else { return nil }
    return "\(info.st_dev):\(info.st_ino)"
  }
}
