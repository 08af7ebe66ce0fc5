import DaybookCore
import Testing

@Suite("SeededRandom: SplitMix64")
struct SeededRandomTests {
  @Test("the published numbers of seed 1234567") func vector() {
    var random = SeededRandom(seed: 1_234_567)
    let numbers = (0..<5).map { _ in random.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("the same seed repeats, another differs") func seeds() {
    var one = SeededRandom(seed: 1)
    var copy = one
    var other = SeededRandom(seed: 2)
    let numbers = (0..<100).map { _ in one.next() }
    #expect(numbers == (0..<100).map { _ in copy.next() })
    #expect(numbers != (0..<100).map { _ in other.next() })
    #expect(Set(numbers).count == 100)
  }

  @Test("it spreads evenly enough for jitter") func spread() {
    var random = SeededRandom(seed: 42)
    var buckets = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 { buckets[Int.random(in: 0..<10, using: &random)] += 1 }
    #expect(buckets.allSatisfy { (850...1_150).contains($0) })
  }
}
