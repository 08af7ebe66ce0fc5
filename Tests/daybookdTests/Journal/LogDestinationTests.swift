import Glibc
import Testing

@testable import daybookd

@Suite struct LogDestinationTests {
  private let folder = WorkFolder()

  private func withFile(_ body: (Int32) -> Void) {
    folder.write("log", "")
    let fd = open(folder("log"), O_WRONLY | O_CLOEXEC)
    defer { close(fd) }
    body(fd)
  }

  private func withTerminal(_ body: (Int32) throws -> Void) throws {
    // The master of a pair is a terminal too.
    let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    try #require(terminal >= 0)
    defer { close(terminal) }
    try body(terminal)
  }

  @Test("a descriptor that JOURNAL_STREAM names is the journal")
  func journal() {
    withFile { fd in
      var info = stat()
      fstat(fd, &info)
      let right = ["JOURNAL_STREAM": "\(info.st_dev):\(info.st_ino)"]
      #expect(LogDestination.of(fd, environment: { right[$0] }) == .journal)
    }
  }

  @Test(
    "a JOURNAL_STREAM of somebody else is not",
    arguments: ["", "1:1", "x", "9999999999999999999:1"])
  func otherStream(value: String) {
    withFile { fd in
      let environment = ["JOURNAL_STREAM": value]
      #expect(LogDestination.of(fd, environment: { environment[$0] }) == .plain(fd))
    }
  }

  @Test("a file is plain, whatever the terminal is")
  func file() {
    withFile { fd in
      let environment = ["TERM": "xterm-256color"]
      #expect(LogDestination.of(fd, environment: { environment[$0] }) == .plain(fd))
    }
  }

  @Test(
    "a terminal has colour unless it cannot or must not",
    arguments: [
      (["TERM": "xterm"], true), (["TERM": "xterm", "NO_COLOR": ""], true),
      (["TERM": "xterm", "NO_COLOR": "1"], false), (["TERM": "dumb"], false), ([:], false),
    ])
  func terminal(environment: [String: String], colour: Bool) throws {
    try withTerminal { fd in
      let found = LogDestination.of(fd, environment: { environment[$0] })
      #expect(found == .terminal(fd, colour: colour))
    }
  }
}
