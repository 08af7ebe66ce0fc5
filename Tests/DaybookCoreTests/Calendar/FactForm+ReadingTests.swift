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
      (.text, "2016-06-18", nil), (.parts, "2016-06-18", "2016-06-18"),
      (.parts, "0000-00-00", nil),
      (.wall, "2016-06-18T23:59:59", "2016-06-18"),
      (.wall, "2016-06-18 00:00:00.000", "2016-06-18"),
      (.wall, "2016-06-18T10:00:00Z", nil), (.wall, "2016-06-18T10:00:00+03:00", nil),
      (.wall, "2016-06-18T24:00:00", nil), (.wall, "2016-06-18", nil), (.wall, "", nil),
      (.wall, "2016-06-18T10:00:00.", nil), (.wall, "2016-06-18T10:00", nil),
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
      (.text, "1466283599", nil), (.parts, "2016-06-18", nil),
      (.wall, "2016-06-18T23:59:59.500", "2016-06-18T20:59:59Z"),
      (.wall, "2016-12-18T23:59:59", "2016-12-18T21:59:59Z"), (.wall, "2016-06-18", nil),
    ] as [(FactForm, String, String?)])
  func moments(form: FactForm, text: String, expected: String?) throws {
    let zone = try systemZone("Europe/Helsinki")
    #expect(form.instant(text, in: zone)?.rfc3339 == expected)
  }

  @Test("parts are looked for below the pointer, every other form at it")
  func pointers() throws {
    let at = try #require(JSONPointer("/user/since"))
    #expect(
      FactForm.parts.pointers(at: at).map(\.description)
        == ["/user/since/year", "/user/since/month", "/user/since/day"])
    for form in FactForm.allCases where form != .parts { #expect(form.pointers(at: at) == [at]) }
    #expect(Fact(get: "/me", at: at, form: .parts).pointers.count == 3)
    #expect(Belongs(at: at, form: .ymd).pointers == [at])
  }

  @Test("parts are put together in the order found, and not at all when one is missing")
  func parts() {
    func numbers(_ texts: String...) -> [JSONScalar] { texts.map { JSONScalar(.number, $0) } }
    let whole = [numbers("2016", "2017"), numbers("6", "12"), numbers("18", "1")]
    #expect(FactForm.parts.texts(whole) == ["2016-06-18", "2017-12-01"])
    #expect(FactForm.parts.texts([numbers("2016"), numbers("6"), []]) == [])
    #expect(FactForm.parts.texts([numbers("2016"), numbers("6")]) == [])
    #expect(FactForm.parts.texts([[], [], []]) == [])
    #expect(FactForm.ymd.texts([numbers("1", "2")]) == ["1", "2"])
    #expect(FactForm.ymd.texts([]) == [])
  }

  @Test(
    "the day that an element is about, in a zone",
    arguments: [
      (.ymd, "2016-06-18", "2016-06-18"), (.compact, "20160618", "2016-06-18"),
      (.instant, "2016-06-18T21:30:00Z", "2016-06-19"),
      (.wall, "2016-06-18T23:30:00", "2016-06-18"),
      (.unix, "1466283600", "2016-06-19"), (.parts, "2016-06-18", "2016-06-18"),
      (.compact, "2016-06-18", nil), (.text, "2016-06-18", nil),
    ] as [(FactForm, String, String?)])
  func belongs(form: FactForm, text: String, expected: String?) throws {
    let zone = try systemZone("Europe/Helsinki")
    #expect(Belongs(at: .root, form: form).day(text, in: zone)?.description == expected)
  }
}
