import DaybookCore
import Glibc

/// Reads the clients' secrets, from systemd's credentials or from files. Nothing of a secret, and
/// no credential's name (people paste the secret there), ever reaches a message.
struct ClientSecrets {
  var reader: TrustedFile
  /// systemd's folder of credentials; nil: not run by systemd, or the unit loads none.
  var credentials: String?

  /// By client name, and one problem for each secret that cannot be had.
  func read(_ located: LocatedSettings) -> (secrets: [String: Secret], problems: [Problem]) {
    var secrets: [String: Secret] = [:]
    var problems: [Problem] = []
    for client in located.settings.clients {
      guard let source = client.secret else { continue }
      switch secret(source) {
      case .success(let secret): secrets[client.name] = secret
      case .failure(let refusal):
        let key = ClientSecrets.key(of: source)
        let position = located.position(of: ["clients", client.name, key])
        let message = "client '\(client.name)': \(refusal.reason)"
        problems.append(Problem(file: located.file, position: position, message: message))
      }
    }
    return (secrets, problems)
  }

  private static func key(of source: ClientSettings.SecretSource) -> String {
    switch source {
    case .credential: "client_secret"
    case .file: "client_secret_file"
    }
  }

  private func secret(
    _ source: ClientSettings.SecretSource
  ) -> Result<Secret, SourceFile.Unreadable> {
    switch source {
    case .file(let path):
      return content(path, .secret)
        .mapError { SourceFile.Unreadable("\(path) \($0.reason)") }
    case .credential(let name):
      guard let credentials else {
        return .failure(
          .init(
            "'client_secret' names a systemd credential, and there are none here; "
              + "start the daemon by systemd with LoadCredential=NAME:PATH, "
              + "or use 'client_secret_file'"))
      }
      guard access("\(credentials)/\(name)", F_OK) == 0 else {
        return .failure(
          .init(
            "there is no credential of the name that 'client_secret' gives; "
              + "run: systemctl edit daybook, and add LoadCredential=NAME:PATH under [Service]"))
      }
      return content("\(credentials)/\(name)", .credential)
        .mapError { SourceFile.Unreadable("the credential that it names \($0.reason)") }
    }
  }

  private func content(
    _ path: String, _ kind: TrustedFile.Kind
  ) -> Result<Secret, SourceFile.Unreadable> {
    reader.read(path, as: kind, limit: Limits.tokenBytes).flatMap(ClientSecrets.line)
  }

  /// One line of printable ASCII (VSCHAR of RFC 6749 appendix A.2), its end stripped.
  private static func line(_ bytes: [UInt8]) -> Result<Secret, SourceFile.Unreadable> {
    var text = bytes[...]
    if text.last == UInt8(ascii: "\n") { text = text.dropLast() }
    if text.last == UInt8(ascii: "\r") { text = text.dropLast() }
    if text.isEmpty { return .failure(.init("is empty")) }
    if text.count > Limits.tokenBytes { return .failure(.init("is too long for a secret")) }
    guard text.allSatisfy({ $0 >= 32 && $0 < 127 }) else {
      return .failure(.init("must hold one line of printable ASCII and nothing else"))
    }
    return .success(Secret(String(decoding: text, as: UTF8.self)))
  }
}
