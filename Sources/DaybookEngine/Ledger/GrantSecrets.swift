import DaybookCore

/// The columns of a grant's row that nobody else may read, as they are stored: in the clear, or
/// encrypted and in base64.
struct GrantSecrets: Hashable {
  var access: String
  var refresh: String?
  var previous: String?
  /// The token answer as received; encrypted it is bytes as well.
  var answer: [UInt8]?

  /// `self` is in the clear. Each column is encrypted for its own place: none can be put into
  /// another's.
  func encrypted(with key: TokenKey?) -> GrantSecrets {
    guard let key else { return self }
    func text(_ text: String, _ place: String) -> String {
      Base64.standard.encode(key.encrypt(Array(text.utf8), for: place))
    }
    return GrantSecrets(
      access: text(access, "access"), refresh: refresh.map { text($0, "refresh") },
      previous: previous.map { text($0, "previous") },
      answer: answer.map { key.encrypt($0, for: "answer") })
  }

  /// Nil: this key did not encrypt it, or it is damaged.
  func decrypted(with key: TokenKey) -> GrantSecrets? {
    func text(_ text: String, _ place: String) -> String? {
      Base64.standard.decode(text).flatMap { key.decrypt($0, for: place) }
        .map { String(decoding: $0, as: UTF8.self) }
    }
    guard let access = text(access, "access") else { return nil }
    var out = GrantSecrets(access: access)
    out.refresh = refresh.flatMap { text($0, "refresh") }
    out.previous = previous.flatMap { text($0, "previous") }
    out.answer = answer.flatMap { key.decrypt($0, for: "answer") }
    let isWhole =
      (out.refresh == nil) == (refresh == nil) && (out.previous == nil) == (previous == nil)
      && (out.answer == nil) == (answer == nil)
    return isWhole ? out : nil
  }
}
