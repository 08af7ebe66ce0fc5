import Testing

@testable import DaybookCore

@Suite("Token keyring")
struct TokenKeyringTests {
  private static func line(_ byte: UInt8) -> String {
    Base64.standard.encode([UInt8](repeating: byte, count: 32))
  }
  private static func key(_ byte: UInt8) -> TokenKey {
    TokenKey([UInt8](repeating: byte, count: 32))!
  }

  private func parse(_ text: String) throws -> TokenKeyring {
    try TokenKeyring.parse(Array(text.utf8))
  }

  @Test(
    "the first key writes, all open; blank lines, notes and line ends of any kind are passed over",
    arguments: [
      "\(line(1))\n\(line(2))\n", "\(line(1))\r\n\(line(2))",
      "\n# new\n \(line(1)) \n#old\n\t\(line(2))\n\n",
    ])
  func order(_ text: String) throws {
    let ring = try parse(text)
    #expect(ring.current == Self.key(1) && !ring.isEmpty)
    #expect(ring.key(Self.key(1).id) == Self.key(1))
    #expect(ring.key(Self.key(2).id) == Self.key(2))
    #expect(ring.key(Self.key(3).id) == nil)
  }

  @Test("'plain' above the keys: nothing is encrypted any more, everything opens")
  func plain() throws {
    let ring = try parse("plain\n\(Self.line(1))\n")
    #expect(ring.current == nil && !ring.isEmpty)
    #expect(ring.key(Self.key(1).id) == Self.key(1))
  }

  @Test(
    "what is no key names its line and shows nothing of it",
    arguments: [
      ("", "holds no key; openssl rand -base64 32 makes one"),
      ("# only a note\n", "holds no key; openssl rand -base64 32 makes one"),
      ("plain\n", "holds no key; openssl rand -base64 32 makes one"),
      ("hunter2\n", "line 1 is no key: 32 bytes in base64, as openssl rand -base64 32 makes"),
      (
        "\(line(1))\n\nhunter2",
        "line 3 is no key: 32 bytes in base64, as openssl rand -base64 32 makes"
      ),
      (
        "\(line(1))\nplain\n",
        "line 2 is no key: 32 bytes in base64, as openssl rand -base64 32 makes"
      ),
      (
        "AAAA\n", "line 1 is no key: 32 bytes in base64, as openssl rand -base64 32 makes"
      ),
      ("\(line(1))\n\(line(2))\n\(line(1))\n", "line 3 repeats a key"),
    ])
  func refused(text: String, reason: String) {
    let error = #expect(throws: SourceFile.Unreadable.self) { try parse(text) }
    #expect(error?.reason == reason)
  }

  @Test("while keys change, the new one writes and the old ones open")
  func change() throws {
    let old = try parse("\(Self.line(1))\n\(Self.line(2))\n")
    let new = try parse("\(Self.line(3))\n\(Self.line(2))\n")
    let both = new.opening(whatOpened: old)
    #expect(both.current == Self.key(3))
    for byte: UInt8 in 1...3 { #expect(both.key(Self.key(byte).id) == Self.key(byte)) }
    #expect(TokenKeyring().opening(whatOpened: old).current == nil)
  }
}
