import DaybookCore
import Testing

@testable import DaybookSimulator

struct GoogleGrantsTests {
  static let now = GoogleHealthClient.noon

  static func code(_ person: Int = 0, refresh: Bool = true) -> GoogleCode {
    GoogleCode(
      person: person, scopes: ["a", "b"], redirectURI: "http://127.0.0.1/", challenge: nil,
      consented: now, expires: now + .minutes(10), givesRefresh: refresh)
  }

  static func opened(
    _ store: inout GoogleGrants, person: Int = 0, refresh: Bool = true, limit: Int = 100
  ) -> Int {
    store.open(code(person, refresh: refresh), life: nil, limit: limit, now: now).grant
  }

  @Test("texts come from the seed and are never the same twice")
  func texts() {
    func made(_ seed: UInt64) -> [String] {
      var store = GoogleGrants(seed: seed)
      return (0..<50).map { _ in store.add(Self.code()) }
    }
    #expect(made(1) == made(1))
    #expect(made(1) != made(2))
    #expect(Set(made(1)).count == 50)
    #expect(made(1).allSatisfy { $0.hasPrefix("4/0A") && $0.utf8.count == 72 })
  }

  @Test("a code is known until too many came after it")
  func codes() {
    var store = GoogleGrants(seed: 1)
    let first = store.add(Self.code())
    #expect(store.code(first)?.isSpent == false)
    store.spend(first)
    #expect(store.code(first)?.isSpent == true)
    for _ in 0..<SimLimits.pendingCodes { _ = store.add(Self.code()) }
    #expect(store.code(first) == nil)
    #expect(store.code("nothing") == nil)
  }

  @Test("consents add up, and are gone when they are taken back")
  func consents() {
    var store = GoogleGrants(seed: 1)
    store.consent(0, ["a"])
    store.consent(0, ["b", "a"])
    store.consent(1, ["c"])
    #expect(store.consents[0] == ["a", "b"])
    #expect(store.revoke(person: 0) == 0)
    #expect(store.consents[0] == nil)
    #expect(store.consents[1] == ["c"])
    #expect(store.revoke(person: nil) == 0)
    #expect(store.consents.isEmpty)
  }

  @Test("a grant has the refresh token that its code promised")
  func open() throws {
    var store = GoogleGrants(seed: 1)
    let with = Self.opened(&store)
    let without = Self.opened(&store, refresh: false)
    let token = try #require(store.grants[with].refreshToken)
    #expect(store.grants[without].refreshToken == nil)
    #expect(store.grant(refresh: token) == with)
    #expect(store.grants[with].expires == nil)
    #expect(store.grants[with].scopes == ["a", "b"])
  }

  @Test("a grant with a life ends so long after the consent")
  func life() {
    var store = GoogleGrants(seed: 1)
    let later = Self.now + .minutes(5)
    let index = store.open(Self.code(), life: .days(7), limit: 9, now: later).grant
    #expect(store.grants[index].expires == Self.now + .days(7))
  }

  @Test(
    "a grant refreshes while nothing speaks against it",
    arguments: [
      (0, false, false, nil, true),
      (182, false, false, nil, true),
      (183, false, false, nil, false),
      (0, true, false, nil, false),
      (0, false, true, nil, false),
      (6, false, false, 7, true),
      (7, false, false, 7, false),
      (8, false, false, 7, false),
    ] as [(Int64, Bool, Bool, Int64?, Bool)])
  func refreshes(days: Int64, revoked: Bool, evicted: Bool, life: Int64?, expected: Bool) {
    var grant = GoogleGrant(person: 0, scopes: [], lastUsed: Self.now)
    grant.expires = life.map { Self.now + .days($0) }
    grant.isRevoked = revoked
    grant.isEvicted = evicted
    #expect(grant.refreshes(now: Self.now + .days(days), idleLife: .days(183)) == expected)
  }

  @Test("use keeps a grant alive")
  func used() {
    var store = GoogleGrants(seed: 1)
    let index = Self.opened(&store)
    store.used(index, now: Self.now + .days(100))
    #expect(store.grants[index].refreshes(now: Self.now + .days(250), idleLife: .days(183)))
  }

  @Test("only so many refresh tokens of one account are alive")
  func eviction() {
    var store = GoogleGrants(seed: 1)
    var dead = 0
    for i in 0..<10 {
      // Those without a refresh token, and other people's, do not count.
      _ = Self.opened(&store, refresh: false, limit: 3)
      _ = Self.opened(&store, person: 1, limit: 100)
      dead += store.open(Self.code(), life: nil, limit: 3, now: Self.now).evicted
      let alive = store.grants.filter {
        $0.person == 0 && $0.refreshToken != nil && !$0.isEvicted
      }
      #expect(alive.count == min(i + 1, 3))
    }
    #expect(dead == 7)
    #expect(store.grants.filter(\.isEvicted).allSatisfy { $0.person == 0 })
  }

  @Test("an access token of an evicted grant lives on until it expires")
  func evictedAccess() {
    var store = GoogleGrants(seed: 1)
    let first = Self.opened(&store, limit: 1)
    let token = store.issue(first, bytes: 100, life: .hours(1), now: Self.now)
    _ = Self.opened(&store, limit: 1)
    #expect(store.grants[first].isEvicted)
    #expect(store.live(token, now: Self.now) != nil)
    #expect(store.live(token, now: Self.now + .hours(1)) == nil)
  }

  @Test("an owner is found by either token while it is alive")
  func owner() throws {
    var store = GoogleGrants(seed: 1)
    let index = Self.opened(&store, person: 3)
    let access = store.issue(index, bytes: 100, life: .hours(1), now: Self.now)
    let refresh = try #require(store.grants[index].refreshToken)
    #expect(store.owner(access, now: Self.now) == 3)
    #expect(store.owner(refresh, now: Self.now) == 3)
    #expect(store.owner(access, now: Self.now + .hours(1)) == nil)
    #expect(store.owner(refresh, now: Self.now + .hours(1)) == 3)
    #expect(store.owner("nothing", now: Self.now) == nil)
    #expect(store.revoke(person: 3) == 1)
    #expect(store.owner(refresh, now: Self.now) == nil)
  }

  @Test("expired access tokens are dropped when there are too many")
  func pruning() {
    var store = GoogleGrants(seed: 1)
    let index = Self.opened(&store)
    for i in 0..<9_000 {
      _ = store.issue(index, bytes: 40, life: .seconds(60), now: Self.now + .seconds(Int64(i)))
    }
    #expect(store.access.count <= 4_096)
  }

  @Test("all access tokens can be made to expire, the grants live")
  func expireAll() {
    var store = GoogleGrants(seed: 1)
    let index = Self.opened(&store)
    let token = store.issue(index, bytes: 40, life: .hours(1), now: Self.now)
    store.expireAll(Self.now + .minutes(1))
    #expect(store.live(token, now: Self.now) != nil)
    #expect(store.live(token, now: Self.now + .minutes(1)) == nil)
    #expect(!store.grants[index].isRevoked)
  }
}
