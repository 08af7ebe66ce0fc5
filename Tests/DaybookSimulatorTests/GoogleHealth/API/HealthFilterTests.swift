import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthFilterTests {
  static func type(_ name: String) -> HealthDataType {
    HealthDataType.named(name) ?? HealthDataType.all[0]
  }

  static func filter(_ text: String, _ name: String) throws -> HealthFilter {
    try HealthFilter(text, type(name))
  }

  static let midnight = day("2026-02-03").number * 86_400

  @Test(
    "each kind of record has its members, both comparators, and AND",
    arguments: [
      ("steps", "steps.interval.start_time >= \"2026-02-03T00:00:00Z\""),
      ("steps", "steps.interval.start_time < \"2026-02-03T00:00:00.5+01:00\""),
      ("steps", "steps.interval.civil_start_time >= \"2026-02-03\""),
      ("steps", "steps.interval.civil_start_time < \"2026-02-03T10:30:00\""),
      ("heart-rate", "heart_rate.sample_time.physical_time >= \"2026-02-03T00:00:00Z\""),
      ("weight", "weight.sample_time.civil_time < \"2026-02-03\""),
      ("daily-resting-heart-rate", "daily_resting_heart_rate.date >= \"2026-02-03\""),
      ("exercise", "exercise.interval.civil_start_time >= \"2026-02-03\""),
      ("sleep", "sleep.interval.end_time < \"2026-02-03T00:00:00Z\""),
      ("sleep", "sleep.interval.civil_end_time >= \"2026-02-03\""),
      ("electrocardiogram", "electrocardiogram.interval.start_time >= \"2026-02-03T00:00:00Z\""),
    ])
  func accepted(name: String, text: String) throws {
    #expect(try Self.filter(text, name).factors.count == 1)
    #expect(try Self.filter("\(text) AND \(text)", name).factors.count == 2)
  }

  @Test(
    "what is wrong has its reason",
    arguments: [
      // Bad expressions.
      ("steps", "steps.interval.start_time >=", "MISSING_TOKEN"),
      ("steps", "steps.interval.start_time", "MISSING_TOKEN"),
      ("steps", "steps.interval.civil_start_time >= \"2026-02-03\" AND", "MISSING_TOKEN"),
      ("steps", ">= \"2026-02-03\"", "UNEXPECTED_TOKEN"),
      ("steps", "\"2026-02-03\" <= steps.interval.start_time", "UNEXPECTED_TOKEN"),
      ("steps", "AND", "UNEXPECTED_TOKEN"),
      ("steps", "steps.interval.civil_start_time >= 2026-02-03", "UNEXPECTED_TOKEN"),
      ("steps", "steps.interval.civil_start_time \"2026-02-03\"", "UNEXPECTED_TOKEN"),
      (
        "steps", "steps.interval.civil_start_time >= \"2026-02-03\" \"2026-02-04\"",
        "UNEXPECTED_TOKEN"
      ),
      ("steps", "steps.interval.civil_start_time >= \"2026-02-03\" and", "UNEXPECTED_TOKEN"),
      ("steps", "steps.interval.civil_start_time >= \"2026-02-03", "SYNTAX"),
      ("steps", "(steps.interval.civil_start_time >= \"2026-02-03\")", "SYNTAX"),
      // Operators.
      ("steps", "steps.interval.civil_start_time > \"2026-02-03\"", "UNEXPECTED_TOKEN"),
      ("steps", "steps.interval.civil_start_time <= \"2026-02-03\"", "UNEXPECTED_TOKEN"),
      ("steps", "steps.interval.civil_start_time = \"2026-02-03\"", "UNEXPECTED_TOKEN"),
      (
        "steps",
        "steps.interval.civil_start_time < \"2026-02-03\" OR "
          + "steps.interval.civil_start_time >= \"2026-02-05\"", "UNEXPECTED_TOKEN"
      ),
      (
        "electrocardiogram", "electrocardiogram.interval.start_time < \"2026-02-03T00:00:00Z\"",
        "UNEXPECTED_TOKEN"
      ),
      // No type in front.
      ("steps", "interval.civil_start_time >= \"2026-02-03\"", "RESTRICTION_COMPARABLE"),
      ("steps", "civil_start_time >= \"2026-02-03\"", "RESTRICTION_COMPARABLE"),
      // Another spelling of the type, or another type.
      (
        "heart-rate", "heart-rate.sample_time.civil_time >= \"2026-02-03\"",
        "DATA_TYPE_RESTRICTION"
      ),
      (
        "heart-rate", "heartRate.sample_time.civil_time >= \"2026-02-03\"",
        "DATA_TYPE_RESTRICTION"
      ),
      ("steps", "weight.sample_time.civil_time >= \"2026-02-03\"", "DATA_TYPE_RESTRICTION"),
      // Members that the type does not have.
      ("steps", "steps >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      ("steps", "steps.interval.startTime >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      ("steps", "steps.interval.civil_end_time >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      ("steps", "steps.sample_time.civil_time >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      ("steps", "steps.count >= \"5\"", "DATA_TYPE_MEMBER"),
      ("weight", "weight.interval.start_time >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      ("sleep", "sleep.interval.start_time >= \"2026-02-03T00:00:00Z\"", "DATA_TYPE_MEMBER"),
      ("sleep", "sleep.interval.civil_start_time >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      (
        "exercise", "exercise.interval.start_time >= \"2026-02-03T00:00:00Z\"",
        "DATA_TYPE_MEMBER"
      ),
      ("exercise", "exercise.interval.civil_end_time >= \"2026-02-03\"", "DATA_TYPE_MEMBER"),
      (
        "daily-resting-heart-rate",
        "daily_resting_heart_rate.sample_time.civil_time >= \"2026-02-03\"", "DATA_TYPE_MEMBER"
      ),
      // Literals of another clock.
      ("steps", "steps.interval.start_time >= \"2026-02-03\"", "SYNTAX"),
      ("steps", "steps.interval.civil_start_time >= \"2026-02-03T00:00:00Z\"", "SYNTAX"),
      ("steps", "steps.interval.civil_start_time >= \"2026-02-30\"", "SYNTAX"),
      (
        "daily-resting-heart-rate", "daily_resting_heart_rate.date >= \"2026-02-03T00:00:00\"",
        "SYNTAX"
      ),
      ("steps", "steps.interval.civil_start_time >= \"\"", "SYNTAX"),
    ])
  func refused(name: String, text: String, reason: String) {
    let fault = #expect(throws: HealthFault.self) { try Self.filter(text, name) }
    #expect(fault?.reason == "INVALID_DATA_POINT_FILTER_" + reason)
    #expect(fault?.code == 400)
    #expect(fault?.status == "INVALID_ARGUMENT")
  }

  @Test("no filter lets everything through")
  func none() throws {
    var zones = ZoneTrack(SimZone(id: "UTC", standard: 0))
    for text in ["", "  "] {
      let filter = try Self.filter(text, "steps")
      #expect(filter.factors.isEmpty)
      #expect(filter.matches(HealthPoint(start: 5, end: 6, block: 0), &zones))
      #expect(filter.bounds == (Int.min, Int.max))
      #expect(filter.days == nil)
    }
  }

  @Test(
    "literals are read to the second, rounded up",
    arguments: [
      ("2026-02-03", .civil, 0),
      ("2026-02-03T01:00:00", .civil, 3_600),
      ("2026-02-03", .date, 0),
      ("2026-02-03T01:00:00Z", .physical, 3_600),
      ("2026-02-03T01:00:00+01:00", .physical, 0),
      ("2026-02-03T00:00:00.000001Z", .physical, 1),
      ("2026-02-03T00:00:00.9Z", .physical, 1),
    ] as [(String, HealthMember.Clock, Int)])
  func literals(text: String, clock: HealthMember.Clock, seconds: Int) {
    #expect(HealthFilter.seconds(text, clock) == Self.midnight + seconds)
  }

  @Test(
    "lower bounds are closed, upper ones open",
    arguments: [
      (-1, false),
      (0, true),
      (1, true),
      (86_399, true),
      (86_400, false),
    ])
  func bounds(second: Int, passes: Bool) throws {
    var zones = ZoneTrack(SimZone(id: "UTC", standard: 0))
    let start = Self.midnight + second
    let point = HealthPoint(start: start, end: start + 60, block: 0)
    for (member, a, b) in [
      ("start_time", "2026-02-03T00:00:00Z", "2026-02-04T00:00:00Z"),
      ("civil_start_time", "2026-02-03", "2026-02-04T00:00:00"),
    ] {
      let name = "steps.interval.\(member)"
      let filter = try Self.filter("\(name) >= \"\(a)\" AND \(name) < \"\(b)\"", "steps")
      #expect(filter.matches(point, &zones) == passes)
    }
  }

  @Test("civil members follow the civil clock, physical ones do not")
  func clocks() throws {
    var zones = ZoneTrack(SimZone(id: "Asia/Tokyo", standard: 32_400))
    let point = HealthPoint(start: Self.midnight - 32_400, end: Self.midnight, block: 0)
    let civil = try Self.filter("steps.interval.civil_start_time >= \"2026-02-03\"", "steps")
    let physical = try Self.filter("steps.interval.start_time >= \"2026-02-03T00:00:00Z\"", "steps")
    #expect(civil.matches(point, &zones))
    #expect(!physical.matches(point, &zones))
  }

  @Test("sleep is compared by its end, daily values by their date")
  func others() throws {
    var zones = ZoneTrack(SimZone(id: "UTC", standard: 0))
    let night = HealthPoint(start: Self.midnight - 7_200, end: Self.midnight + 9, block: 0)
    let sleep = try Self.filter("sleep.interval.civil_end_time >= \"2026-02-03\"", "sleep")
    #expect(sleep.matches(night, &zones))
    let date = "daily_resting_heart_rate.date"
    let daily = try Self.filter(
      "\(date) >= \"2026-02-03\" AND \(date) < \"2026-02-04\"", "daily-resting-heart-rate")
    for (number, passes) in [(-1, false), (0, true), (1, false)] {
      let point = HealthPoint(start: 0, end: 0, block: day("2026-02-03").number + number)
      #expect(daily.matches(point, &zones) == passes)
    }
  }

  @Test("OR binds closer than AND")
  func or() throws {
    var zones = ZoneTrack(SimZone(id: "UTC", standard: 0))
    let end = "sleep.interval.civil_end_time"
    let filter = try Self.filter(
      "\(end) < \"2026-02-05\" AND \(end) < \"2026-02-03\" OR \(end) >= \"2026-02-04\"", "sleep")
    #expect(filter.factors.map(\.count) == [1, 2])
    for (offset, passes) in [(-1, true), (0, false), (1, true), (2, false)] {
      let t = Self.midnight + offset * 86_400
      let point = HealthPoint(start: t - 9, end: t, block: 0)
      #expect(filter.matches(point, &zones) == passes)
    }
  }

  @Test("the bounds hold every point that passes", arguments: 0..<20)
  func hull(seed: UInt64) throws {
    var random = Seeded(seed)
    for _ in 0..<200 {
      var zones = ZoneTrack(SimZone.known[random.below(SimZone.known.count)])
      let first = day("2026-02-01") + random.below(20)
      let last = first + random.within(1...5)
      let end = "sleep.interval.civil_end_time"
      let filter = try Self.filter("\(end) >= \"\(first)\" AND \(end) < \"\(last)\"", "sleep")
      let t = Self.midnight + random.within(-10...30) * 86_400 + random.below(86_400)
      let point = HealthPoint(start: t - random.below(86_400), end: t, block: 0)
      guard filter.matches(point, &zones) else { continue }
      #expect(filter.bounds.from <= point.start && point.start < filter.bounds.to)
    }
  }

  @Test("with both bounds it is known which days are asked for")
  func days() throws {
    let filter = try Self.filter(
      GoogleHealthClient.on("2026-02-03", "steps.interval.civil_start_time"), "steps")
    #expect(filter.days == day("2026-02-03").number...day("2026-02-03").number)
    let open = try Self.filter("steps.interval.civil_start_time < \"2026-02-03\"", "steps")
    #expect(open.days == nil)
  }
}
