import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitTokenStoreTests {
  static let now = FitbitClient.noon

  static func code(_ person: Int = 0) -> FitbitCode {
    FitbitCode(
      text: "", person: person, scopes: ["sleep", "activity"], redirectURI: nil, challenge: nil,
      expires: now + .minutes(10))
  }

  static func store(_ seed: UInt64 = 1) -> FitbitTokenStore {
    FitbitTokenStore(seed: seed, clientID: "daybook", persons: 2)
  }

  /// A store with a consent of a person.
  static func consented(_ person: Int = 0) -> (store: FitbitTokenStore, pair: FitbitPair) {
    var store = store()
    let text = store.add(code(person))
    guard let code = store.code(text) else { return (store, FitbitConsentTests.pair("none")) }
    let pair = store.redeem(code, life: .seconds(28_800), now: now)
    return (store, pair)
  }

  @Test("a code has its text from the seed, and is spent once it is redeemed")
  func codes() {
    var store = Self.store()
    let text = store.add(Self.code())
    var again = Self.store()
    var other = Self.store(2)
    #expect(text.count == 40)
    #expect(again.add(Self.code()) == text)
    #expect(other.add(Self.code()) != text)
    #expect(store.code(text)?.isSpent == false)
    if let code = store.code(text) { _ = store.redeem(code, life: .hours(8), now: Self.now) }
    #expect(store.code(text)?.isSpent == true)
    #expect(store.code("nothing") == nil)
  }

  @Test("the oldest code goes when there are too many")
  func tooManyCodes() {
    var store = Self.store()
    let first = store.add(Self.code())
    for _ in 0..<SimLimits.pendingCodes { _ = store.add(Self.code()) }
    #expect(store.code(first) == nil)
  }

  @Test("an access token is a web token that says whose it is, below 1024 bytes")
  func webToken() throws {
    let (store, pair) = Self.consented(1)
    let parts = pair.access.split(separator: ".").map(String.init)
    try #require(parts.count == 3)
    #expect(pair.access.utf8.count <= 1_024)
    let payload = try JSONValue(parsing: try #require(Base64.urlSafe.decode(parts[1])))
    #expect(payload["sub"]?.string == store.userID(1))
    #expect(payload["aud"] == "daybook")
    #expect(payload["scopes"] == "sleep activity")
    #expect(payload["exp"]?.int == Self.now.seconds + 28_800)
    #expect(payload["iat"]?.int == Self.now.seconds)
  }

  @Test("all scopes fit as well")
  func longToken() {
    var store = Self.store()
    var code = Self.code()
    code.scopes = FitbitSettings.scopes
    let text = store.add(code)
    let pair = store.code(text).map { store.redeem($0, life: .hours(8), now: Self.now) }
    #expect((pair?.access.utf8.count ?? 9_999) <= 1_024)
  }

  @Test("tokens know their owner until the consent is revoked")
  func owners() {
    var (store, pair) = Self.consented(1)
    #expect(store.owner(pair.access) == 1)
    #expect(store.owner(pair.refresh) == 1)
    #expect(store.pair(access: pair.access)?.pair == pair)
    #expect(store.pair(access: pair.refresh) == nil)
    let nobody = store.revoke(person: 0)
    #expect(nobody == 0 && store.owner(pair.access) == 1)
    let one = store.revoke(person: nil)
    #expect(one == 1)
    #expect(store.owner(pair.access) == nil && store.owner(pair.refresh) == nil)
  }

  @Test("a refresh keeps the scopes, and the older access token lives on")
  func refresh() {
    var (store, pair) = Self.consented()
    let next = store.refresh(0, life: .hours(8), now: Self.now + .hours(1))
    #expect(next.scopes == pair.scopes && !next.isConsent)
    #expect(next.access != pair.access && next.refresh != pair.refresh)
    #expect(store.pair(access: pair.access) != nil)
    #expect(store.consents[0].pairs.count == 2)
  }

  @Test("forgotten tokens have no owner")
  func forgotten() {
    var (store, pair) = Self.consented()
    for _ in 0..<SimLimits.rememberedTokens {
      _ = store.refresh(0, life: .hours(8), now: Self.now)
    }
    #expect(store.owner(pair.access) == nil && store.owner(pair.refresh) == nil)
  }

  @Test("a use is noted, an unknown token is not")
  func use() {
    var (store, pair) = Self.consented()
    store.use(access: "unknown")
    #expect(!store.consents[0].pairs[0].isUsed)
    store.use(access: pair.access)
    #expect(store.consents[0].pairs[0].isUsed)
  }

  @Test("all access tokens can expire at once")
  func expire() {
    var (store, pair) = Self.consented()
    store.expireAll(Self.now + .seconds(1))
    #expect(store.pair(access: pair.access)?.pair.expires == Self.now + .seconds(1))
  }

  @Test("ids are six capitals and digits, of each person another")
  func ids() {
    let store = Self.store()
    let ids = (0..<50).map { store.userID($0) }
    #expect(Set(ids).count == 50)
    #expect(ids.allSatisfy { $0.count == 6 && $0 == $0.uppercased() })
    #expect(ids.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
  }
}
