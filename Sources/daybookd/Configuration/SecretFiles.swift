import DaybookCore
import Glibc

/// Reads what the settings only name: the clients' secrets and the keys of tokens, from systemd's
/// credentials or from files. Nothing of a secret, and no credential's name (people paste the secret
/// there), ever reaches a message.
struct SecretFiles {
  var reader: TrustedFile
  /// systemd's folder of credentials; nil: not run by systemd, or the unit loads none.
  var credentials: String?

  /// By client name, and one problem for each secret that cannot be had.
  func clients(_ located: LocatedSettings) -> (secrets: [String: Secret], problems: [Problem]) {
    var secrets: [String: Secret] = [:]
    var problems: [Problem] = []
    for client in located.settings.clients {
      guard let source = client.secret else { continue }
      do throws(SourceFile.Unreadable) {
        secrets[client.name] = try content(source, "client_secret", SecretFiles.line)
      } catch {
        let path = ["clients", client.name, SecretFiles.key(of: source, "client_secret")]
        let message = "client '\(client.name)': \(error.reason)"
        problems.append(
          Problem(file: located.file, position: located.position(of: path), message: message))
      }
    }
    return (secrets, problems)
  }

  /// The keys of tokens at rest; none, and a problem, when they are named and cannot be had.
  func keyring(_ located: LocatedSettings) -> (keyring: TokenKeyring, problems: [Problem]) {
    guard let source = located.settings.tokenKey else { return (TokenKeyring(), []) }
    do throws(SourceFile.Unreadable) {
      return (try content(source, "token_key", TokenKeyring.parse), [])
    } catch {
      let position = located.position(of: [SecretFiles.key(of: source, "token_key")])
      let message = "the token key: \(error.reason)"
      return (
        TokenKeyring(), [Problem(file: located.file, position: position, message: message)]
      )
    }
  }

  private static func key(of source: SecretSource, _ key: String) -> String {
    switch source {
    case .credential: key
    case .file: key + "_file"
    }
  }

  /// What a secret's file holds, as `parse` understands it.
  ///
  /// - Parameter key: of the settings, that names a credential.
  private func content<Value>(
    _ source: SecretSource, _ key: String,
    _ parse: ([UInt8]) throws(SourceFile.Unreadable) -> Value
  ) throws(SourceFile.Unreadable) -> Value {
    let path: String
    let kind: TrustedFile.Kind
    let what: String
    switch source {
    case .file(let file): (path, kind, what) = (file, .secret, file)
    case .credential(let name):
      path = try credential(name, key)
      (kind, what) = (.credential, "the credential that it names")
    }
    do throws(SourceFile.Unreadable) {
      return try parse(reader.read(path, as: kind, limit: Limits.tokenBytes).get())
    } catch {
      throw .init("\(what) \(error.reason)")
    }
  }

  /// The path of a credential that is there.
  private func credential(
    _ name: String, _ key: String
  ) throws(SourceFile.Unreadable) -> String {
    guard let credentials else {
      throw .init(
        "'\(key)' names a systemd credential, and there are none here; "
          + "start the daemon by systemd with LoadCredential=NAME:PATH, "
          + "or use '\(key)_file'")
    }
    let path = "\(credentials)/\(name)"
    guard access(path, F_OK) == 0 else {
      throw .init(
        "there is no credential of the name that '\(key)' gives; "
          + "run: systemctl edit daybook, and add LoadCredential=NAME:PATH under [Service]")
    }
    return path
  }

  /// One line of printable ASCII (VSCHAR of RFC 6749 appendix A.2), its end stripped.
  private static func line(_ bytes: [UInt8]) throws(SourceFile.Unreadable) -> Secret {
    var text = bytes[...]
    if text.last == UInt8(ascii: "\n") { text = text.dropLast() }
    if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
    if text.isEmpty { throw .init("is empty") }
    if text.count > Limits.tokenBytes { throw .init("is too long for a secret") }
    guard text.allSatisfy({ $0 >= 32 && $0 < 127 }) else {
      throw .init("must hold one line of printable ASCII and nothing else")
    }
    return Secret(String(decoding: text, as: UTF8.self))
  }
}
