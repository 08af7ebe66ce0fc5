import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Grant secrets")
struct GrantSecretsTests {
  private let key = TokenKey([UInt8](repeating: 1, count: 32))!
  private static let full = GrantSecrets(
    access: "a", refresh: "r", previous: "p", answer: Array("{\"access_token\":\"a\"}".utf8))

  @Test(
    "every column comes back, and what is missing stays missing",
    arguments: [
      full, GrantSecrets(access: "a"), GrantSecrets(access: "", refresh: ""),
      GrantSecrets(access: "a", answer: []), GrantSecrets(access: "ä", previous: "p"),
    ])
  func columns(_ secrets: GrantSecrets) {
    let stored = secrets.encrypted(with: key)
    #expect(stored != secrets && stored.decrypted(with: key) == secrets)
    #expect((stored.refresh == nil) == (secrets.refresh == nil))
    #expect(secrets.encrypted(with: nil) == secrets)
  }

  @Test("one damaged or swapped column locks the whole row")
  func damage() {
    let stored = Self.full.encrypted(with: key)
    for change in [
      { $0.access = "AAAA" }, { $0.refresh = "no base64" }, { $0.previous = $0.refresh },
      { $0.answer = [1] }, { $0.access = $0.previous! },
    ] as [(inout GrantSecrets) -> Void] {
      var changed = stored
      change(&changed)
      #expect(changed.decrypted(with: key) == nil)
    }
    #expect(stored.decrypted(with: TokenKey([UInt8](repeating: 2, count: 32))!) == nil)
  }
}
