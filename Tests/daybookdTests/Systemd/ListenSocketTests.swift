import CLinux
import Glibc
import Testing

@testable import daybookd

@Suite struct ListenSocketTests {
  private let folder = WorkFolder()

  private func unixSocket(listening: Bool) -> Int32 {
    let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    precondition(clinux_bind_unix(fd, folder("socket")) == 0)
    if listening { precondition(listen(fd, 1) == 0) }
    return fd
  }

  @Test("a listening unix socket is taken and no longer blocks")
  func adopted() throws {
    let fd = unixSocket(listening: true)
    defer { close(fd) }
    #expect(try ListenSocket.adopt(count: 1, first: fd) == fd)
    #expect(fcntl(fd, F_GETFL) & O_NONBLOCK != 0)
  }

  @Test("without a passed socket there is none")
  func none() throws {
    #expect(try ListenSocket.adopt(count: 0, first: 3) == nil)
  }

  @Test("of several sockets none is guessed")
  func several() {
    #expect(throws: ListenSocket.Failure.several(2)) {
      try ListenSocket.adopt(count: 2, first: 3)
    }
    #expect("\(ListenSocket.Failure.several(2))".contains("daybook.socket"))
  }

  @Test("a socket that does not listen is refused")
  func deaf() {
    let fd = unixSocket(listening: false)
    defer { close(fd) }
    #expect(throws: ListenSocket.Failure.wrongKind) {
      try ListenSocket.adopt(count: 1, first: fd)
    }
  }

  @Test("a TCP socket is refused")
  func tcp() {
    let fd = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(fd) }
    precondition(clinux_bind_loopback(fd, 0) > 0 && listen(fd, 1) == 0)
    #expect(throws: ListenSocket.Failure.wrongKind) {
      try ListenSocket.adopt(count: 1, first: fd)
    }
  }

  @Test("a file is refused")
  func file() {
    folder.write("file", "x")
    let fd = open(folder("file"), O_RDONLY | O_CLOEXEC)
    defer { close(fd) }
    #expect(throws: ListenSocket.Failure.wrongKind) {
      try ListenSocket.adopt(count: 1, first: fd)
    }
  }
}
