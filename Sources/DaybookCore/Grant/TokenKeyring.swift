/// The keys that tokens at rest are encrypted with, as the operator's file lists them: new tokens
/// are written with the first, the others still open what they closed. A new key is a new first
/// line; the old one can go once everything has been written anew.
public struct TokenKeyring: Hashable, Sendable {
  /// What new tokens are encrypted with; nil: they are written as they are.
  public private(set) var current: TokenKey?
  private var keys: [TokenKey] = []

  /// No keys: tokens are written as they are.
  public init() {}

  public var isEmpty: Bool { keys.isEmpty }

  public func key(_ id: String) -> TokenKey? { keys.first { $0.id == id } }

  /// This ring's first key before all keys of both: what was written under the old one still opens.
  public func opening(whatOpened old: TokenKeyring) -> TokenKeyring {
    var ring = self
    ring.keys += old.keys.filter { key($0.id) == nil }
    return ring
  }

  /// Lines of 32 bytes in base64, as `openssl rand -base64 32` prints them; empty lines and those
  /// that begin with `#` are passed over. `plain` as the first line: from now on tokens are written
  /// as they are.
  ///
  /// - Throws: what is wrong, with the line's number and nothing of its text.
  public static func parse(_ bytes: [UInt8]) throws(SourceFile.Unreadable) -> TokenKeyring {
    var ring = TokenKeyring()
    var writesPlain = false
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in zip(1..., lines) {
      let text = TokenKeyring.trimmed(line)
      if text.isEmpty || text.hasPrefix("#") { continue }
      if text == "plain", ring.isEmpty, !writesPlain {
        writesPlain = true
        continue
      }
      guard let key = Base64.standard.decode(text).flatMap({ TokenKey($0) }) else {
        throw .init(
          "line \(number) is no key: 32 bytes in base64, as openssl rand -base64 32 makes")
      }
      guard ring.key(key.id) == nil else { throw .init("line \(number) repeats a key") }
      ring.keys.append(key)
    }
    guard !ring.isEmpty else { throw .init("holds no key; openssl rand -base64 32 makes one") }
    ring.current = writesPlain ? nil : ring.keys.first
    return ring
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> String {
    let space: Set<UInt8> = [0x20, 0x09, 0x0D]
    let text = line.drop { space.contains($0) }.reversed().drop { space.contains($0) }.reversed()
    return String(decoding: Array(text), as: UTF8.self)
  }
}
