extension Reader where Value == [ClientSettings] {
  static var clients: Reader {
    .named("clients") { entry, reading in
      Reader<ClientSettings>.keys("client \(quoted(entry.key))") { client(entry.key, $0) }
        .read(entry.value, reading)
    }
  }

  private static func client(_ name: String, _ map: MapDecoder) -> ClientSettings? {
    let provider = map.need("provider", .name)
    let id = map.need("client_id", .text)
    let secret = map.secret("client_secret")
    let testing = map.take("testing", .flag) ?? false
    guard let provider, let id else { return nil }
    var client = ClientSettings(name: name, provider: provider, clientID: id, secret: secret)
    client.testing = testing
    return client
  }
}

extension MapDecoder {
  /// One of the keys `KEY`, a systemd credential's name, and `KEY_file`, a path; nil: neither.
  func secret(_ key: String) -> SecretSource? {
    let credential = take(key, .credentialName(elseUnder: key + "_file"))
    let file = take(key + "_file", .absolutePath)
    if has(key), has(key + "_file") {
      log.report(
        "give one of '\(key)' and '\(key)_file', not both", at: position(of: key + "_file"))
    }
    return credential.map { .credential($0) } ?? file.map { .file($0) }
  }
}

extension Reader where Value == String {
  /// Name of a systemd credential. People paste the secret itself here: it must not be shown.
  fileprivate static func credentialName(elseUnder key: String) -> Reader {
    let expected =
      "the name of a systemd credential (LoadCredential=NAME:PATH), not the secret itself; "
      + "a file that holds it goes under '\(key)'"
    return .scalar(expected, showing: false) { text, _ in
      CredentialName.isValid(text) ? text : nil
    }
  }
}

/// Names of systemd credentials: 1 to 64 of `a-z A-Z 0-9 . _ -`, beginning with a letter or digit.
/// systemd allows more (systemd.exec(5)); what is allowed here cannot leave a folder.
public enum CredentialName {
  public static func isValid(_ text: String) -> Bool { Name.isValid(text.asciiLowercased) }
}

extension String {
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }, as: UTF8.self)
  }
}
