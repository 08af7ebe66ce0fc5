import DaybookCore

/// Tokens at rest are encrypted with the first key that the operator gives. A grant whose key is not
/// given is locked: its account waits, its row stays, and the key's return opens it again.
extension Engine {
  /// Why these keys cannot take the place of those that are in use; nil: they can.
  func refusal(of new: TokenKeyring) throws(DatabaseError) -> String? {
    let used = try book.keysInUse().filter { book.keyring.key($0) != nil }.sorted()
    guard new.isEmpty, let id = used.first else { return nil }
    return "token_key: tokens are encrypted with key \(id), which would be given no more; to keep "
      + "them in the clear, put the line 'plain' above it, reload, then leave token_key out"
  }

  /// Everything that opened is under the new keys before the old ones are forgotten.
  func change(to new: TokenKeyring) throws(DatabaseError) {
    book.keyring = new.opening(whatOpened: book.keyring)
    for lane in roster.all where lane.lockedBy != nil {
      try loadGrant(lane)
      roster.wake(lane)
      touch(lane)
    }
    try encryptTokens(.reloaded)
    book.keyring = new
  }

  /// What is not written under the current key is now. Says so, and what stays locked.
  func encryptTokens(_ message: Message) throws(DatabaseError) {
    let written = try book.encryptAnew()
    if written > 0 {
      let how = book.keyring.current.map { "encrypted with \($0)" } ?? "in the clear"
      log(message, "the tokens of \(count(written, "account")) are kept \(how) now")
    }
    for lane in roster.all {
      guard let reason = lane.lockedReason, lane.record.sealedAt == nil else { continue }
      log(
        .signInNeeded, "\(reason); give the key again, or run: daybook login \(lane.name)",
        lane: lane)
    }
  }
}

extension Lane {
  /// Why somebody must sign in; nil: nobody has to, as far as is known.
  var signInReason: String? { record.signInReason ?? lockedReason }

  var lockedReason: String? {
    lockedBy.map { "its tokens are encrypted with key \($0), which token_key does not give" }
  }
}
