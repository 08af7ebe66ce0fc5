/// User name and password of a form sign-in: the secret that renews its session.
public struct FormCredentials: Hashable, Sendable {
  private let user: Secret
  private let password: Secret

  public init(user: Secret, password: Secret) {
    self.user = user
    self.password = password
  }

  /// Why they cannot be; nil when they may be right.
  public var complaint: String? {
    for (name, secret) in [("user name", user), ("password", password)] {
      if secret.isEmpty { return "the \(name) is empty" }
      let text = secret.expose()
      if text.count > Limits.credentialCharacters { return "the \(name) is too long" }
      if text.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
        return "the \(name) has a character that nobody can type"
      }
    }
    return nil
  }

  /// The body of the form: user name and password, what the page gave, and the constants.
  func body(_ spec: FormSpec, _ echoed: [Field]) -> Secret {
    Secret(
      formEncoded(
        [Field(spec.user, user.expose()), Field(spec.password, password.expose())] + echoed
          + spec.fields))
  }

  /// As it is kept with the grant.
  public var stored: Secret {
    let pair = JSONValue.array([.string(user.expose()), .string(password.expose())])
    return Secret(String(decoding: pair.encoded, as: UTF8.self))
  }

  /// Nil for what ``stored`` never gives.
  public init?(stored: Secret) {
    guard let pair = (try? JSONValue(parsing: Array(stored.expose().utf8)))?.array,
      pair.count == 2, let user = pair[0].string, let password = pair[1].string
    else { return nil }
    self.init(user: Secret(user), password: Secret(password))
  }
}
