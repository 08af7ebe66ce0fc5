/// What an answer says to be over.
public enum EndClaim: CaseIterable, Sendable {
  /// A row of the provider file calls it past reach: this day.
  case day
  /// 410, and no row explains it: this day, or everything.
  case bare
  /// A row of the provider file says so: the service.
  case service

  /// Nil: the answer speaks of no end.
  public init?(_ verdict: Verdict, isExplained: Bool) {
    switch verdict {
    case .pastReach: self = isExplained ? .day : .bare
    case .ended: self = .service
    case .good, .empty, .unchanged, .narrower, .staleToken, .deadGrant, .denied, .limited,
      .pageChanged, .later, .bug:
      return nil
    }
  }

  /// What is done about it. A service that ends takes its token endpoint along, so where there is
  /// a refresh token that endpoint is asked before anything is given up:
  ///
  /// | the answer says      | no refresh token     | not asked lately | refreshed lately |
  /// | -------------------- | -------------------- | ---------------- | ---------------- |
  /// | past reach, by a row | the day is beyond    | the day is beyond | the day is beyond |
  /// | 410, and no more     | beyond, and counted  | ask              | the day is beyond |
  /// | ended, by a row      | seal                 | ask              | later            |
  public func step(_ token: TokenWord) -> EndStep {
    switch (self, token) {
    case (.day, .none), (.day, .unasked), (.day, .alive), (.bare, .alive): .beyond
    case (.bare, .none): .beyondCounted
    case (.bare, .unasked), (.service, .unasked): .askTokens
    case (.service, .none): .seal
    case (.service, .alive): .later
    }
  }
}

/// What the token endpoint says of the service.
public enum TokenWord: CaseIterable, Sendable {
  /// There is no refresh token to ask with.
  case none
  case unasked
  /// It has refreshed a token a short while ago.
  case alive
}

public enum EndStep: Hashable, Sendable {
  /// The provider can no longer give the day.
  case beyond
  /// The same; for three streams over a day it is the provider that is gone.
  case beyondCounted
  /// Refresh the token: that says which of both it is. The day is asked again after it.
  case askTokens
  case seal
  case later
}
