/// What an answer says about when to come back.
public enum Refusal {
  /// `Retry-After` (RFC 9110 §10.2.3), seconds or date, only of a 429 or 503. A date is taken
  /// relative to the answer's own `Date`. At least a second, at most ``Limits/toldWait``; nil for
  /// what is neither, a negative number included.
  public static func retryAfter(status: Int, headers: [Field], now: Now) -> Duration? {
    guard status == 429 || status == 503, let text = headers.first(named: "retry-after") else {
      return nil
    }
    if let seconds = wholeNumber(text) { return .seconds(min(max(seconds, 1), Limits.toldWait)) }
    guard let moment = Instant(httpDate: text) else { return nil }
    let wait = moment - serverClock(headers, now: now)
    return min(max(wait, .seconds(1)), .seconds(Limits.toldWait))
  }

  /// The civil time of an answer as its server sees it, which may be far from ours.
  static func serverClock(_ headers: [Field], now: Now) -> Instant {
    headers.first(named: "date").flatMap { Instant(httpDate: $0) } ?? now.wall
  }
}

/// Digits alone, with blanks around them; more than 18 of them are the greatest number.
func wholeNumber(_ text: some StringProtocol) -> Int64? {
  let isBlank: (UInt8) -> Bool = { $0 == 32 || $0 == 9 }
  let digits = Array(text.utf8.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
  guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
  return decimal(digits).map { Int64($0) } ?? .max
}

extension [Field] {
  /// The value of the first header of this name, given in lower case.
  func first(named name: String) -> String? { first { $0.name == name }?.value }
}
