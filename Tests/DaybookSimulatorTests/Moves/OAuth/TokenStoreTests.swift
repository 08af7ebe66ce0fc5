import DaybookCore
import Testing

@testable import DaybookSimulator

struct TokenStoreTests {
  static let now = MovesClient.noon

  static func store() -> (TokenStore, TokenStore.Pair?) {
    var store = TokenStore(seed: 1)
    let code = store.makeCode(
      person: 3, scopes: ["activity"], redirectURI: nil, expires: now + .minutes(5))
    let pair = store.redeem(code, life: .hours(1), now: now)
    return (store, pair)
  }

  @Test("a code becomes a grant of its person, and is then spent")
  func redeem() {
    let (store, pair) = Self.store()
    #expect(pair?.grant == 0)
    #expect(store.grants.first?.person == 3)
    #expect(store.grants.first?.scopes == ["activity"])
    let code = store.code("nothing")
    #expect(code == nil)
  }

  @Test("a code that was never given is nothing")
  func unknown() {
    var store = TokenStore(seed: 1)
    let pair = store.redeem("x", life: .hours(1), now: Self.now)
    #expect(pair == nil)
    #expect(store.grants.isEmpty)
  }

  @Test("tokens differ, are long, and come again with the seed")
  func tokens() {
    let (store, pair) = Self.store()
    let (_, again) = Self.store()
    #expect(pair == again)
    #expect(pair?.access.count == 64 && pair?.refresh.count == 64)
    #expect(pair?.access != pair?.refresh)
    #expect(store.access[pair?.access ?? ""]?.expires == Self.now + .hours(1))
    #expect(store.refresh[pair?.refresh ?? ""] == 0)
  }

  @Test("an access token outlives the refresh that followed it")
  func outlives() {
    var (store, pair) = Self.store()
    let next = store.issue(0, life: .hours(1), now: Self.now + .minutes(1))
    #expect(store.access[pair?.access ?? ""] != nil)
    #expect(store.access[next.access]?.generation == 2)
    #expect(store.grants[0].refreshTokens.map(\.text) == [pair?.refresh, next.refresh])
  }

  @Test("use is remembered by generation and never goes back")
  func used() {
    var (store, pair) = Self.store()
    let next = store.issue(0, life: .hours(1), now: Self.now)
    if let token = store.access[next.access] { store.used(token) }
    #expect(store.grants[0].usedGeneration == 2)
    if let token = store.access[pair?.access ?? ""] { store.used(token) }
    #expect(store.grants[0].usedGeneration == 2)
  }

  @Test("expiring ends all access tokens and no grant")
  func expire() {
    var (store, pair) = Self.store()
    store.expireAll(Self.now + .minutes(1))
    #expect(store.access[pair?.access ?? ""]?.expires == Self.now + .minutes(1))
    #expect(!store.grants[0].isRevoked)
    store.expireAll(Self.now + .minutes(2))
    #expect(store.access[pair?.access ?? ""]?.expires == Self.now + .minutes(1))
  }

  @Test("revoking counts what was alive, of one person or of all")
  func revoke() {
    var (store, _) = Self.store()
    let code = store.makeCode(
      person: 5, scopes: [], redirectURI: nil, expires: Self.now + .hours(1))
    _ = store.redeem(code, life: .hours(1), now: Self.now)
    let counts = [
      store.revoke(person: 4), store.revoke(person: 5), store.revoke(person: 5),
      store.revoke(person: nil), store.revoke(person: nil),
    ]
    #expect(counts == [0, 1, 0, 1, 0])
  }

  @Test("a thousand refreshes keep the store small")
  func bounded() {
    var (store, _) = Self.store()
    for _ in 0..<1_000 { _ = store.issue(0, life: .hours(1), now: Self.now) }
    #expect(store.access.count <= SimLimits.rememberedTokens)
    #expect(store.refresh.count <= SimLimits.rememberedTokens)
    #expect(store.grants[0].generation == 1_001)
  }
}
