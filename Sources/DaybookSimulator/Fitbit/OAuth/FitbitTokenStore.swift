import DaybookCore

/// All codes, consents and tokens of the application. Tokens are made from the seed and a counter.
struct FitbitTokenStore: Sendable {
  let seed: UInt64
  let clientID: String
  /// One for each person.
  private(set) var consents: [FitbitConsent]
  /// Person of each token that is remembered.
  private var owners: [String: Int] = [:]
  private var codes: [FitbitCode] = []
  private var counter = 0

  init(seed: UInt64, clientID: String, persons: Int) {
    self.seed = seed
    self.clientID = clientID
    consents = (0..<persons).map { FitbitConsent(person: $0) }
  }

  /// The account's id: six capitals and digits.
  func userID(_ person: Int) -> String {
    var random = Seeded(seed, person, 8)
    let alphabet = Array("23456789BCDFGHJKLMNPQRSTVWXYZ".utf8)
    let digits = (0..<6).map { _ in alphabet[random.below(alphabet.count)] }
    return String(decoding: digits, as: UTF8.self)
  }

  // MARK: Codes

  /// The text of the code, which this makes.
  mutating func add(_ code: FitbitCode) -> String {
    if codes.count >= SimLimits.pendingCodes { codes.removeFirst() }
    var code = code
    var random = random()
    code.text = random.hexText(40)
    codes.append(code)
    return code.text
  }

  func code(_ text: String) -> FitbitCode? { codes.first { $0.text == text } }

  /// Turns a code into the first pair of a consent; the refresh token before it is dead.
  mutating func redeem(_ code: FitbitCode, life: Duration, now: Instant) -> FitbitPair {
    if let index = codes.firstIndex(where: { $0.text == code.text }) {
      codes[index].isSpent = true
    }
    return issue(code.person, code.scopes, isConsent: true, life: life, now: now)
  }

  // MARK: Pairs

  /// The next pair after the current one.
  mutating func refresh(_ person: Int, life: Duration, now: Instant) -> FitbitPair {
    let scopes = consents[person].pairs.last?.scopes ?? []
    return issue(person, scopes, isConsent: false, life: life, now: now)
  }

  private mutating func issue(
    _ person: Int, _ scopes: [String], isConsent: Bool, life: Duration, now: Instant
  ) -> FitbitPair {
    var random = random()
    let pair = FitbitPair(
      access: webToken(person, scopes, now, now + life, &random), refresh: random.hexText(64),
      scopes: scopes, issued: now, expires: now + life, isConsent: isConsent)
    owners[pair.access] = person
    owners[pair.refresh] = person
    if let forgotten = consents[person].add(pair, now: now) {
      owners[forgotten.access] = nil
      owners[forgotten.refresh] = nil
    }
    return pair
  }

  private mutating func random() -> Seeded {
    counter += 1
    return Seeded(seed, counter, 9)
  }

  /// A JSON web token (RFC 7519), below the 1024 bytes of the facts.
  private func webToken(
    _ person: Int, _ scopes: [String], _ issued: Instant, _ expires: Instant,
    _ random: inout Seeded
  ) -> String {
    var payload = FitbitJSON(reserving: 256)
    payload.object {
      $0.text("aud", clientID)
      $0.text("sub", userID(person))
      $0.text("iss", "Fitbit")
      $0.text("typ", "access_token")
      $0.text("scopes", scopes.joined(separator: " "))
      $0.integer("exp", Int(expires.seconds))
      $0.integer("iat", Int(issued.seconds))
    }
    let signature = Array(random.hexText(32).utf8)
    let parts = [Array(#"{"alg":"HS256"}"#.utf8), payload.bytes, signature]
    return parts.map(Base64.urlSafe.encode).joined(separator: ".")
  }

  // MARK: Reading

  /// Whose token it is; nil when it is unknown, forgotten or revoked.
  func owner(_ token: String) -> Int? { owners[token] }

  /// The pair of an access token, expired or not.
  func pair(access: String) -> (person: Int, pair: FitbitPair)? {
    guard let person = owners[access],
      let pair = consents[person].pairs.last(where: { $0.access == access })
    else { return nil }
    return (person, pair)
  }

  mutating func use(access: String) {
    guard let person = owners[access] else { return }
    consents[person].use(access: access)
  }

  // MARK: Switches

  mutating func expireAll(_ now: Instant) {
    for i in consents.indices { consents[i].expire(now) }
  }

  /// Ends the consent of a person, or all; how many were alive.
  mutating func revoke(person: Int?) -> Int {
    var count = 0
    for i in consents.indices where person == nil || person == i {
      count += consents[i].pairs.isEmpty ? 0 : 1
      for pair in consents[i].pairs {
        owners[pair.access] = nil
        owners[pair.refresh] = nil
      }
      consents[i].revoke()
    }
    return count
  }
}
