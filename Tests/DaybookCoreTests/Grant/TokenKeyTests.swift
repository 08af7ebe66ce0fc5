import Testing

@testable import DaybookCore

@Suite("Token key")
struct TokenKeyTests {
  private let key = TokenKey((0..<32).map { UInt8($0) })!
  private let other = TokenKey((1...32).map { UInt8($0) })!

  @Test("a key is 32 bytes", arguments: [0, 16, 31, 33])
  func length(_ count: Int) {
    #expect(TokenKey([UInt8](repeating: 7, count: count)) == nil)
  }

  @Test("what is written now opens in years: the form is that of AES-GCM elsewhere")
  func form() {
    // By Python's hmac and cryptography's AESGCM.
    #expect(key.id == "ac650739")
    let bytes = key.encrypt(Array("s3cret".utf8), for: "access")
    #expect(hex(bytes) == "4633c9d49cec1afff9a2c6e69007e50f7559166fe64208aa17388ed07c8533db23a5")
  }

  @Test("every length comes back as it was", arguments: [0, 1, 15, 16, 17, 4096, 16 << 10])
  func lengths(_ count: Int) {
    let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let bytes = key.encrypt(text, for: "answer")
    #expect(bytes.count == count + 28)
    #expect(key.decrypt(bytes, for: "answer") == text)
  }

  @Test("another key and another place open nothing")
  func elsewhere() {
    let bytes = key.encrypt([1, 2, 3], for: "access")
    #expect(other.decrypt(bytes, for: "access") == nil)
    #expect(key.decrypt(bytes, for: "refresh") == nil)
    #expect(key.encrypt([1, 2, 3], for: "refresh") != bytes)
  }

  @Test("every flipped bit and every cut is seen")
  func damage() {
    let bytes = key.encrypt(Array("token".utf8), for: "access")
    for bit in 0..<bytes.count * 8 {
      var damaged = bytes
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(key.decrypt(damaged, for: "access") == nil)
    }
    for count in 0..<bytes.count {
      #expect(key.decrypt(Array(bytes.prefix(count)), for: "access") == nil)
    }
  }

  @Test("texts that differ never share a nonce, and one text looks the same twice")
  func nonces() {
    let nonces = (0..<2000).map { number in
      Array(key.encrypt(Array("\(number)".utf8), for: "access").prefix(12))
    }
    #expect(Set(nonces).count == nonces.count)
    #expect(key.encrypt([9], for: "access") == key.encrypt([9], for: "access"))
  }

  @Test("nothing of a key is ever shown but its id")
  func shown() {
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(describing: key), String(reflecting: key), dumped] {
      #expect(text.contains("key \(key.id)") && text.count < 80)
    }
    #expect(key.id != other.id && key.id.count == 8)
  }
}
