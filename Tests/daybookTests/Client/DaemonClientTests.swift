import DaybookCore
import Testing

@testable import daybook

@Suite("Calls of the daemon")
struct DaemonClientTests {
  private func client(_ daemon: FakeDaemon) throws -> DaemonClient {
    try DaemonClient(SocketPath(option: daemon.socket, environment: [:]))
  }

  @Test("a call has one reply, and asks for no more")
  func call() throws {
    let daemon = FakeDaemon(.reply(.reloaded(changes: ["a"])))
    let answer = try client(daemon).call(.reload)
    #expect(answer.reply == .reloaded(changes: ["a"]))
    #expect(answer.response.parameters == ["changes": ["a"]])
    #expect(daemon.requests == [VarlinkRequest(.reload)])
  }

  @Test("a stream goes on to the last reply")
  func stream() throws {
    let daemon = FakeDaemon { _ in statusSteps([Samples.working, Samples.idle, Samples.waiting]) }
    var names: [String] = []
    try client(daemon).stream(.status(account: nil)) { answer in
      if case .status(_, let accounts, _) = answer.reply { names += accounts.map(\.name) }
    }
    #expect(names == ["me-moves", "phone", "her-moves"])
    #expect(daemon.requests.map(\.more) == [true])
  }

  @Test("several calls go over one connection")
  func reuse() throws {
    let daemon = FakeDaemon(.reply(.done))
    let client = try client(daemon)
    for account in ["a", "b"] { _ = try client.call(.pause(account: account)) }
    #expect(daemon.calls == [.pause(account: "a"), .pause(account: "b")])
  }

  /// The failure of a reload.
  private func failure(_ step: FakeDaemon.Step) -> Failure? {
    let daemon = FakeDaemon(step)
    return withExtendedLifetime(daemon) {
      #expect(throws: Failure.self) { try client(daemon).call(.reload) }
    }
  }

  @Test("a daemon that closes instead of answering is unreachable")
  func gone() {
    let failure = failure(.close)
    #expect(failure?.status == .unreachable)
    #expect(failure?.text == "the daemon closed the connection without an answer")
  }

  @Test("a reply of another version says where it differs")
  func otherVersion() {
    let wrong = failure(.raw(#"{"parameters":{"changes":[1]}}"# + "\0"))
    #expect(wrong?.status == .problems)
    #expect(wrong?.text.hasSuffix("changes/0 is not a string") == true)
    let unknown = failure(.raw(#"{"error":"org.daybook.Control.New"}"# + "\0"))
    #expect(unknown?.text.contains("New") == true)
    #expect(unknown?.response?.error == "org.daybook.Control.New")
  }

  @Test("who does work may take long, who only tells may not")
  func patience() {
    #expect(ControlCall.status(account: nil).patience == Limits.controlPatience)
    #expect(ControlCall.watch(account: nil).patience == nil)
    #expect(ControlCall.verify(VerifyRequest()).patience == nil)
    #expect(ControlCall.resync(ResyncRequest(account: "a")).patience == nil)
    for call in [
      ControlCall.resume(account: nil, probe: true), .logout(account: "a"), .reload,
      .loginComplete(account: "a", .url(Secret(""))),
    ] {
      #expect((call.patience ?? .zero) > Limits.callTimeout)
    }
  }
}
