import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthWriterTests {
  static let berlin = SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe)

  static func text(_ zone: SimZone = berlin, _ write: (inout HealthWriter) -> Void) -> String {
    var writer = HealthWriter(ZoneTrack(zone))
    write(&writer)
    return String(decoding: writer.out.bytes, as: UTF8.self)
  }

  static func at(_ time: String) -> Int { Int(moment(time).seconds) }

  @Test(
    "a date is three numbers",
    arguments: [
      ("2026-02-03", "{\"year\":2026,\"month\":2,\"day\":3}"),
      ("2019-12-31", "{\"year\":2019,\"month\":12,\"day\":31}"),
    ])
  func dates(date: String, expected: String) {
    #expect(Self.text { $0.out.date(day(date)) } == expected)
  }

  @Test("a number of 64 bits is a string", arguments: [0, 8_000, -5, 100_000_000_000_000_000])
  func int64(n: Int) {
    #expect(Self.text { $0.out.int64(n) } == "\"\(n)\"")
  }

  @Test(
    "physical times are in UTC",
    arguments: [
      "2026-02-03T07:15:00",
      "2026-02-03T00:00:00",
      "2020-12-31T23:59:59",
    ])
  func physical(time: String) {
    #expect(Self.text { $0.physical(Self.at(time)) } == "\"\(time)Z\"")
  }

  @Test("a writer that has written another day before writes the same")
  func memory() {
    let times = ["2026-02-03T07:15:00", "2026-02-04T07:15:00", "2026-02-03T07:16:00"]
    let together = Self.text { writer in
      for time in times {
        writer.physical(Self.at(time))
        writer.civil(Self.at(time))
      }
    }
    let apart = times.map { time in
      Self.text { writer in
        writer.physical(Self.at(time))
        writer.civil(Self.at(time))
      }
    }.joined()
    #expect(together == apart)
  }

  @Test(
    "offsets are durations",
    arguments: [
      (3_600, "\"3600s\""),
      (-18_000, "\"-18000s\""),
      (0, "\"0s\""),
      (19_800, "\"19800s\""),
    ])
  func offsets(seconds: Int, expected: String) {
    #expect(Self.text { $0.offset(seconds) } == expected)
  }

  @Test(
    "what is zero in a civil time is left out: midnight is an empty object",
    arguments: [
      ("2026-02-03T00:00:00", "{}"),
      ("2026-02-03T08:00:00", "{\"hours\":8}"),
      ("2026-02-03T00:15:00", "{\"minutes\":15}"),
      ("2026-02-03T00:00:07", "{\"seconds\":7}"),
      ("2026-02-03T08:15:00", "{\"hours\":8,\"minutes\":15}"),
      ("2026-02-03T23:00:59", "{\"hours\":23,\"seconds\":59}"),
      ("2026-02-03T23:59:59", "{\"hours\":23,\"minutes\":59,\"seconds\":59}"),
    ])
  func civil(time: String, expected: String) {
    let date = "{\"year\":2026,\"month\":2,\"day\":3}"
    #expect(
      Self.text { $0.civil(Self.at(time)) } == "{\"date\":\(date),\"time\":\(expected)}")
  }

  @Test("an interval is that of the facts")
  func interval() {
    let start = Self.at("2026-02-03T07:15:00")
    let expected =
      "\"interval\":{\"startTime\":\"2026-02-03T07:15:00Z\",\"startUtcOffset\":\"3600s\","
      + "\"endTime\":\"2026-02-03T07:16:00Z\",\"endUtcOffset\":\"3600s\","
      + "\"civilStartTime\":{\"date\":{\"year\":2026,\"month\":2,\"day\":3},"
      + "\"time\":{\"hours\":8,\"minutes\":15}},"
      + "\"civilEndTime\":{\"date\":{\"year\":2026,\"month\":2,\"day\":3},"
      + "\"time\":{\"hours\":8,\"minutes\":16}}}"
    #expect(Self.text { $0.interval(start, start + 60) } == expected)
  }

  @Test("each end has the offset of its moment")
  func change() {
    let start = Self.at("2026-03-29T00:59:00")
    let text = Self.text { $0.span(start, start + 120) }
    #expect(text.contains("\"startUtcOffset\":\"3600s\""))
    #expect(text.contains("\"endUtcOffset\":\"7200s\""))
  }

  @Test("a sample has one time in three forms")
  func sample() {
    let expected =
      "\"sampleTime\":{\"physicalTime\":\"2026-07-03T22:00:00Z\",\"utcOffset\":\"7200s\","
      + "\"civilTime\":{\"date\":{\"year\":2026,\"month\":7,\"day\":4},\"time\":{}}}"
    #expect(Self.text { $0.sampleTime(Self.at("2026-07-03T22:00:00")) } == expected)
  }
}
