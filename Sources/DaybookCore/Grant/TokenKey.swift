import CCrypto

/// A key that tokens are encrypted with at rest: AES-256-GCM (NIST SP 800-38D), by libcrypto.
///
/// The nonce is made from what is encrypted, by HMAC-SHA256 under a key of its own, as RFC 5297 §1
/// does it: nothing here needs chance, and that two texts share a nonce is as unlikely as that their
/// hashes agree in 96 bits. What is written twice looks the same twice, which tells nobody more than
/// that it did not change.
public struct TokenKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  private let cipherKey: [UInt8]
  private let nonceKey: [UInt8]
  /// Tells keys apart, in the rows and in the journal; says nothing about the key. 8 hexadecimal
  /// digits.
  public let id: String

  private static let nonceBytes = 12
  private static let tagBytes = 16

  /// Nil unless there are exactly 32 bytes.
  public init?(_ bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    func derived(_ purpose: String) -> [UInt8] {
      TokenKey.hmac(key: bytes, Array("daybook tokens: \(purpose)".utf8))
    }
    cipherKey = derived("cipher")
    nonceKey = derived("nonce")
    id = hex(derived("id")[..<4])
  }

  public var description: String { "key \(id)" }
  public var customMirror: Mirror { Mirror(self, children: []) }

  /// - Parameter place: where the text belongs; it opens nowhere else.
  /// - Returns: nonce, cipher text and tag.
  public func encrypt(_ text: [UInt8], for place: String) -> [UInt8] {
    let place = Array(place.utf8)
    let message = place + [0] + text
    let nonce = Array(TokenKey.hmac(key: nonceKey, message)[..<TokenKey.nonceBytes])
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    var out = [UInt8](repeating: 0, count: text.count)
    var tag = [UInt8](repeating: 0, count: TokenKey.tagBytes)
    var count: Int32 = 0
    // Sizes are ours: a failure of any step means that libcrypto is broken.
    precondition(
      EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, cipherKey, nonce) == 1
        && EVP_EncryptUpdate(context, nil, &count, place, Int32(place.count)) == 1
        && EVP_EncryptUpdate(context, &out, &count, text, Int32(text.count)) == 1
        && EVP_EncryptFinal_ex(context, nil, &count) == 1
        && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, Int32(tag.count), &tag) == 1,
      "AES-256-GCM failed")
    return nonce + out + tag
  }

  /// What was encrypted for this place; nil: by another key, for another place, or damaged.
  public func decrypt(_ bytes: [UInt8], for place: String) -> [UInt8]? {
    guard bytes.count >= TokenKey.nonceBytes + TokenKey.tagBytes else { return nil }
    let nonce = Array(bytes.prefix(TokenKey.nonceBytes))
    let text = Array(bytes.dropFirst(TokenKey.nonceBytes).dropLast(TokenKey.tagBytes))
    var tag = Array(bytes.suffix(TokenKey.tagBytes))
    let place = Array(place.utf8)
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    var out = [UInt8](repeating: 0, count: text.count)
    var count: Int32 = 0
    guard EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, cipherKey, nonce) == 1,
      EVP_DecryptUpdate(context, nil, &count, place, Int32(place.count)) == 1,
      EVP_DecryptUpdate(context, &out, &count, text, Int32(text.count)) == 1,
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, Int32(tag.count), &tag) == 1,
      EVP_DecryptFinal_ex(context, nil, &count) == 1
    else { return nil }
    return out
  }

  private static func hmac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 32)
    var count: UInt32 = 0
    precondition(
      HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &out, &count) != nil,
      "HMAC-SHA256 failed")
    return out
  }
}
