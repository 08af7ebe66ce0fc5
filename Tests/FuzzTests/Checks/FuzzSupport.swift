@testable import DaybookCore

/// Choices that a check makes beside the bytes, the same ones for the same bytes: where they are
/// cut, what is looked for in them. So a file of the corpus is the text itself and nothing else.
func choices(_ bytes: [UInt8]) -> SeededRandom {
  // FNV-1a.
  SeededRandom(
    seed: bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
}

/// The bytes in pieces, cut at up to four places.
func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
  var random = choices(bytes)
  let cuts = (0..<4).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
  return zip([0] + cuts, cuts + [bytes.count]).map { bytes[$0..<$1] }
}

func text(_ bytes: some Sequence<UInt8>) -> String { String(decoding: Array(bytes), as: UTF8.self) }

/// A moment and clocks that every run has.
let someDay = Day(number: 17_000)
let someMoment = Instant(seconds: 1_480_000_000)
let someNow = Now(wall: someMoment, boot: BootTime(microseconds: 1_000_000_000))
