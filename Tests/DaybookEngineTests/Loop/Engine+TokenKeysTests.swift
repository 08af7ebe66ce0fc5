import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: token keys")
struct EngineTokenKeysTests {
  /// The first key writes, the others open.
  private static func id(_ byte: UInt8) -> String {
    TokenKey([UInt8](repeating: byte, count: 32))!.id
  }

  /// Signed in, all days there, with the tokens under key 1.
  private func encrypted() throws -> Bench {
    let bench = try Bench()
    bench.storeAll()
    bench.configuration.keyring = try LedgerFixture.ring(1)
    try bench.restart()
    return bench
  }

  private func reload(_ bench: Bench, _ ring: TokenKeyring) -> ControlReply? {
    bench.configuration.keyring = ring
    let id = bench.command(.reload)
    bench.handle(.settingsRead(bench.configuration))
    return bench.answers[id]?.first
  }

  @Test("a start with a key encrypts what was in the clear, says so once, and goes on")
  func first() throws {
    let bench = try encrypted()
    let said = "the tokens of 1 account are kept encrypted with key \(Self.id(1)) now"
    #expect(bench.logged(.started).filter { $0.hasPrefix("the tokens") } == [said])
    #expect(try bench.engine.book.keysInUse() == [Self.id(1)])
    #expect(bench.lane.grant?.access == Secret("access-1"))
    bench.pass(.hours(3))
    #expect(try bench.call("steps 2018-06-15").header("Authorization") == "Bearer access-1")
    try bench.restart()
    #expect(bench.logged(.started).filter { $0.hasPrefix("the tokens") } == [said])
  }

  @Test("without its key an account waits, its row stays, and the key's return opens it")
  func locked() throws {
    let bench = try encrypted()
    bench.configuration.keyring = TokenKeyring()
    try bench.begin()
    let reason = "its tokens are encrypted with key \(Self.id(1)), which token_key does not give"
    #expect(try bench.status().state == .signInNeeded && bench.status().reason == reason)
    #expect(
      bench.logged(.signInNeeded) == ["\(reason); give the key again, or run: daybook login me"])
    bench.pass(.hours(3))
    #expect(bench.open.isEmpty)
    #expect(
      bench.ask(.resync(ResyncRequest(account: "me")))
        == .failed(.signInNeeded(account: "me", command: "daybook login me")))
    // A restart changes nothing, the key does.
    try bench.restart()
    #expect(bench.open.isEmpty)
    #expect(reload(bench, try LedgerFixture.ring(1)) == .reloaded(changes: []))
    #expect(bench.asked == ["steps 2018-06-15"])
    #expect(try bench.status().state == .working)
  }

  @Test("a key that is given no more while tokens need it is refused, and the old keys stay")
  func refused() throws {
    let bench = try encrypted()
    guard case .failed(.invalidSettings(let problems)) = reload(bench, TokenKeyring()) else {
      return #expect(Bool(false), "it was reloaded")
    }
    #expect(problems.count == 1 && problems[0].contains("encrypted with key \(Self.id(1))"))
    #expect(problems[0].contains("the line 'plain' above it"))
    #expect(try bench.engine.book.grant("me")?.grant == bench.lane.grant)
    #expect(reload(bench, try LedgerFixture.ring(1, plain: true)) == .reloaded(changes: []))
    #expect(bench.logged(.reloaded).contains("the tokens of 1 account are kept in the clear now"))
    #expect(reload(bench, TokenKeyring()) == .reloaded(changes: []))
    #expect(bench.lane.grant != nil)
  }

  @Test("a new key alone takes over: the running daemon still has the old one")
  func rotated() throws {
    let bench = try encrypted()
    let grant = bench.lane.grant
    #expect(reload(bench, try LedgerFixture.ring(2)) == .reloaded(changes: []))
    #expect(try bench.engine.book.keysInUse() == [Self.id(2)])
    try bench.begin()
    #expect(bench.lane.grant == grant && grant != nil)
  }

  @Test("a key that is gone for good costs a sign-in and nothing else", arguments: [false, true])
  func lost(signsOutFirst: Bool) throws {
    let bench = try encrypted()
    bench.configuration.keyring = try LedgerFixture.ring(3)
    try bench.begin()
    #expect(bench.lane.lockedBy == Self.id(1))
    if signsOutFirst {
      #expect(bench.ask(.logout(account: "me")) == .done)
      #expect(try bench.status().reason == "signed out")
    }
    bench.engine.store(.bench(at: bench.wall), bench.lane, answer: nil)
    bench.lane.grant = .bench(at: bench.wall)
    #expect(bench.lane.lockedBy == nil)
    try bench.begin()
    #expect(bench.lane.grant?.access == Secret("access-1"))
    #expect(try bench.engine.book.keysInUse() == [Self.id(3)])
  }

  @Test("a sealed account's lock is nobody's trouble")
  func sealed() throws {
    let bench = try encrypted()
    try bench.engine.seal(bench.lane, "ended")
    bench.configuration.keyring = TokenKeyring()
    try bench.begin()
    #expect(bench.logged(.signInNeeded).isEmpty)
    #expect(try bench.status().state == .sealed)
  }
}
