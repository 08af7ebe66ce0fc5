import Testing

@testable import DaybookCore

@Suite("Facts and days in answers, as each provider writes them")
struct FactFormReadingTests {
  @Test(
    "days",
    arguments: [
      (.ymd, "2016-06-18", "2016-06-18"), (.ymd, "20160618", nil),
      (.ymd, "2016-06-18T10:00:00Z", nil),
      (.compact, "20160618", "2016-06-18"), (.compact, "2016-06-18", nil),
      (.compact, "20160631", nil),
      (.month, "me/phone/2016-06.rec", "2016-06-01"), (.month, "2016-06/", nil),
      (.month, "2016-06/x", nil), (.month, "/", nil), (.month, "2016-06", "2016-06-01"),
      (.month, "2016-06.rec", "2016-06-01"),
      (.month, "2016-06-18", "2016-06-01"), (.month, "2016-13", nil), (.month, "2016-063", nil),
      (.month, "2016-6", nil), (.month, "201606", nil), (.month, "x016-06", nil), (.month, "", nil),
      (.unix, "1466283599", "2016-06-18"), (.unix, "1466283600", "2016-06-19"),
      (.unix, "1466283599.999", "2016-06-18"), (.unix, "-1", "1970-01-01"),
      (.unix, "0", "1970-01-01"),
      (.unix, "1466283599000", nil), (.unix, "", nil), (.unix, "-", nil), (.unix, "1.", nil),
      (.unix, "1e9", nil), (.unix, ".5", nil), (.unix, "0x10", nil),
      (.unix, "99999999999999999999", nil),
      (.instant, "2016-06-18T20:59:59Z", "2016-06-18"),
      (.instant, "2016-06-18T21:00:00Z", "2016-06-19"),
      (.instant, "2016-06-18T10:00:00-12:00", "2016-06-19"), (.instant, "2016-06-18", nil),
      (.text, "2016-06-18", nil),
    ] as [(FactForm, String, String?)])
  func days(form: FactForm, text: String, expected: String?) throws {
    let zone = try systemZone("Europe/Helsinki")
    #expect(form.day(text, in: zone)?.description == expected)
  }

  @Test(
    "moments",
    arguments: [
      (.unix, "1466283599", "2016-06-18T20:59:59Z"),
      (.unix, "-62135596800", "0001-01-01T00:00:00Z"),
      (.unix, "253402300799", "9999-12-31T23:59:59Z"), (.unix, "253402300800", nil),
      (.unix, "-62135596801", nil), (.unix, "12.75", "1970-01-01T00:00:12Z"),
      (.instant, "2016-06-18T23:59:59+03:00", "2016-06-18T20:59:59Z"), (.instant, "yesterday", nil),
      (.ymd, "2016-06-18", nil), (.compact, "20160618", nil), (.month, "2016-06", nil),
      (.text, "1466283599", nil),
    ] as [(FactForm, String, String?)])
  func moments(form: FactForm, text: String, expected: String?) {
    #expect(form.instant(text)?.rfc3339 == expected)
  }

  @Test(
    "the day that an answer is about",
    arguments: [
      (.ymd, "2016-06-18", "2016-06-18"), (.ymd, "20160618", nil),
      (.compact, "20160618", "2016-06-18"),
      (.compact, "2016-06-18", nil), (.unix, "0", nil), (.unixMilliseconds, "0", nil),
      (.utc, "2016-06-18T00:00:00Z", nil), (.offset, "2016-06-18T00:00:00Z", nil),
      (.naive, "2016-06-18T00:00:00", nil),
    ] as [(DayForm, String, String?)])
  func belongs(form: DayForm, text: String, expected: String?) {
    #expect(Belongs(at: .root, form: form).day(text)?.description == expected)
  }
}
