import DaybookCore
import Testing

@testable import daybook

@Suite("A sign-in that was begun")
struct LoginBegunTests {
  /// A daemon that takes the port it is given where it allows any.
  private func daemon(_ redirectURI: String, takesPort: Bool = true) -> FakeDaemon {
    FakeDaemon { call in
      guard case .loginBegin(_, let given) = call else { return [.close] }
      if given != nil, !takesPort { return [.reply(.failed(.invalidParameter("redirect_uri")))] }
      return [
        .reply(
          .loginBegun(
            LoginOffer(
              url: "https://p/?state=s", redirectURI: given ?? redirectURI,
              expires: testNow + .minutes(5))))
      ]
    }
  }

  private func begin(_ daemon: FakeDaemon) throws -> LoginBegun {
    let client = try DaemonClient(SocketPath(option: daemon.socket, environment: [:]))
    return try LoginBegun(client, account: "a")
  }

  @Test("a fixed port is listened at")
  func fixed() throws {
    let port = Loopback.freePort()
    let daemon = daemon("http://127.0.0.1:\(port)/cb")
    let begun = try begin(daemon)
    #expect(begun.listener?.port == port)
    #expect(begun.gate.redirectURI == "http://127.0.0.1:\(port)/cb")
    #expect(begun.gate.state == "s")
    #expect(daemon.calls == [.loginBegin(account: "a", redirectURI: nil)])
  }

  @Test("where any port will do, a free one is found and told")
  func free() throws {
    let daemon = daemon("http://127.0.0.1/cb")
    let begun = try begin(daemon)
    let port = try #require(begun.listener?.port)
    let uri = "http://127.0.0.1:\(port)/cb"
    #expect(begun.gate.redirectURI == uri)
    #expect(
      daemon.calls == [
        .loginBegin(account: "a", redirectURI: nil), .loginBegin(account: "a", redirectURI: uri),
      ])
  }

  @Test("where the port is refused, a redirect of another machine, or a port that is taken: paste")
  func paste() throws {
    #expect(try begin(daemon("http://127.0.0.1/cb", takesPort: false)).listener == nil)
    #expect(try begin(daemon("https://me.example/cb")).listener == nil)
    let address = try #require(RedirectAddress("http://127.0.0.1/"))
    let taken = try #require(RedirectListener(address))
    #expect(try begin(daemon("http://127.0.0.1:\(taken.port)/cb")).listener == nil)
  }

  @Test("a sign-in by token or form listens to nobody, and brings the file's help along")
  func others() throws {
    for kind in [Login.token, .form] {
      var offer = LoginOffer(kind, expires: testNow + .minutes(5))
      offer.help = "make one there"
      let begun = try begin(FakeDaemon(.reply(.loginBegun(offer))))
      #expect(begun.kind == kind && begun.help == "make one there" && begun.listener == nil)
      #expect(begun.secondsLeft(testNow) == 300)
    }
  }

  @Test("the time left is that of the daemon, within the life of a sign-in")
  func time() throws {
    let begun = try begin(daemon("https://me.example/cb"))
    #expect(begun.secondsLeft(testNow) == 300)
    #expect(begun.secondsLeft(testNow - .days(1)) == 600)
    #expect(begun.secondsLeft(testNow + .days(1)) == 600)
  }
}
