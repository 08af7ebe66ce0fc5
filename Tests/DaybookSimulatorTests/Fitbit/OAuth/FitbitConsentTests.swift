import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitConsentTests {
  static func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

  static func pair(_ name: String, isConsent: Bool = false) -> FitbitPair {
    FitbitPair(
      access: "a-" + name, refresh: "r-" + name, scopes: ["sleep"], issued: at(0),
      expires: at(28_800), isConsent: isConsent)
  }

  /// A consent at 0 and refreshes at 100, 200 and so on.
  static func consent(_ names: String...) -> FitbitConsent {
    var consent = FitbitConsent(person: 0)
    for (i, name) in names.enumerated() {
      _ = consent.add(pair(name, isConsent: i == 0), now: at(Int64(i) * 100))
    }
    return consent
  }

  @Test("the newest refresh token is exchanged, whatever the grace")
  func current() {
    let consent = Self.consent("1", "2", "3")
    for grace in [.none, .seconds(0), .untilUsed] as [RefreshGrace] {
      #expect(consent.outcome(of: "r-3", grace: grace, now: Self.at(9_999)) == .exchange)
    }
  }

  @Test(
    "the token before it gets the same answer as long as the grace says",
    arguments: [
      (.none, 100, false), (.seconds(120), 219, true), (.seconds(120), 220, false),
      (.seconds(0), 100, false), (.untilUsed, 1_000_000, true),
    ] as [(RefreshGrace, Int64, Bool)])
  func grace(grace: RefreshGrace, time: Int64, lives: Bool) {
    let consent = Self.consent("1", "2")
    let outcome = consent.outcome(of: "r-1", grace: grace, now: Self.at(time))
    #expect(outcome == (lives ? .repeated(consent.pairs[1]) : .dead))
  }

  @Test("the use of the new access token ends the grace")
  func accessUsed() {
    var consent = Self.consent("1", "2")
    consent.use(access: "a-1")
    #expect(
      consent.outcome(of: "r-1", grace: .untilUsed, now: Self.at(150))
        == .repeated(consent.pairs[1]))
    consent.use(access: "a-2")
    #expect(consent.outcome(of: "r-1", grace: .untilUsed, now: Self.at(150)) == .dead)
  }

  @Test("the use of the new refresh token ends the grace")
  func refreshUsed() {
    let consent = Self.consent("1", "2", "3")
    #expect(consent.outcome(of: "r-1", grace: .untilUsed, now: Self.at(201)) == .dead)
    #expect(
      consent.outcome(of: "r-2", grace: .untilUsed, now: Self.at(201))
        == .repeated(consent.pairs[2]))
  }

  @Test("a new consent kills the refresh token before it, without grace")
  func reconsent() {
    var consent = Self.consent("1", "2")
    _ = consent.add(Self.pair("3", isConsent: true), now: Self.at(300))
    for grace in [.none, .seconds(9_999), .untilUsed] as [RefreshGrace] {
      #expect(consent.outcome(of: "r-2", grace: grace, now: Self.at(300)) == .dead)
      #expect(consent.outcome(of: "r-3", grace: grace, now: Self.at(300)) == .exchange)
    }
  }

  @Test("what was never given is dead, and so is everything after a revocation")
  func dead() {
    var consent = Self.consent("1", "2")
    #expect(consent.outcome(of: "x", grace: .untilUsed, now: Self.at(0)) == .dead)
    #expect(consent.outcome(of: "a-2", grace: .untilUsed, now: Self.at(0)) == .dead)
    consent.revoke()
    #expect(consent.outcome(of: "r-2", grace: .untilUsed, now: Self.at(0)) == .dead)
    #expect(consent.pairs.isEmpty)
  }

  @Test("only so many pairs are remembered, and the forgotten one is told")
  func memory() {
    var consent = FitbitConsent(person: 0)
    var forgotten: [String] = []
    for i in 0..<SimLimits.rememberedTokens + 3 {
      if let pair = consent.add(Self.pair("\(i)"), now: Self.at(0)) {
        forgotten.append(pair.access)
      }
    }
    #expect(consent.pairs.count == SimLimits.rememberedTokens)
    #expect(forgotten == ["a-0", "a-1", "a-2"])
  }

  @Test("expiring shortens lives and never makes one longer")
  func expire() {
    var consent = Self.consent("1")
    consent.expire(Self.at(50))
    #expect(consent.pairs[0].expires == Self.at(50))
    consent.expire(Self.at(80))
    #expect(consent.pairs[0].expires == Self.at(50))
  }
}

struct PKCEChallengeTests {
  /// The example of RFC 7636 appendix B.
  static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
  static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

  @Test("the example of the RFC is admitted, anything else is not")
  func sha256() {
    let challenge = PKCEChallenge(Self.challenge, method: "S256")
    #expect(challenge == .sha256(Self.challenge))
    #expect(challenge?.admits(Self.verifier) == true)
    #expect(challenge?.admits(Self.challenge) == false)
    #expect(challenge?.admits("") == false)
  }

  @Test("without a method the challenge is the verifier", arguments: [nil, "plain"])
  func plain(method: String?) {
    let challenge = PKCEChallenge(Self.verifier, method: method)
    #expect(challenge?.admits(Self.verifier) == true)
    #expect(challenge?.admits(Self.verifier + "x") == false)
  }

  @Test(
    "a challenge has 43 to 128 unreserved characters",
    arguments: [
      (42, "a", false), (43, "a", true), (128, "a", true), (129, "a", false), (43, "+", false),
      (43, "~", true), (43, " ", false),
    ])
  func length(count: Int, character: String, good: Bool) {
    let text = String(repeating: character, count: count)
    #expect((PKCEChallenge(text, method: "plain") != nil) == good)
  }

  @Test("there are two methods", arguments: ["s256", "S512", ""])
  func methods(method: String) {
    #expect(PKCEChallenge(Self.challenge, method: method) == nil)
  }
}
