import Testing

@testable import DaybookSimulator

struct SitePagesTests {
  static let form = SiteSessions.Form(sourcePage: "a+/=", fingerprint: "f==", visitor: "v")

  @Test("pages are HTML that nobody keeps")
  func headers() {
    let page = SitePages.page(200, title: "T", "<p>x</p>")
    #expect(
      page.headers == [
        SimField("Content-Type", "text/html; charset=UTF-8"),
        SimField("Cache-Control", "no-cache, no-store"),
      ])
    #expect(page.bodyText.hasPrefix("<!DOCTYPE html>\n<html"))
    #expect(page.bodyText.contains("<title>T</title>"))
    #expect(page.bodyText.contains("<body>\n<p>x</p>\n</body>"))
    #expect(page.bodyText.hasSuffix("</html>\n"))
  }

  @Test("the landing page leads to the login and names nobody")
  func landing() {
    let text = SitePages.landing.bodyText
    #expect(text.contains("<a href=\"/login\">"))
    #expect(!text.contains("userId=") && !text.contains("/user/"))
  }

  @Test("the form has every field that was sent, name before value, hidden ones on a line")
  func login() {
    let text = SitePages.login(Self.form, fingerprintName: "__fp").bodyText
    for name in [
      "email", "password", "_sourcePage", "__fp", "login", "includeWorkflow", "redirect",
      "rememberMe",
    ] { #expect(text.contains("name=\"\(name)\""), "\(name)") }
    #expect(text.contains("<input type=\"hidden\" name=\"_sourcePage\" value=\"a+/=\">"))
    #expect(text.contains("<input type=\"hidden\" name=\"__fp\" value=\"f==\">"))
    #expect(text.contains("<form action=\"/login\" method=\"post\""))
    #expect(!text.contains("errors"))
  }

  @Test("a renamed field has lost its old name")
  func renamed() {
    let text = SitePages.login(Self.form, fingerprintName: "__fpt").bodyText
    #expect(text.contains("name=\"__fpt\" value=\"f==\""))
    #expect(!text.contains("name=\"__fp\""))
  }

  @Test("a complaint stands before the form")
  func complaint() {
    let text = SitePages.login(Self.form, fingerprintName: "__fp", complaint: "No.").bodyText
    #expect(text.contains("<p class=\"errors\">No.</p>\n<form"))
  }

  @Test(
    "the dashboard names the id as its generation does, or not at all",
    arguments: [
      (.userID, .known, "userId=2ABC45&", "/user/"),
      (.userID, .renamedField, "userId=2ABC45&", "/user/"),
      (.profileLink, .known, "/user/2ABC45\" ", "userId="),
      (.userID, .withoutID, "Log Out", "2ABC45"),
      (.profileLink, .withoutID, "Log Out", "2ABC45"),
    ] as [(SiteGeneration, SiteLayout, String, String)])
  func dashboard(generation: SiteGeneration, layout: SiteLayout, has: String, lacks: String) {
    let page = SitePages.dashboard(userID: "2ABC45", generation: generation, layout: layout)
    #expect(page.status == 200)
    #expect(page.bodyText.contains(has))
    #expect(!page.bodyText.contains(lacks))
  }

  @Test("errors have their status and a page")
  func errors() {
    let page = SitePages.error(503, "We'll be right back")
    #expect(page.status == 503)
    #expect(page.bodyText.contains("<h1>We'll be right back</h1>"))
  }

  @Test("a redirect says where in its head and in its page")
  func redirect() {
    let page = SitePages.redirect("/login")
    #expect(page.status == 302)
    #expect(page.header("location") == "/login")
    #expect(page.header("content-type") == "text/html; charset=UTF-8")
    #expect(page.bodyText.contains("<a href=\"/login\">"))
  }
}
