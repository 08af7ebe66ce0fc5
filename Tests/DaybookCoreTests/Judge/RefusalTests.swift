import Testing

@testable import DaybookCore

@Suite("Retry-After")
struct RefusalTests {
  private func wait(_ status: Int, _ text: String?, date: String? = nil, now: Now = moment())
    -> Duration?
  {
    var headers = [Field("content-type", "text/plain")]
    if let date { headers.append(Field("date", date)) }
    if let text { headers.append(Field("retry-after", text)) }
    return Refusal.retryAfter(status: status, headers: headers, now: now)
  }

  @Test(
    "seconds, at least one and at most a day",
    arguments: [
      ("30", 30), ("1", 1), ("0", 1), ("86400", 86_400), ("86401", 86_400),
      ("315360000", 86_400), ("99999999999999999999999999", 86_400), (" 7 ", 7), ("\t7", 7),
      ("007", 7),
    ])
  func seconds(text: String, seconds: Int) {
    #expect(wait(429, text) == .seconds(seconds))
    #expect(wait(503, text) == .seconds(seconds))
  }

  @Test(
    "anything else says nothing",
    arguments: [
      "", " ", "-1", "-86400", "+5", "1.5", "1e3", "soon", "1 2", "7s", "0x10", "٣",
      "Sat, 18 Jun 2016", "2016-06-18T12:00:30Z",
    ])
  func garbage(text: String) { #expect(wait(429, text) == nil) }

  @Test("without the header there is nothing to say") func missing() {
    #expect(wait(429, nil) == nil)
  }

  @Test(
    "only a 429 or a 503 is believed", arguments: [200, 202, 301, 304, 400, 403, 404, 500, 502])
  func statuses(status: Int) {
    #expect(wait(status, "30") == nil)
    #expect(wait(status, "Sat, 18 Jun 2016 12:00:30 GMT") == nil)
  }

  @Test(
    "a date, in each of its forms, is a wait from now",
    arguments: [
      ("Sat, 18 Jun 2016 12:00:30 GMT", 30), ("Saturday, 18-Jun-16 12:01:00 GMT", 60),
      ("Sat Jun 18 13:00:00 2016", 3_600), ("Sat, 18 Jun 2016 12:00:00 GMT", 1),
      ("Sat, 18 Jun 2016 11:00:00 GMT", 1), ("Sun, 06 Nov 1994 08:49:37 GMT", 1),
      ("Sat, 18 Jun 2026 12:00:00 GMT", 86_400),
    ])
  func date(text: String, seconds: Int) { #expect(wait(429, text) == .seconds(seconds)) }

  @Test("a date is relative to the answer's own Date: the server's clock counts, not ours")
  func serverClock() {
    let text = "Sat, 18 Jun 2016 12:00:30 GMT"
    #expect(wait(429, text, date: "Sat, 18 Jun 2016 12:00:10 GMT") == .seconds(20))
    #expect(
      wait(429, text, date: "Sat, 18 Jun 2016 12:00:10 GMT", now: moment(9_000)) == .seconds(20))
    #expect(wait(429, text, date: "nonsense") == .seconds(30))
  }

  @Test("of several the first counts") func several() {
    let headers = [Field("retry-after", "5"), Field("retry-after", "50")]
    #expect(Refusal.retryAfter(status: 429, headers: headers, now: moment()) == .seconds(5))
  }

  @Test(
    "a whole number is digits alone, blanks around them",
    arguments: [
      ("0", 0), ("42", 42), ("  42\t", 42), ("999999999999999999", 999_999_999_999_999_999),
      ("1000000000000000000", .max), ("4 2", nil), ("", nil), ("-0", nil), ("4\u{0}", nil),
      ("4\n", nil), ("４２", nil),
    ] as [(String, Int64?)])
  func wholeNumbers(text: String, number: Int64?) { #expect(wholeNumber(text) == number) }
}
