import DaybookCore
import Glibc
import Testing

@testable import daybook

@Suite("The connection to the daemon")
struct ConnectionTests {
  private func connection(_ daemon: FakeDaemon) throws -> Connection {
    try Connection(SocketPath(option: daemon.socket, environment: [:]))
  }
  private let request = VarlinkRequest(.reload)

  @Test("messages come whole, however they are cut, and then the end")
  func cuts() throws {
    let daemon = FakeDaemon(
      .raw(#"{"parameters":{"a""#), .sleep(0.02), .raw(":1}}\0{\"continues\":true}"),
      .sleep(0.02), .raw("\0"), .close)
    let connection = try connection(daemon)
    try connection.send(request)
    #expect(try connection.next() == .message(VarlinkResponse(parameters: ["a": 1])))
    #expect(try connection.next() == .message(VarlinkResponse(continues: true)))
    #expect(try connection.next() == .closed)
    #expect(try connection.next() == .closed)
  }

  @Test("a daemon that goes away in the middle of a reply is told apart from one that ended")
  func cutReply() throws {
    let daemon = FakeDaemon(.raw("{\"par"), .close)
    let connection = try connection(daemon)
    defer { withExtendedLifetime(daemon) {} }
    try connection.send(request)
    let failure = #expect(throws: Failure.self) { try connection.next() }
    #expect(failure?.status == .unreachable)
    #expect(
      failure?.text == "lost the connection to the daemon: it stopped in the middle of a reply")
    #expect(failure?.hint == "run: systemctl status daybook")
  }

  @Test("what is no reply is refused", arguments: ["HTTP/1.1 400\0", "[]\0", "\0"])
  func garbage(text: String) throws {
    let daemon = FakeDaemon(.raw(text))
    let connection = try connection(daemon)
    defer { withExtendedLifetime(daemon) {} }
    try connection.send(request)
    let failure = #expect(throws: Failure.self) { try connection.next() }
    #expect(failure?.status == .unreachable)
    #expect(failure?.text.hasPrefix("the daemon sent a message that is not") == true)
  }

  @Test("the time limit holds while nothing comes")
  func timeout() throws {
    let daemon = FakeDaemon(.sleep(0.5))
    let connection = try connection(daemon)
    defer { withExtendedLifetime(daemon) {} }
    try connection.send(request)
    #expect(try connection.next(until: uptime() + 0.05) == .timeout)
  }

  @Test("another descriptor is noticed even while messages flood in")
  func others() throws {
    let flood = Array(repeating: FakeDaemon.Step.raw("{}\0"), count: 2_000)
    let daemon = FakeDaemon { _ in flood + [.sleep(0.3)] }
    let connection = try connection(daemon)
    defer { withExtendedLifetime(daemon) {} }
    let pipe = TextPipe()
    pipe.write("x")
    try connection.send(request)
    #expect(try connection.next(also: [pipe.reader]) == .ready(pipe.reader))
  }

  @Test("a daemon that hangs up at once is told by what it said, not by the broken send")
  func hangUp() throws {
    let daemon = FakeDaemon(.close)
    let connection = try connection(daemon)
    defer { withExtendedLifetime(daemon) {} }
    for _ in 0..<3 { try connection.send(request) }
    #expect(try connection.next() == .closed)
  }

  @Test("no socket, nobody behind it, no socket at all, a path too long: each is named")
  func noConnection() throws {
    let folder = TestFolder()
    let file = try folder.write("", to: "file")
    let long = folder.path + "/" + String(repeating: "x", count: 200)
    for (path, words) in [
      (folder.path + "/none", "there is no socket"), (file, "nobody listens at"),
      (file + "/x", "there is no socket"), (long, "too long"),
    ] {
      let failure = #expect(throws: Failure.self) {
        try Connection(SocketPath(option: path, environment: [:]))
      }
      #expect(failure?.status == .unreachable)
      #expect(failure?.text.contains(words) == true, "\(failure?.text ?? "")")
    }
  }
}

@Suite("Why nothing answers")
struct ConnectFailureTests {
  private func failure(_ number: Int32, _ path: SocketPath) -> Failure {
    ConnectFailure.failure(number, path)
  }

  @Test("the hint fits who named the socket")
  func hints() {
    let option = SocketPath(option: "/o", environment: [:])
    let environment = SocketPath(option: nil, environment: ["DAYBOOK_SOCKET": "/e"])
    let system = SocketPath(option: nil, environment: [:])
    #expect(failure(ENOENT, option).hint == "check --socket, or run: systemctl status daybook")
    #expect(
      failure(ENOENT, environment).hint == "check DAYBOOK_SOCKET, or run: systemctl status daybook")
    #expect(
      failure(ECONNREFUSED, system).hint
        == "run: systemctl status daybook, or start your own: daybookd --help")
  }

  @Test("who may not use the socket is told of the group")
  func permission() {
    let failure = failure(EACCES, SocketPath(option: nil, environment: [:]))
    #expect(failure.text == "not permitted to use /run/daybook/control.sock")
    #expect(failure.hint?.contains("daybook $USER") == true)
  }

  @Test("any other error is told in the system's words, and paths are made safe")
  func others() {
    let path = SocketPath(option: "/a\u{1b}[2J", environment: [:])
    #expect(failure(EMFILE, path).text == "cannot connect to /a\\u{1B}[2J: Too many open files")
    #expect(failure(EPROTOTYPE, path).text.hasSuffix("is not a socket of daybookd"))
    for number in [ENOENT, ECONNREFUSED, EACCES, ENAMETOOLONG, ENOTSOCK, EIO] {
      #expect(!failure(number, path).text.contains("\u{1b}"))
      #expect(failure(number, path).status == .unreachable)
    }
  }
}
