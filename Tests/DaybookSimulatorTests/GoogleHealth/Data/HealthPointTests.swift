import Testing

@testable import DaybookSimulator

struct HealthPointTests {
  @Test(
    "the later point is listed first, of two at a time the one of the phone",
    arguments: [
      (50, 0, 100, 0, true),
      (100, 0, 50, 0, false),
      (100, 0, 100, 1, true),
      (100, 1, 100, 0, false),
      (100, 0, 100, 0, false),
      (100, 0, 50, 1, false),
      (100, 1, .max, .max, true),
    ])
  func order(start: Int, source: Int, place: Int, placeSource: Int, isBehind: Bool) {
    let point = HealthPoint(start: start, end: start + 60, block: 0, source: source)
    #expect(point.isListed(behind: place, placeSource) == isBehind)
  }

  @Test(
    "streams of the night are known when it is over",
    arguments: HealthStream.allCases)
  func night(stream: HealthStream) {
    let night: [HealthStream] = [
      .heartRateVariability, .oxygenSaturation, .respiratoryRate, .sleep, .restingHeartRate,
      .dailyHeartRateVariability, .dailyOxygenSaturation, .dailyRespiratoryRate,
    ]
    #expect(stream.isOfNight == night.contains(stream))
    #expect(!stream.isDaily || stream.isOfNight)
  }

  @Test("each stream is of one type")
  func types() {
    for stream in HealthStream.allCases {
      #expect(HealthDataType.all.count { $0.stream == stream } == 1, "\(stream)")
    }
  }
}
