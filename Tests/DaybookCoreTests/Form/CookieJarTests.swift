import Testing

@testable import DaybookCore

@Suite("The cookies of a site")
struct CookieJarTests {
  private let now = moment(0).wall
  private let site = Origin("https://www.site.example")

  private func jar(_ lines: String..., from place: String = "/") throws -> CookieJar {
    var jar = CookieJar()
    try take(&jar, lines, from: place)
    return jar
  }

  @discardableResult
  private func take(_ jar: inout CookieJar, _ lines: [String], from place: String = "/") throws
    -> Bool
  {
    let headers = [Field("content-type", "text/html")] + lines.map { Field("set-cookie", $0) }
    return jar.take(headers, from: place, at: try #require(site), now: now)
  }

  private func header(_ jar: CookieJar, _ place: String = "/", after: Duration = .zero) throws
    -> String?
  {
    jar.header(for: place, at: try #require(site), now: now + after)?.expose()
  }

  @Test("what was set is sent back, longer paths first, then the older") func order() throws {
    let jar = try jar("a=1; Path=/", "b=2; Path=/x", "c=3; Path=/", "d=4; Path=/x/y")
    #expect(try header(jar) == "a=1; c=3")
    #expect(try header(jar, "/x/y/z?q=/") == "d=4; b=2; a=1; c=3")
    #expect(try header(jar, "/xy") == "a=1; c=3")
    #expect(try header(jar, "/x/") == "b=2; a=1; c=3")
  }

  @Test("a cookie of the same name and path is replaced in its place, another path's is not")
  func replaced() throws {
    var jar = try jar("a=1; Path=/", "b=2; Path=/")
    var changed = [try take(&jar, ["a=9; Path=/"])]
    #expect(try header(jar) == "a=9; b=2")
    changed.append(try take(&jar, ["a=7; Path=/x"]))
    #expect(try header(jar, "/x") == "a=7; a=9; b=2")
    changed.append(try take(&jar, ["a=7; Path=/x; Max-Age=60"]))
    changed.append(try take(&jar, ["nothing"]))
    #expect(changed == [true, true, false, false])
  }

  @Test("a cookie goes when it ends, and when the site takes it back") func ends() throws {
    var jar = try jar("a=1; Max-Age=60", "b=2")
    #expect(try header(jar, after: .seconds(59)) == "a=1; b=2")
    #expect(try header(jar, after: .seconds(60)) == "b=2")
    let gone = try take(&jar, ["a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=x; Max-Age=0"])
    #expect(try gone && header(jar) == nil && jar.isEmpty)
  }

  @Test("a secure cookie does not leave without TLS") func secure() throws {
    let jar = try jar("a=1; Secure", "b=2")
    let plain = try #require(Origin("http://www.site.example"))
    #expect(jar.header(for: "/", at: plain, now: now)?.expose() == "b=2")
    #expect(try header(jar) == "a=1; b=2")
  }

  @Test("of too many the oldest go") func bounded() throws {
    var jar = CookieJar()
    try take(&jar, (0..<Limits.cookies + 3).map { "c\($0)=x" })
    #expect(jar.cookies.count == Limits.cookies && jar.cookies.first?.name == "c3")
  }

  @Test("it is stored and comes back, and what is no jar does not") func stored() throws {
    let jar = try jar("a=\"1,2\"; Max-Age=60; Path=/x", "b=; Secure")
    #expect(CookieJar(stored: jar.stored) == jar)
    #expect(CookieJar(stored: CookieJar().stored) == CookieJar())
    for text in ["", "{}", "[1]", "[[]]", #"[["a","b","/",null]]"#, #"[["a","b","/","x",true]]"#] {
      #expect(CookieJar(stored: Secret(text)) == nil, "\(text)")
    }
    // Damaged bytes: a moment that no clock can show.
    let late = #"[["a","b","/",9223372036854775807,false]]"#
    #expect(CookieJar(stored: Secret(late)) == nil)
  }
}
