import DaybookCore
import Glibc
import Testing

@testable import daybookd

@Suite("Secret files")
struct SecretFilesTests {
  private let folder = WorkFolder()

  /// What comes of one client whose secret is `source` (`client_secret: x`, say).
  private func read(
    _ source: String, credentials: String?
  ) throws -> (secret: String?, problems: [String]) {
    let text = "clients:\n  app:\n    provider: p\n    client_id: i\n    \(source)\n"
    let located = try SettingsFile.read(Array(text.utf8), file: "d.yaml").get()
    let found = files(credentials).clients(located)
    return (found.secrets["app"]?.expose(), found.problems.map(\.description))
  }

  private func files(_ credentials: String?) -> SecretFiles {
    SecretFiles(reader: TrustedFile(uid: geteuid()), credentials: credentials)
  }

  /// What comes of `source` (`token_key: x`, say).
  private func keyring(
    _ source: String, credentials: String?
  ) throws -> (keyring: TokenKeyring, problems: [String]) {
    let located = try SettingsFile.read(Array(source.utf8), file: "d.yaml").get()
    let found = files(credentials).keyring(located)
    return (found.keyring, found.problems.map(\.description))
  }

  private func write(_ name: String, _ text: String, mode: mode_t = 0o600) {
    folder.write(name, text)
    chmod(folder(name), mode)
  }

  @Test(
    "one line end is stripped, and the rest is the secret",
    arguments: [
      ("s3cret", "s3cret"), ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), (" a b ", " a b "),
    ])
  func content(text: String, secret: String) throws {
    write("name", text, mode: 0o400)
    #expect(try read("client_secret: name", credentials: folder.path) == (secret, []))
    #expect(try read("client_secret_file: \(folder("name"))", credentials: nil) == (secret, []))
  }

  @Test(
    "what is no secret is refused, and never shown",
    arguments: [
      ("", "is empty"), ("\n", "is empty"),
      ("hunter2\nhunter3\n", "must hold one line of printable ASCII and nothing else"),
      ("hunter2\0", "must hold one line of printable ASCII and nothing else"),
      ("hunter2é", "must hold one line of printable ASCII and nothing else"),
      (String(repeating: "x", count: Limits.tokenBytes + 1), "is too long for a secret"),
      (String(repeating: "x", count: Limits.tokenBytes + 9), "is too long for a secret"),
    ])
  func refused(text: String, reason: String) throws {
    write("name", text)
    let path = folder("name")
    let byFile = try read("client_secret_file: \(path)", credentials: nil)
    #expect(byFile == (nil, ["d.yaml:5:25: client 'app': \(path) \(reason)"]))
    let byName = try read("client_secret: name", credentials: folder.path)
    #expect(
      byName == (nil, ["d.yaml:5:20: client 'app': the credential that it names \(reason)"]))
  }

  @Test("a file that others may read is refused, a credential with an access list is not")
  func modes() throws {
    write("name", "s3cret", mode: 0o640)
    #expect(try read("client_secret: name", credentials: folder.path).secret == "s3cret")
    #expect(
      try read("client_secret_file: \(folder("name"))", credentials: folder.path).problems == [
        "d.yaml:5:25: client 'app': \(folder("name")) is open to others (mode 0640); run chmod 0600"
      ])
    chmod(folder("name"), 0o444)
    #expect(
      try read("client_secret: name", credentials: folder.path).problems == [
        "d.yaml:5:20: client 'app': the credential that it names is open to everybody (mode 0444)"
      ])
  }

  @Test("a credential that is not there says what to do, without its name: it may be the secret")
  func noCredential() throws {
    let missing = try read("client_secret: hunter2", credentials: folder.path).problems
    #expect(
      missing == [
        "d.yaml:5:20: client 'app': there is no credential of the name that 'client_secret' gives; "
          + "run: systemctl edit daybook, and add LoadCredential=NAME:PATH under [Service]"
      ])
    let nowhere = try read("client_secret: hunter2", credentials: nil).problems
    #expect(
      nowhere == [
        "d.yaml:5:20: client 'app': 'client_secret' names a systemd credential, and there are none "
          + "here; start the daemon by systemd with LoadCredential=NAME:PATH, or use "
          + "'client_secret_file'"
      ])
  }

  @Test("a client without a secret needs no file")
  func none() throws {
    #expect(try read("# none", credentials: nil) == (nil, []))
  }

  // MARK: Keys of tokens

  @Test("keys come from a credential or a file, and without either tokens are kept in the clear")
  func keys() throws {
    let line = Base64.standard.encode([UInt8](repeating: 1, count: 32))
    write("keys", "# of 2026\n\(line)\n")
    let ring = try TokenKeyring.parse(Array(line.utf8))
    #expect(try keyring("token_key: keys", credentials: folder.path) == (ring, []))
    #expect(try keyring("token_key_file: \(folder("keys"))", credentials: nil) == (ring, []))
    #expect(try keyring("fresh: 3h", credentials: folder.path) == (TokenKeyring(), []))
  }

  @Test("a key that cannot be had is a problem with its place, and shows nothing")
  func noKeys() throws {
    write("keys", "hunter2\n")
    let no = "line 1 is no key: 32 bytes in base64, as openssl rand -base64 32 makes"
    #expect(
      try keyring("fresh: 3h\ntoken_key: keys", credentials: folder.path).problems == [
        "d.yaml:2:12: the token key: the credential that it names \(no)"
      ])
    #expect(
      try keyring("token_key_file: \(folder("keys"))", credentials: nil).problems == [
        "d.yaml:1:17: the token key: \(folder("keys")) \(no)"
      ])
    #expect(
      try keyring("token_key: gone", credentials: nil).problems == [
        "d.yaml:1:12: the token key: 'token_key' names a systemd credential, and there are none "
          + "here; start the daemon by systemd with LoadCredential=NAME:PATH, or use "
          + "'token_key_file'"
      ])
    chmod(folder("keys"), 0o644)
    #expect(
      try keyring("token_key_file: \(folder("keys"))", credentials: nil).problems.first?.contains(
        "is open to others") == true)
  }
}
