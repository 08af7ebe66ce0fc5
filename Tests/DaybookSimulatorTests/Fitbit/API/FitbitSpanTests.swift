import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSpanTests {
  static let today = day("2024-06-18")

  /// What a path below `/1/user/-` asks for, or the field that is wrong.
  static func read(_ path: String, version: String = "1") -> Result<FitbitSpan, FitbitError> {
    guard let endpoint = FitbitEndpoint("/\(version)/user/-\(path)".split(separator: "/")) else {
      return .failure(.unknownEndpoint)
    }
    do throws(FitbitError) {
      return .success(try FitbitSpan(endpoint, today: today))
    } catch {
      return .failure(error)
    }
  }

  static func span(_ path: String) -> FitbitSpan? {
    if case .success(let span) = read(path) { span } else { nil }
  }

  @Test("one date is one day, two are a range")
  func days() {
    let one = Self.span("/hrv/date/2024-02-29/all.json")
    #expect(one?.days == day("2024-02-29")...day("2024-02-29"))
    #expect(one?.isByDate == true)
    let two = Self.span("/hrv/date/2024-02-01/2024-02-29/all.json")
    #expect(two?.days == day("2024-02-01")...day("2024-02-29"))
    #expect(two?.isByDate == false)
    #expect(Self.span("/hrv/date/2024-06-01/today/all.json")?.days.upperBound == Self.today)
    #expect(Self.span("/profile.json")?.days == Self.today...Self.today)
  }

  /// The path of a range of so many days for each kind of data.
  static func path(_ data: FitbitData, days: Int) -> (path: String, version: String) {
    let end = "2024-06-18"
    let start = (today - (days - 1)).description
    return switch data {
    case .series(let resource): ("/activities/\(resource.rawValue)/date/\(start)/\(end).json", "1")
    case .heart: ("/activities/heart/date/\(start)/\(end).json", "1")
    case .sleep: ("/sleep/date/\(start)/\(end).json", "1.2")
    case .weight: ("/body/log/weight/date/\(start)/\(end).json", "1")
    case .saturation: ("/spo2/date/\(start)/\(end)/all.json", "1")
    case .breathing: ("/br/date/\(start)/\(end)/all.json", "1")
    default: ("/hrv/date/\(start)/\(end)/all.json", "1")
    }
  }

  @Test(
    "the largest range is let through, one day more is not",
    arguments: [
      .series(.steps), .series(.activityCalories), .heart, .sleep, .weight, .saturation,
      .breathing, .variability,
    ] as [FitbitData])
  func longest(data: FitbitData) {
    let good = Self.path(data, days: data.longest)
    guard case .success(let span) = Self.read(good.path, version: good.version) else {
      Issue.record("refused: \(good)")
      return
    }
    #expect(span.days.upperBound - span.days.lowerBound + 1 == data.longest)
    let long = Self.path(data, days: data.longest + 1)
    guard case .failure(let error) = Self.read(long.path, version: long.version) else {
      Issue.record("let through: \(long)")
      return
    }
    #expect(error.status == 400 && error.type == .validation && error.field == "endDate")
  }

  @Test(
    "what is wrong with a range or a detail is a validation of its field",
    arguments: [
      ("/hrv/date/2024-02-30/all.json", "date"), ("/hrv/date/yesterday/all.json", "date"),
      ("/hrv/date/2024-6-1/all.json", "date"), ("/hrv/date/20240601/all.json", "date"),
      ("/hrv/date/2024-06-02/2024-06-01/all.json", "endDate"),
      ("/activities/steps/date/2024-06-01/1w/1min.json", "date"),
      ("/activities/steps/date/2024-06-01/1d/1sec.json", "detailLevel"),
      ("/activities/heart/date/2024-06-01/1d/2min.json", "detailLevel"),
      ("/activities/heart/date/2024-06-01/2024-06-02/1min.json", "endDate"),
      ("/activities/steps/date/2024-06-01/1d/1min/time/10:00/24:00.json", "endTime"),
      ("/activities/steps/date/2024-06-01/1d/1min/time/1:00/2:00.json", "startTime"),
      ("/activities/steps/date/2024-06-01/1d/1min/time/10:00/09:59.json", "endTime"),
      ("/activities/steps/date/2024-06-01/2024-06-02/1min/time/10:00/10:00.json", "endDate"),
    ])
  func wrong(path: String, field: String) {
    guard case .failure(let error) = Self.read(path) else {
      Issue.record("let through")
      return
    }
    #expect(error.status == 400)
    #expect(error.type == .validation)
    #expect(error.field == field)
  }

  @Test(
    "details are slots of so many seconds",
    arguments: [
      ("heart", "1sec", 1), ("heart", "1min", 60), ("steps", "1min", 60), ("steps", "5min", 300),
      ("calories", "15min", 900),
    ])
  func slots(resource: String, detail: String, seconds: Int) {
    let span = Self.span("/activities/\(resource)/date/2024-06-01/1d/\(detail).json")
    #expect(span?.slot == seconds)
    #expect(span?.seconds == 0..<86_400)
  }

  @Test(
    "times of day cut the span, the minute of the end included",
    arguments: [
      ("2024-06-01/1d/1min/time/10:00/11:00", 36_000..<39_660),
      ("2024-06-01/1d/1min/time/00:00/23:59", 0..<86_400),
      ("2024-06-01/1d/1min/time/10%3A00/10%3A00", 36_000..<36_060),
      ("2024-06-01/2024-06-02/1min/time/22:00/05:59", 79_200..<108_000),
    ])
  func clock(rest: String, seconds: Range<Int>) {
    #expect(Self.span("/activities/steps/date/\(rest).json")?.seconds == seconds)
  }

  @Test("a span over midnight has a part in each of its days")
  func parts() {
    let span = Self.span(
      "/activities/steps/date/2024-06-01/2024-06-02/1min/time/22:00/05:59.json")
    #expect(span?.minutes(of: day("2024-06-01")) == 1_320..<1_440)
    #expect(span?.minutes(of: day("2024-06-02")) == 0..<360)
    #expect(span?.seconds(of: day("2024-06-02")) == 0..<21_600)
  }
}
