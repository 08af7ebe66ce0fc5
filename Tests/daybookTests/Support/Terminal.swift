import CLinux
import Foundation
import Testing

/// A pseudo-terminal: `end` is the one a program has, `master` the person's side.
final class Terminal: Sendable {
  let end: Int32
  let master: Int32
  private let name: String

  init() throws {
    var number: Int32 = 0
    master = clinux_open_pty(&number)
    try #require(master >= 0)
    name = "/dev/pts/\(number)"
    end = open(name, O_RDWR | O_NOCTTY)
    try #require(end >= 0)
    for descriptor in [end, master] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
  }

  deinit {
    close(end)
    close(master)
  }

  func resize(columns: Int, rows: Int) throws {
    let stty = Process()
    stty.executableURL = URL(fileURLWithPath: "/bin/stty")
    stty.arguments = ["-F", name, "cols", "\(columns)", "rows", "\(rows)"]
    try stty.run()
    stty.waitUntilExit()
    try #require(stty.terminationStatus == 0)
  }

  /// What the program has written and nobody has read yet.
  func read() -> String {
    var out: [UInt8] = []
    var one = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    while poll(&one, 1, 0) > 0 {
      var buffer = [UInt8](repeating: 0, count: 4_096)
      let count = Glibc.read(master, &buffer, buffer.count)
      guard count > 0 else { break }
      out += buffer.prefix(count)
    }
    // The terminal's driver writes \r\n for \n.
    return String(decoding: out, as: UTF8.self).replacing("\r\n", with: "\n")
  }
}
