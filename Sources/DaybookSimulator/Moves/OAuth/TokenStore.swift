import DaybookCore

/// All codes, grants and tokens of the client. Tokens are made from the seed and a counter.
struct TokenStore: Sendable {
  let seed: UInt64
  var grants: [MovesGrant] = []
  private(set) var access: [String: AccessToken] = [:]
  /// Grant of each refresh token that is remembered.
  private(set) var refresh: [String: Int] = [:]
  private var codes: [PendingCode] = []
  private var counter = 0

  init(seed: UInt64) { self.seed = seed }

  /// A pair as it goes to the client.
  struct Pair: Hashable, Sendable {
    var access: String
    var refresh: String
    var grant: Int
  }

  private mutating func text(_ digits: Int) -> String {
    counter += 1
    var random = Seeded(seed, counter, 9)
    return random.hexText(digits)
  }

  // MARK: Codes

  mutating func makeCode(
    person: Int, scopes: [String], redirectURI: String?, expires: Instant
  ) -> String {
    if codes.count >= SimLimits.pendingCodes { codes.removeFirst() }
    let code = PendingCode(
      text: text(40), person: person, scopes: scopes, redirectURI: redirectURI, expires: expires)
    codes.append(code)
    return code.text
  }

  func code(_ text: String) -> PendingCode? { codes.first { $0.text == text } }

  /// Turns a code into a grant. The code stays known, so that its second use is noticed.
  mutating func redeem(_ text: String, life: Duration, now: Instant) -> Pair? {
    guard let index = codes.firstIndex(where: { $0.text == text }) else { return nil }
    grants.append(MovesGrant(person: codes[index].person, scopes: codes[index].scopes))
    codes[index].spent = grants.count - 1
    return issue(grants.count - 1, life: life, now: now)
  }

  // MARK: Pairs

  /// A new pair for the grant; the refresh token before it is superseded.
  mutating func issue(_ grant: Int, life: Duration, now: Instant) -> Pair {
    let pair = Pair(access: text(64), refresh: text(64), grant: grant)
    let oldest = grants[grant].refreshTokens.first?.text
    grants[grant].rotate(to: pair.refresh, now: now)
    refresh[pair.refresh] = grant
    // Forgotten by the grant, forgotten here.
    if let oldest, oldest != grants[grant].refreshTokens.first?.text { refresh[oldest] = nil }
    dropOldAccess(of: grant)
    access[pair.access] = AccessToken(
      grant: grant, generation: grants[grant].generation, issued: now, expires: now + life)
    return pair
  }

  /// Access tokens live until they expire, also when newer ones exist; but only so many are kept.
  private mutating func dropOldAccess(of grant: Int) {
    let oldest = grants[grant].generation - SimLimits.rememberedTokens
    guard oldest > 0 else { return }
    access = access.filter { $0.value.grant != grant || $0.value.generation > oldest }
  }

  /// The access token was used at the API.
  mutating func used(_ token: AccessToken) {
    if grants[token.grant].usedGeneration < token.generation {
      grants[token.grant].usedGeneration = token.generation
    }
  }

  /// Every access token is expired from now on; the grants live.
  mutating func expireAll(_ now: Instant) {
    access = access.mapValues { token in
      var out = token
      out.expires = min(token.expires, now)
      return out
    }
  }

  /// Kills the grants of a person, or all; how many were alive.
  mutating func revoke(person: Int?) -> Int {
    var count = 0
    for i in grants.indices where !grants[i].isRevoked {
      guard person == nil || grants[i].person == person else { continue }
      grants[i].isRevoked = true
      count += 1
    }
    return count
  }
}
