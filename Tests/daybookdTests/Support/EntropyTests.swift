import Testing

@testable import daybookd

@Suite struct EntropyTests {
  @Test("as many bytes come as are asked for", arguments: [0, 1, 8, 255, 256, 257, 1 << 20])
  func count(count: Int) { #expect(Entropy.bytes(count).count == count) }

  @Test("no two calls give the same, and no byte stays as it was made")
  func different() {
    let draws = (0..<1_000).map { _ in Entropy.bytes(16) }
    #expect(Set(draws).count == draws.count)
    for place in 0..<16 { #expect(Set(draws.map { $0[place] }).count > 100, "byte \(place)") }
    // Past 256 bytes the kernel may give less than was asked for at once.
    let long = Entropy.bytes(100_000)
    #expect(long.suffix(1_000).contains { $0 != 0 })
  }

  @Test("numbers use all their bits")
  func numbers() {
    let numbers = (0..<1_000).map { _ in Entropy.number() }
    #expect(Set(numbers).count == numbers.count)
    #expect(numbers.reduce(0, |) == .max)
    #expect(numbers.reduce(.max, &) == 0)
  }
}
