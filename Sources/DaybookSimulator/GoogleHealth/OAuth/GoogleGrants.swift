import DaybookCore

/// One consent of one person, as far as tokens hang on it.
struct GoogleGrant: Hashable, Sendable {
  var person: Int
  /// Whole scopes, in the order asked.
  var scopes: [String]
  /// Nil: none was given.
  var refreshToken: String?
  /// Nil: as long as it is used.
  var expires: Instant?
  var lastUsed: Instant
  var isRevoked = false
  /// Its refresh token was one too many.
  var isEvicted = false

  /// May the refresh token still be used?
  func refreshes(now: Instant, idleLife: Duration) -> Bool {
    !isRevoked && !isEvicted && expires.map { now < $0 } ?? true && now - lastUsed < idleLife
  }
}

/// A code on its way from the browser to the client.
struct GoogleCode: Hashable, Sendable {
  var text = ""
  var person: Int
  var scopes: [String]
  var redirectURI: String
  /// `code_challenge` of S256 (RFC 7636 §4.2); nil: none.
  var challenge: String?
  var consented: Instant
  var expires: Instant
  var givesRefresh: Bool
  var isSpent = false
}

struct GoogleAccess: Hashable, Sendable {
  var grant: Int
  var expires: Instant
}

/// All consents, codes and tokens of the client. Tokens are made from the seed and a counter.
struct GoogleGrants: Sendable {
  let seed: UInt64
  var grants: [GoogleGrant] = []
  private(set) var access: [String: GoogleAccess] = [:]
  private var refresh: [String: Int] = [:]
  private var codes: [GoogleCode] = []
  /// Scopes that each person has agreed to, by person.
  private(set) var consents: [Int: [String]] = [:]
  private var counter = 0

  /// Access tokens kept before the expired ones are dropped.
  private static let keptAccess = 4_096

  init(seed: UInt64) { self.seed = seed }

  private mutating func text(_ head: String, _ bytes: Int) -> String {
    counter += 1
    var random = Seeded(seed, counter, 19)
    return head + random.hexText(max(32, bytes - head.utf8.count))
  }

  // MARK: Consents and codes

  mutating func consent(_ person: Int, _ scopes: [String]) {
    let old = consents[person] ?? []
    consents[person] = old + scopes.filter { !old.contains($0) }
  }

  /// The code's text: with a slash in it, as Google's have.
  mutating func add(_ code: GoogleCode) -> String {
    if codes.count >= SimLimits.pendingCodes { codes.removeFirst() }
    var code = code
    code.text = text("4/0A", 72)
    codes.append(code)
    return code.text
  }

  func code(_ text: String) -> GoogleCode? { codes.first { $0.text == text } }

  mutating func spend(_ text: String) {
    for i in codes.indices where codes[i].text == text { codes[i].isSpent = true }
  }

  // MARK: Tokens

  /// A grant of this code. How many older refresh tokens had to die for it: `evicted`.
  mutating func open(_ code: GoogleCode, life: Duration?, limit: Int, now: Instant) -> (
    grant: Int, evicted: Int
  ) {
    var grant = GoogleGrant(
      person: code.person, scopes: code.scopes, expires: life.map { code.consented + $0 },
      lastUsed: now)
    var dead = 0
    if code.givesRefresh {
      let token = text("1//0", 103)
      grant.refreshToken = token
      refresh[token] = grants.count
      dead = evict(person: code.person, keeping: max(1, limit) - 1)
    }
    grants.append(grant)
    return (grants.count - 1, dead)
  }

  /// The oldest ones die without a word.
  private mutating func evict(person: Int, keeping limit: Int) -> Int {
    let alive = grants.indices.filter { i in
      grants[i].person == person && grants[i].refreshToken != nil && !grants[i].isRevoked
        && !grants[i].isEvicted
    }
    let dead = alive.dropLast(limit)
    for i in dead { grants[i].isEvicted = true }
    return dead.count
  }

  mutating func issue(_ grant: Int, bytes: Int, life: Duration, now: Instant) -> String {
    if access.count >= GoogleGrants.keptAccess { access = access.filter { now < $0.value.expires } }
    let token = text("ya29.", min(bytes, 2_048))
    access[token] = GoogleAccess(grant: grant, expires: now + life)
    return token
  }

  func grant(refresh token: String) -> Int? { refresh[token] }

  mutating func used(_ grant: Int, now: Instant) { grants[grant].lastUsed = now }

  /// The grant of an access token that the API accepts.
  func live(_ token: String, now: Instant) -> GoogleGrant? {
    guard let found = access[token], now < found.expires, !grants[found.grant].isRevoked
    else { return nil }
    return grants[found.grant]
  }

  /// Whose token this is, access or refresh, unless it is dead.
  func owner(_ token: String, now: Instant) -> Int? {
    if let grant = live(token, now: now) { return grant.person }
    guard let index = refresh[token], !grants[index].isRevoked, !grants[index].isEvicted
    else { return nil }
    return grants[index].person
  }

  // MARK: Ends

  mutating func expireAll(_ now: Instant) {
    access = access.mapValues { GoogleAccess(grant: $0.grant, expires: min($0.expires, now)) }
  }

  /// Takes back everything of a person, or all; how many grants were alive.
  mutating func revoke(person: Int?) -> Int {
    var count = 0
    for i in grants.indices where !grants[i].isRevoked {
      guard person == nil || grants[i].person == person else { continue }
      grants[i].isRevoked = true
      count += 1
    }
    if let person { consents[person] = nil } else { consents = [:] }
    return count
  }
}
