import Testing

@testable import DaybookCore

/// Writes TZif files for tests, whole or wrong.
struct TZifWriter {
  var version = UInt8(ascii: "2")
  var transitions: [(at: Int64, kind: UInt8)] = []
  var types: [Int32] = [0]
  var leapSeconds = 0
  var footer = "\n\n"
  var indicators: UInt32 = 0

  var bytes: [UInt8] {
    guard version != 0 else { return block(4) }
    // The first block of versions 2 and later may be empty but for its header.
    return header(0, 0, 0, 0) + block(8) + Array(footer.utf8)
  }

  private func header(_ times: Int, _ types: Int, _ chars: Int, _ leaps: Int) -> [UInt8] {
    let counts = [
      indicators, indicators, UInt32(leaps), UInt32(times), UInt32(types), UInt32(chars),
    ]
    let marks = types == 0 ? [0, 0] + counts.dropFirst(2) : counts
    return Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
      + marks.flatMap { big(Int64($0), 4) }
  }

  private func block(_ width: Int) -> [UInt8] {
    header(transitions.count, types.count, 4, leapSeconds)
      + transitions.flatMap { big($0.at, width) } + transitions.map(\.kind)
      + types.flatMap { big(Int64($0), 4) + [0, 0] } + Array("LMT\0".utf8)
      + [UInt8](repeating: 0, count: leapSeconds * (width + 4) + 2 * Int(indicators))
  }

  private func big(_ value: Int64, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * Int64(width - 1 - $0))) }
  }
}

@Suite("TZif: compiled zones, RFC 9636")
struct TZifTests {
  @Test("version 1 has short times and no rule", arguments: [0, 1])
  func version1(indicators: UInt32) throws {
    let file = TZifWriter(
      version: 0, transitions: [(-1_000, 1), (5_000, 0)], types: [60, -3_600],
      indicators: indicators)
    let zone = try Zone(name: "x", tzif: file.bytes)
    #expect(zone.transitions == [-1_000, 5_000])
    #expect(zone.offsets == [-3_600, 60])
    #expect(
      [-1_001, -1_000, 4_999, 5_000].map { zone.offset(at: Instant(seconds: $0)) } == [
        60, -3_600, -3_600, 60,
      ])
  }

  @Test("versions 2 to 4 have long times and a rule", arguments: ["2", "3", "4"])
  func later(version: Unicode.Scalar) throws {
    let file = TZifWriter(
      version: UInt8(ascii: version), transitions: [(-(1 << 40), 1), (1 << 33, 0)],
      types: [60, 120], footer: "\n<+05>-5\n", indicators: 2)
    let zone = try Zone(name: "x", tzif: file.bytes)
    #expect(zone.offset(at: Instant(seconds: -(1 << 41))) == 60)
    #expect(zone.offset(at: Instant(seconds: 0)) == 120)
    #expect(zone.offset(at: Instant(seconds: 1 << 33)) == 18_000)
  }

  @Test("without transitions the rule holds always, without a rule the first type")
  func noTransitions() throws {
    let ruled = try Zone(name: "x", tzif: TZifWriter(types: [7], footer: "\nEST5\n").bytes)
    #expect(ruled.offset(at: Instant(seconds: -1 << 40)) == -18_000)
    let bare = try Zone(name: "x", tzif: TZifWriter(types: [7]).bytes)
    #expect(bare.offset(at: Instant(seconds: 1 << 40)) == 7)
  }

  @Test("without a rule the last offset stays") func noRule() throws {
    let file = TZifWriter(transitions: [(100, 1)], types: [0, 3_600])
    let zone = try Zone(name: "x", tzif: file.bytes)
    #expect(zone.offset(at: Instant(seconds: 1 << 40)) == 3_600)
  }

  @Test("a file cut at any byte is refused", arguments: [UInt8(0), UInt8(ascii: "3")])
  func cut(version: UInt8) throws {
    let file = TZifWriter(
      version: version, transitions: [(0, 0), (10, 1)], types: [0, 60], footer: "\nEST5EDT,0,1\n",
      indicators: 1
    ).bytes
    _ = try Zone(name: "x", tzif: file)
    for length in 0..<file.count {
      #expect(throws: ZoneFault.self, "cut to \(length)") {
        try Zone(name: "x", tzif: Array(file[..<length]))
      }
    }
  }

  @Test(
    "what is wrong is named",
    arguments: [
      (TZifWriter(leapSeconds: 1), .leapSeconds), (TZifWriter(types: []), .format),
      (TZifWriter(version: UInt8(ascii: "1")), .format), (TZifWriter(version: 7), .format),
      (TZifWriter(transitions: [(5, 0), (5, 0)]), .order),
      (TZifWriter(transitions: [(5, 0), (4, 0)]), .order),
      (TZifWriter(transitions: [(5, 1)]), .order), (TZifWriter(types: [93_600]), .offset),
      (TZifWriter(types: [-90_000]), .offset), (TZifWriter(types: [.min]), .offset),
      (TZifWriter(footer: "\nnonsense\n"), .footer), (TZifWriter(footer: "EST5\n"), .footer),
      (TZifWriter(footer: "\nEST5"), .cut),
    ] as [(TZifWriter, ZoneFault)])
  func faults(file: TZifWriter, fault: ZoneFault) {
    #expect(throws: fault) { try Zone(name: "x", tzif: file.bytes) }
  }

  @Test("other bytes are refused") func noZone() {
    #expect(throws: ZoneFault.cut) { try Zone(name: "x", tzif: []) }
    #expect(throws: ZoneFault.format) {
      try Zone(name: "x", tzif: Array("# A text of more than forty-four bytes, no zone".utf8))
    }
  }

  @Test("counts larger than the file do no harm") func hugeCounts() {
    var file = TZifWriter(version: 0).bytes
    for place in 20..<44 { file[place] = 0xFF }
    for place in 28..<32 { file[place] = 0 }
    #expect(throws: ZoneFault.cut) { try Zone(name: "x", tzif: file) }
  }

  @Test("random damage never traps") func damage() {
    let seed = Seed()
    var random = seed.random
    let good = TZifWriter(
      transitions: [(0, 0), (10, 1)], types: [0, 60], footer: "\nCET-1CEST,M3.5.0,M10.5.0/3\n"
    ).bytes
    for _ in 0..<2_000 {
      var file = good
      for _ in 0...2 {
        file[Int.random(in: 0..<file.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      guard let zone = try? Zone(name: "x", tzif: file) else { continue }
      let day = zone.day(at: Instant(seconds: 1_466_208_000))
      #expect(zone.start(of: day) <= Instant(seconds: 1_466_208_000), "\(seed)")
    }
  }
}
