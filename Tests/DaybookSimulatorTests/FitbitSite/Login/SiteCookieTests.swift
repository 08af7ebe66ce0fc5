import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteCookieTests {
  static func request(_ cookies: String...) -> SimRequest {
    SimRequest("GET", "/", headers: cookies.map { SimField("Cookie", $0) })
  }

  @Test("the names are those that a browser showed in 2010, and a servlet's")
  func names() {
    #expect(SiteCookie.allCases.map(\.rawValue) == ["JSESSIONID", "sid", "uid", "uis"])
  }

  @Test(
    "a Cookie header is a list of pairs",
    arguments: [
      ("sid=1", [SimField("sid", "1")]),
      ("sid=1; uid=2;uis=3", [SimField("sid", "1"), SimField("uid", "2"), SimField("uis", "3")]),
      ("a=b=c;  d=", [SimField("a", "b=c"), SimField("d", "")]),
      ("", []), ("sid", []), ("=x", []), (";;", []),
    ])
  func reading(text: String, expected: [SimField]) {
    #expect(SiteCookie.all(in: Self.request(text)) == expected)
  }

  @Test("several headers count as one, and the first of a name wins")
  func several() {
    let request = Self.request("sid=1; a=b", "sid=2; uid=3")
    #expect(SiteCookie.all(in: request).map(\.value) == ["1", "b", "2", "3"])
    #expect(SiteCookie.session.value(in: request) == "1")
    #expect(SiteCookie.user.value(in: request) == "3")
    #expect(SiteCookie.remember.value(in: request) == nil)
  }

  @Test(
    "a cookie is set for the whole site, away from scripts, and for as long as it lives",
    arguments: [
      (nil, false, "sid=x; Path=/; HttpOnly"),
      (
        Duration.hours(1), false,
        "sid=x; Path=/; Expires=Wed, 18 Jun 2014 13:00:00 GMT; Max-Age=3600; HttpOnly"
      ),
      (
        Duration.days(30), true,
        "sid=x; Path=/; Expires=Fri, 18 Jul 2014 12:00:00 GMT; Max-Age=2592000; Secure; HttpOnly"
      ),
    ])
  func setting(life: Duration?, secure: Bool, expected: String) {
    let field = SiteCookie.session.set("x", for: life, secure: secure, now: SiteBrowser.noon)
    #expect(field == SimField("Set-Cookie", expected))
  }

  @Test("a cookie is taken away by a time that has passed")
  func clearing() {
    #expect(
      SiteCookie.remember.cleared
        == SimField(
          "Set-Cookie",
          "uis=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; HttpOnly"))
  }
}
