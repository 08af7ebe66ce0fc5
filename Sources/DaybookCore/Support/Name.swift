/// Names of accounts, streams, providers and clients: `^[a-z0-9][a-z0-9._-]{0,63}$`. They become
/// folder names, so nothing else may.
public enum Name {
  public static let rule = "a name is 1 to 64 of a-z 0-9 . _ - and begins with a letter or digit"

  /// The folder at the top of the archive that is no account's: no account may have this name.
  public static let quarantine = "quarantine"

  public static func isValid(_ text: String) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, isLetterOrDigit(first), bytes.count <= 64 else { return false }
    return bytes.allSatisfy {
      isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: "-")
    }
  }

  private static func isLetterOrDigit(_ b: UInt8) -> Bool {
    (b >= 97 && b <= 122) || (b >= 48 && b <= 57)
  }
}
