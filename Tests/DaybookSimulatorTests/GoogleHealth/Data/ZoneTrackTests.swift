import DaybookCore
import Testing

@testable import DaybookSimulator

struct ZoneTrackTests {
  static let berlin = SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe)
  static let tokyo = SimZone(id: "Asia/Tokyo", standard: 32_400)
  static let utc = SimZone(id: "UTC", standard: 0)

  static func at(_ text: String) -> Int { Int(moment(text).seconds) }

  @Test("who stays at home has the zone's offsets")
  func home() {
    var track = ZoneTrack(Self.berlin)
    let cases: [(String, Int)] = [
      ("2026-01-15T12:00:00", 3_600),
      ("2026-03-29T00:59:59", 3_600),
      ("2026-03-29T01:00:00", 7_200),
      ("2026-07-15T12:00:00", 7_200),
      ("2026-10-25T00:59:59", 7_200),
      ("2026-10-25T01:00:00", 3_600),
      ("2021-07-15T12:00:00", 7_200),
    ]
    for (time, offset) in cases {
      #expect(track.offset(at: Self.at(time)) == offset, "\(time)")
    }
    #expect(track.current == Self.berlin)
  }

  @Test("every moment keeps the offset that held when it was now")
  func travel() {
    var track = ZoneTrack(Self.berlin)
    let leaving = Self.at("2026-07-10T10:00:00")
    let returning = Self.at("2026-07-20T10:00:00")
    track.move(to: Self.tokyo, at: leaving)
    #expect(track.current == Self.tokyo)
    track.move(to: Self.berlin, at: returning)
    let cases: [(Int, Int)] = [
      (leaving - 1, 7_200),
      (leaving, 32_400),
      (returning - 1, 32_400),
      (returning, 7_200),
      (Self.at("2026-12-01T00:00:00"), 3_600),
      (Self.at("2020-12-01T00:00:00"), 3_600),
      (leaving + 86_400, 32_400),
      (leaving - 86_400, 7_200),
    ]
    for (time, offset) in cases + cases.reversed() {
      #expect(track.offset(at: time) == offset, "\(time)")
    }
    #expect(track.stays.count == 3)
  }

  @Test("an arrival before the last one counts as that")
  func order() {
    var track = ZoneTrack(Self.utc)
    track.move(to: Self.tokyo, at: 1_000)
    track.move(to: Self.berlin, at: 500)
    #expect(track.offset(at: 999) == 0)
    #expect(track.offset(at: 1_000) == 3_600)
  }

  @Test("the civil clock is the physical one and the offset")
  func civil() {
    var track = ZoneTrack(Self.utc)
    track.move(to: Self.tokyo, at: 86_400)
    #expect(track.civil(86_399) == 86_399)
    #expect(track.civil(86_400) == 86_400 + 32_400)
  }

  @Test("a remembered span is no other answer than a fresh one", arguments: 0..<10)
  func memory(seed: UInt64) {
    var random = Seeded(seed)
    var track = ZoneTrack(Self.berlin)
    var t = Self.at("2025-01-01T00:00:00")
    for _ in 0..<6 {
      t += random.below(100 * 86_400)
      track.move(to: SimZone.known[random.below(SimZone.known.count)], at: t)
    }
    let fresh = track
    for _ in 0..<500 {
      let time = Self.at("2025-01-01T00:00:00") + random.below(600 * 86_400)
      var other = fresh
      #expect(track.offset(at: time) == other.offset(at: time), "seed \(seed)")
    }
  }
}
