import DaybookCore

/// One person's consent and the pairs of tokens it gave, each refresh token replacing the one
/// before. Access tokens live until they expire, also when newer ones exist.
struct FitbitConsent: Hashable, Sendable {
  let person: Int
  /// Newest last; none when nothing was agreed or the consent was revoked.
  private(set) var pairs: [FitbitPair] = []

  init(person: Int) { self.person = person }

  /// What becomes of a refresh token.
  enum Outcome: Hashable {
    /// It is the current one.
    case exchange
    /// The same answer again.
    case repeated(FitbitPair)
    case dead
  }

  func outcome(of refresh: String, grace: RefreshGrace, now: Instant) -> Outcome {
    guard let index = pairs.firstIndex(where: { $0.refresh == refresh }) else { return .dead }
    guard index + 1 < pairs.count else { return .exchange }
    let next = pairs[index + 1]
    guard !next.isConsent, let since = pairs[index].exchanged else { return .dead }
    let lives =
      switch grace {
      case .none: false
      case .seconds(let n): now - since < .seconds(n)
      case .untilUsed: !next.isUsed
      }
    return lives ? .repeated(next) : .dead
  }

  /// Replaces the current refresh token; the pair that is forgotten for it, if any.
  mutating func add(_ pair: FitbitPair, now: Instant) -> FitbitPair? {
    if !pair.isConsent, let last = pairs.indices.last {
      pairs[last].exchanged = now
      pairs[last].isUsed = true
    }
    pairs.append(pair)
    return pairs.count > SimLimits.rememberedTokens ? pairs.removeFirst() : nil
  }

  mutating func use(access: String) {
    guard let index = pairs.firstIndex(where: { $0.access == access }) else { return }
    pairs[index].isUsed = true
  }

  mutating func expire(_ now: Instant) {
    for i in pairs.indices { pairs[i].expires = min(pairs[i].expires, now) }
  }

  mutating func revoke() { pairs = [] }
}

/// An access token and the refresh token that came with it.
struct FitbitPair: Hashable, Sendable {
  var access: String
  var refresh: String
  /// In the order asked for.
  var scopes: [String]
  var issued: Instant
  var expires: Instant
  /// It came from a code: the first of a consent.
  var isConsent: Bool
  /// When the refresh token was exchanged for the next pair.
  var exchanged: Instant?
  /// One of both has been used.
  var isUsed = false
}

/// A code on its way from the browser to the client.
struct FitbitCode: Hashable, Sendable {
  var text: String
  var person: Int
  var scopes: [String]
  /// Nil: the authorize request named none.
  var redirectURI: String?
  var challenge: PKCEChallenge?
  var expires: Instant
  var isSpent = false
}

/// What the client must prove with the code (RFC 7636).
enum PKCEChallenge: Hashable, Sendable {
  case plain(String)
  case sha256(String)

  /// Nil: a method that does not exist, or a challenge of another length than 43 to 128 or with
  /// other than unreserved characters.
  init?(_ challenge: String, method: String?) {
    guard PKCEChallenge.isWellFormed(challenge) else { return nil }
    switch method {
    case nil, "plain": self = .plain(challenge)
    case "S256": self = .sha256(challenge)
    default: return nil
    }
  }

  func admits(_ verifier: String) -> Bool {
    guard PKCEChallenge.isWellFormed(verifier) else { return false }
    return switch self {
    case .plain(let challenge): verifier == challenge
    case .sha256(let challenge):
      Base64.urlSafe.encode(SHA256.digest(Array(verifier.utf8)).bytes) == challenge
    }
  }

  private static func isWellFormed(_ text: String) -> Bool {
    (43...128).contains(text.utf8.count) && FormText.encoded(text) == text
  }
}
