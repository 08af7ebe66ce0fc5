import Testing

@testable import DaybookCore

@Suite("Where a redirect leads")
struct SitePlaceTests {
  private func place(
    _ location: String, from: String = "/a/b?x=1", at origin: String = "https://www.site.example"
  ) throws -> SitePlace {
    SitePlace(location, from: from, at: try #require(Origin(origin)))
  }

  @Test(
    "a place of the same server is its path and query",
    arguments: [
      ("/", "/"), ("https://www.site.example/", "/"), ("https://www.site.example", "/"),
      ("https://www.site.example:443/", "/"), ("HTTPS://WWW.SITE.EXAMPLE/Home?x#y", "/Home?x"),
      ("https://www.site.example?x=1", "/?x=1"), ("//www.site.example/c", "/c"), ("c", "/a/c"),
      ("c?d=/e", "/a/c?d=/e"), ("?y=2", "/a/b?y=2"), ("", "/a/b?x=1"), ("#top", "/a/b?x=1"),
      ("./c", "/a/c"), ("../c", "/c"), ("/x/../../c/.", "/c/"), ("/c/..", "/"), ("..", "/"),
      ("/login?next=http://evil.example/", "/login?next=http://evil.example/"),
    ])
  func same(location: String, path: String) throws {
    #expect(try place(location) == .path(path), "\(location)")
  }

  @Test(
    "any other place is not followed",
    arguments: [
      ("http://www.site.example/", "from https to http"),
      ("https://evil.example/", "another server"),
      ("https://www.site.example.evil/", "another server"), ("//evil.example/", "another server"),
      ("https://www.site.example:444/", "another server"),
      ("https://site.example/", "another server"),
      ("https://me@www.site.example/", "no URL"), ("javascript:alert(1)", "no URL"),
      ("file:///etc/passwd", "no URL"), ("/a b", "no URL"), ("/a\u{1b}[1m", "no URL"),
      ("///evil.example", "no URL"), ("https:///x", "no URL"), ("/\\evil.example", "no URL"),
      ("/" + String(repeating: "x", count: Limits.locationBytes), "too long"),
    ])
  func astray(location: String, why: String) throws {
    guard case .astray(let told) = try place(location) else {
      Issue.record("followed: \(location)")
      return
    }
    #expect(told.contains(why) && !told.contains("evil"), "\(told)")
  }

  @Test("a server at a port of its own, without TLS") func ownPort() throws {
    let origin = "http://127.0.0.1:8083"
    #expect(try place("http://127.0.0.1:8083/x", at: origin) == .path("/x"))
    guard case .astray = try place("http://127.0.0.1/x", at: origin) else {
      Issue.record("followed")
      return
    }
    #expect(try place("http://127.0.0.1:80/x", at: "http://127.0.0.1") == .path("/x"))
  }
}
