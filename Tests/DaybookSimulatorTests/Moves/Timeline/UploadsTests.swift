import Testing

@testable import DaybookSimulator

struct UploadsTests {
  static let start = 1_524_657_600

  @Test("the last upload is never in the future and at most four hours old", arguments: 0..<10)
  func last(seed: UInt64) {
    let uploads = Uploads(seed: seed)
    for t in stride(from: Self.start, to: Self.start + 86_400, by: 97) {
      let last = uploads.last(upTo: t)
      #expect(last <= t && t - last < 14_400, "seed \(seed)")
      #expect(uploads.last(upTo: last) == last)
    }
  }

  @Test("the first upload from a moment on is never before it", arguments: 0..<10)
  func first(seed: UInt64) {
    let uploads = Uploads(seed: seed)
    for t in stride(from: Self.start, to: Self.start + 86_400, by: 97) {
      let first = uploads.first(from: t)
      #expect(first >= t && first - t < 14_400, "seed \(seed)")
      #expect(uploads.first(from: first) == first)
    }
  }

  @Test("between two uploads there is none")
  func neighbours() {
    let uploads = Uploads(seed: 3)
    for t in stride(from: Self.start, to: Self.start + 86_400, by: 601) {
      let last = uploads.last(upTo: t)
      let next = uploads.first(from: last + 1)
      #expect(next > t)
      #expect(uploads.last(upTo: next - 1) == last)
    }
  }

  @Test("a device may hand over as often as it likes")
  func period() {
    let uploads = Uploads(seed: 7, period: 900, spread: 600)
    for t in stride(from: Self.start, to: Self.start + 86_400, by: 97) {
      let last = uploads.last(upTo: t)
      #expect(last <= t && t - last < 1_800)
      #expect(last % 900 < 600)
    }
  }
}
