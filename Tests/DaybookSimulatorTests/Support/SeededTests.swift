import Testing

@testable import DaybookSimulator

struct SeededTests {
  @Test("the same seed gives the same numbers, another one others")
  func replay() {
    var a = Seeded(7, 3, 1)
    var b = Seeded(7, 3, 1)
    let first = (0..<100).map { _ in a.next() }
    let second = (0..<100).map { _ in b.next() }
    #expect(first == second)
    #expect(Set(first).count == 100)
    for other in [Seeded(8, 3, 1), Seeded(7, 4, 1), Seeded(7, 3, 2), Seeded(7, -3, 1)] {
      var other = other
      let number = other.next()
      #expect(number != first[0])
    }
  }

  @Test("numbers stay below, within and without traps at the edges")
  func ranges() {
    var random = Seeded(1)
    for _ in 0..<1_000 {
      let below = random.below(7)
      let within = random.within(-3...3)
      #expect((0..<7).contains(below))
      #expect((-3...3).contains(within))
    }
    let edges = [random.below(1), random.below(0), random.below(-5), random.within(4...4)]
    #expect(edges == [0, 0, 0, 4])
  }

  @Test("every value of a small range comes up")
  func coverage() {
    var random = Seeded(2)
    let seen = Set((0..<200).map { _ in random.below(6) })
    #expect(seen == Set(0..<6))
  }

  @Test("a chance is as large as it says", arguments: [0.0, 0.05, 0.5, 0.95, 1.0])
  func chance(probability: Double) {
    var random = Seeded(3)
    let hits = (0..<20_000).count { _ in random.chance(probability) }
    #expect(abs(Double(hits) / 20_000 - probability) < 0.015)
  }

  @Test("hexadecimal text has the length asked for", arguments: [0, 1, 15, 16, 17, 40, 64])
  func hex(count: Int) {
    var random = Seeded(4)
    let text = random.hexText(count)
    #expect(text.utf8.count == count)
    #expect(text.allSatisfy { "0123456789abcdef".contains($0) })
  }

  @Test(
    "the numbers are those of a second implementation",
    arguments: [
      (0, 0, 0, [0x2382_75BC_38FC_BE91, 0xF89A_2566_B582_2C54]),
      (1, 2, 3, [0x2DD7_D2D8_6544_889D, 0x6226_41E9_D2C0_5AFF]),
      (7, 3, 1, [0x3444_00CB_F6D7_7EB9, 0x064F_2528_8669_D35A]),
      (.max, -1, -2, [0x2304_2117_3881_A1FE, 0xEEBA_9714_7BF9_0A0A]),
    ] as [(UInt64, Int, Int, [UInt64])])
  func reference(seed: UInt64, a: Int, b: Int, expected: [UInt64]) {
    var random = Seeded(seed, a, b)
    let numbers = expected.map { _ in random.next() }
    #expect(numbers == expected)
  }
}
