import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthBodyTests {
  static func body(_ text: String) throws -> HealthBody {
    try #require(HealthBody(Array(text.utf8)))
  }

  @Test("only an object is a body", arguments: ["", "[]", "5", "{", "{\"a\":}", "{} x", "null"])
  func none(text: String) {
    #expect(HealthBody(Array(text.utf8)) == nil)
  }

  @Test("members are read by their types")
  func members() throws {
    let body = try Self.body("{\"a\":\"x\",\"b\":5,\"c\":\"7\",\"d\":{\"e\":1},\"f\":true}")
    #expect(body.names == ["a", "b", "c", "d", "f"])
    #expect(body.text("a") == "x")
    #expect(body.text("b") == nil)
    #expect(body.integer("b") == 5)
    #expect(body.integer("c") == 7, "numbers may be strings")
    #expect(body.integer("a") == nil)
    #expect(body.object("d")?.integer("e") == 1)
    #expect(body.object("f") == nil)
    #expect(body.has("f") && !body.has("g"))
  }

  @Test(
    "a civil date-time has a date, and a time of which anything may be missing",
    arguments: [
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3}}", 0),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3},\"time\":{}}", 0),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3},\"time\":{\"hours\":8}}", 28_800),
      (
        "{\"time\":{\"minutes\":5,\"seconds\":7},\"date\":{\"day\":3,\"month\":2,\"year\":2026}}",
        307
      ),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":30}}", nil),
      ("{\"date\":{\"year\":2026,\"month\":2}}", nil),
      ("{\"date\":\"2026-02-03\"}", nil),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3},\"time\":{\"hours\":24}}", nil),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3},\"time\":{\"minutes\":60}}", nil),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3},\"time\":{\"hours\":\"x\"}}", nil),
      ("{\"date\":{\"year\":2026,\"month\":2,\"day\":3},\"time\":5}", nil),
      ("{}", nil),
    ] as [(String, Int?)])
  func civil(text: String, second: Int?) throws {
    let body = try Self.body("{\"start\":\(text)}")
    #expect(body.civil("start") == second.map { day("2026-02-03").number * 86_400 + $0 })
  }

  @Test(
    "durations are seconds",
    arguments: [
      ("\"3600s\"", 3_600),
      ("\"1s\"", 1),
      ("\"-5s\"", -5),
      ("\"3600\"", nil),
      ("\"1h\"", nil),
      ("\"s\"", nil),
      ("3600", nil),
    ] as [(String, Int?)])
  func durations(text: String, seconds: Int?) throws {
    #expect(try Self.body("{\"a\":\(text)}").duration("a") == seconds)
  }

  @Test("moments are RFC 3339")
  func moments() throws {
    let body = try Self.body("{\"a\":\"2026-02-03T01:00:00+01:00\",\"b\":\"2026-02-03\"}")
    #expect(body.moment("a") == day("2026-02-03").number * 86_400)
    #expect(body.moment("b") == nil)
    #expect(body.moment("c") == nil)
  }

  @Test("the day before is the same body with another range")
  func dayBefore() throws {
    let range = GoogleHealthClient.range("2026-03-01", "2026-03-02")
    let body = try Self.body("{\"pageSize\":5,\"range\":\(range),\"dataSourceFamily\":\"x\"}")
    let earlier = GoogleHealthClient.range("2026-02-28", "2026-03-01")
    let text = body.dayBefore.map { String(decoding: $0, as: UTF8.self) }
    #expect(text == "{\"pageSize\":5,\"dataSourceFamily\":\"x\",\"range\":\(earlier)}")
  }

  @Test("of a physical range too")
  func physicalDayBefore() throws {
    let body = try Self.body(
      "{\"range\":{\"startTime\":\"2026-03-01T05:00:00Z\",\"endTime\":\"2026-03-02T05:00:00Z\"},"
        + "\"windowSize\":\"60s\"}")
    let text = body.dayBefore.map { String(decoding: $0, as: UTF8.self) }
    let range = "{\"startTime\":\"2026-02-28T05:00:00Z\",\"endTime\":\"2026-03-01T05:00:00Z\"}"
    #expect(text == "{\"windowSize\":\"60s\",\"range\":\(range)}")
  }

  @Test(
    "without a range there is no day before",
    arguments: ["{}", "{\"range\":5}", "{\"range\":{}}", "{\"range\":{\"start\":{}}}"])
  func noDayBefore(text: String) throws {
    #expect(try Self.body(text).dayBefore == nil)
  }
}
