import DaybookCore

/// One person's permission for the client: a line of token pairs, each generation replacing the
/// one before.
struct MovesGrant: Sendable {
  var person: Int
  /// Sorted as they were asked for.
  var scopes: [String]
  var generation = 0
  var isRevoked = false
  /// The newest generation whose access token has been used.
  var usedGeneration = 0
  /// Newest last.
  var refreshTokens: [RefreshToken] = []

  struct RefreshToken: Hashable, Sendable {
    var text: String
    var generation: Int
    /// When it was first exchanged for a newer one.
    var supersededAt: Instant?
  }

  /// May this refresh token still be exchanged?
  func accepts(_ token: RefreshToken, grace: RefreshGrace, now: Instant) -> Bool {
    guard !isRevoked else { return false }
    guard let since = token.supersededAt else { return true }
    return switch grace {
    case .none: false
    case .seconds(let n): now - since < .seconds(n)
    case .untilUsed: usedGeneration <= token.generation
    }
  }

  /// Replaces whatever refresh token is current.
  mutating func rotate(to text: String, now: Instant) {
    for i in refreshTokens.indices where refreshTokens[i].supersededAt == nil {
      refreshTokens[i].supersededAt = now
    }
    generation += 1
    refreshTokens.append(RefreshToken(text: text, generation: generation, supersededAt: nil))
    if refreshTokens.count > SimLimits.rememberedTokens { refreshTokens.removeFirst() }
  }
}

/// An access token that was given out.
struct AccessToken: Hashable, Sendable {
  var grant: Int
  var generation: Int
  var issued: Instant
  var expires: Instant
}

/// A code on its way from the browser to the client.
struct PendingCode: Hashable, Sendable {
  var text: String
  var person: Int
  var scopes: [String]
  /// Nil: the authorize request named none.
  var redirectURI: String?
  var expires: Instant
  /// The grant it was exchanged for.
  var spent: Int?
}
