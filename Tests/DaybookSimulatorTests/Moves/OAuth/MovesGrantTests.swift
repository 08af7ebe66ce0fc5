import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesGrantTests {
  static func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

  static func rotated(_ texts: String...) -> MovesGrant {
    var grant = MovesGrant(person: 0, scopes: ["activity"])
    for (i, text) in texts.enumerated() { grant.rotate(to: text, now: at(Int64(i) * 100)) }
    return grant
  }

  @Test("each rotation supersedes what was current, at its moment")
  func rotation() {
    let grant = Self.rotated("a", "b", "c")
    #expect(grant.generation == 3)
    #expect(grant.refreshTokens.map(\.text) == ["a", "b", "c"])
    #expect(grant.refreshTokens.map(\.generation) == [1, 2, 3])
    #expect(grant.refreshTokens.map(\.supersededAt) == [Self.at(100), Self.at(200), nil])
  }

  @Test("only so many are remembered")
  func memory() {
    var grant = MovesGrant(person: 0, scopes: [])
    for i in 0..<200 { grant.rotate(to: "\(i)", now: Self.at(0)) }
    #expect(grant.refreshTokens.count == SimLimits.rememberedTokens)
    #expect(grant.refreshTokens.last?.text == "199")
  }

  @Test(
    "a superseded token lives as long as the grace says",
    arguments: [
      (.none, 0, 200, false), (.none, 0, 100, false),
      (.seconds(50), 0, 149, true), (.seconds(50), 0, 150, false), (.seconds(0), 0, 100, false),
      (.untilUsed, 0, 10_000, true), (.untilUsed, 1, 10_000, true),
      (.untilUsed, 2, 200, false),
    ] as [(RefreshGrace, Int, Int64, Bool)])
  func grace(grace: RefreshGrace, used: Int, time: Int64, accepted: Bool) {
    var grant = Self.rotated("a", "b")
    grant.usedGeneration = used
    #expect(grant.accepts(grant.refreshTokens[0], grace: grace, now: Self.at(time)) == accepted)
    #expect(grant.accepts(grant.refreshTokens[1], grace: grace, now: Self.at(time)))
  }

  @Test(
    "a revoked grant accepts nothing",
    arguments: [.none, .seconds(9_999), .untilUsed] as [RefreshGrace])
  func revoked(grace: RefreshGrace) {
    var grant = Self.rotated("a", "b")
    grant.isRevoked = true
    for token in grant.refreshTokens {
      #expect(!grant.accepts(token, grace: grace, now: Self.at(100)))
    }
  }
}
