import Testing

@testable import DaybookCore

@Suite("A Set-Cookie line")
struct SetCookieTests {
  private let now = moment(0).wall

  private func cookie(
    _ line: String, from place: String = "/a/b/c?x", at origin: String = "https://www.site.example"
  ) throws -> CookieJar.Cookie? {
    SetCookie(line, from: place, at: try #require(Origin(origin)), now: now)?.cookie
  }

  @Test("name, value and path, as far as they are told") func parts() throws {
    let plain = try #require(try cookie("sid=a=b\"c ; HttpOnly; SameSite=Lax"))
    #expect(plain.name == "sid" && plain.value == "a=b\"c" && plain.path == "/a/b")
    #expect(plain.expires == nil && !plain.isSecure)
    let full = try #require(try cookie(" sid = x ; PATH=/ ; Secure;Max-Age=60 "))
    #expect(full.path == "/" && full.isSecure && full.expires == now + .seconds(60))
    #expect(try cookie("a=; path=x")?.path == "/a/b")
    #expect(try cookie("a=b", from: "/x")?.path == "/")
  }

  @Test("Max-Age comes before Expires, and what is no time says nothing") func ends() throws {
    let date = "Wed, 21 Oct 2026 07:28:00 GMT"
    #expect(try cookie("a=b; Expires=\(date)")?.expires == Instant(rfc3339: "2026-10-21T07:28:00Z"))
    #expect(try cookie("a=b; Max-Age=5; Expires=\(date)")?.expires == now + .seconds(5))
    #expect(try cookie("a=b; Max-Age=-1")?.expires == now)
    #expect(try cookie("a=b; Max-Age=soon; Expires=never")?.expires == nil)
    let long = try cookie("a=b; Max-Age=99999999999999999999")?.expires
    #expect(long == now + .seconds(Limits.tokenLife))
  }

  @Test(
    "a domain that does not cover this host is another's cookie",
    arguments: [
      ("www.site.example", true), (".site.example", true), ("SITE.example", true), ("", true),
      ("example", true), ("other.example", false), ("ite.example", false),
      ("x.www.site.example", false),
    ])
  func domain(domain: String, taken: Bool) throws {
    #expect((try cookie("a=b; Domain=\(domain)") != nil) == taken)
  }

  @Test(
    "what is no cookie is not taken",
    arguments: ["", ";", "novalue", "=x", "a=b\u{1}", "a=é", "a=b; Path=/é", "a\n=b"])
  func refused(line: String) throws { #expect(try cookie(line) == nil, "\(line)") }

  @Test("a secure cookie needs TLS, and a cookie has its limits") func limits() throws {
    #expect(try cookie("a=b; Secure", at: "http://127.0.0.1:1") == nil)
    #expect(try cookie("a=b", at: "http://127.0.0.1:1") != nil)
    let most = String(repeating: "x", count: Limits.cookieBytes - 2)
    #expect(try cookie("a=\(most); Path=/") != nil && cookie("a=\(most)x; Path=/") == nil)
  }

  @Test(
    "dates are read as browsers do",
    arguments: [
      ("Wed, 21 Oct 2026 07:28:00 GMT", "2026-10-21T07:28:00Z"),
      ("Wed, 21-Oct-2026 07:28:00 GMT", "2026-10-21T07:28:00Z"),
      ("Wednesday, 21-Oct-26 07:28:00 GMT", "2026-10-21T07:28:00Z"),
      ("Wed Oct 21 07:28:00 2026", "2026-10-21T07:28:00Z"),
      ("1 jan 70 0:0:1", "1970-01-01T00:00:01Z"),
      ("2026 october 7:28:00 21", "2026-10-21T07:28:00Z"), ("21 Oct 2026", nil), ("07:28:00", nil),
      ("31 Feb 2026 07:28:00", nil), ("21 Oct 1500 07:28:00", nil), ("21 Oct 2026 24:00:00", nil),
      ("21 Oct 2026 7:28", nil), ("", nil),
    ] as [(String, String?)])
  func dates(text: String, moment: String?) {
    #expect(CookieDate.instant(text) == moment.flatMap { Instant(rfc3339: $0) }, "\(text)")
  }
}
