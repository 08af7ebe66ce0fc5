/// Numbers that look random and are a function of the seed alone (splitmix64, Steele et al. 2014).
public struct Seeded: Hashable, Sendable {
  private var state: UInt64

  /// A stream of numbers for one purpose: `(seed, day, what)`.
  public init(_ seed: UInt64, _ a: Int = 0, _ b: Int = 0) {
    state = seed
    state = next() ^ UInt64(bitPattern: Int64(a)) &* 0xD1B5_4A32_D192_ED03
    state = next() ^ UInt64(bitPattern: Int64(b)) &* 0xABC9_8388_FB8F_AC03
  }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0 ..< n; 0 when n is not positive.
  public mutating func below(_ n: Int) -> Int {
    n <= 0 ? 0 : Int(truncatingIfNeeded: next() >> 1) % n
  }

  public mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True with this probability.
  public mutating func chance(_ probability: Double) -> Bool {
    Double(next() >> 11) * 0x1p-53 < probability
  }

  /// Lower-case hexadecimal digits: tokens and codes.
  public mutating func hexText(_ digits: Int) -> String {
    let alphabet = Array("0123456789abcdef".utf8)
    var out: [UInt8] = []
    var word: UInt64 = 0
    for i in 0..<digits {
      if i % 16 == 0 { word = next() }
      out.append(alphabet[Int(word & 15)])
      word >>= 4
    }
    return String(decoding: out, as: UTF8.self)
  }
}
