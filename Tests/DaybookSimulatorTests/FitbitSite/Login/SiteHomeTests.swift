import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteHomeTests {
  static let date = "2014-06-01"

  @Test("the first visit gets a cookie, later ones keep it")
  func firstCookie() throws {
    var browser = SiteBrowser()
    let first = browser.send("GET", "/")
    #expect(first.status == 200)
    #expect(first.bodyText.contains("href=\"/login\""))
    let cookies = first.headers.filter { $0.name == "Set-Cookie" }.map(\.value)
    #expect(cookies.count == 1)
    #expect(
      try #require(cookies.first).wholeMatch(
        of: /JSESSIONID=1\.[0-9a-f]{32}; Path=\/; HttpOnly/) != nil)
    #expect(browser.send("GET", "/").header("set-cookie") == nil)
  }

  @Test("a cookie that the site never gave is replaced", arguments: ["1.0", "x", ""])
  func foreignCookie(value: String) {
    var browser = SiteBrowser()
    browser.cookies = [SimField("JSESSIONID", value)]
    #expect(browser.send("GET", "/").header("set-cookie")?.hasPrefix("JSESSIONID=1.") == true)
  }

  @Test("a dashboard without the id has a session all the same")
  func withoutID() {
    var browser = SiteBrowser { $0.layout = .withoutID }
    #expect(browser.signIn().status == 302)
    #expect(browser.userID.isEmpty)
    browser.userID = browser.model.userID(0)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("the older dashboard links to the profile")
  func profileLink() {
    var browser = SiteBrowser.signedIn { $0.generation = .profileLink }
    let page = browser.send("GET", "/").bodyText
    #expect(page.contains("/user/\(browser.model.userID(0))\" "))
    #expect(!page.contains("userId="))
  }

  @Test("a session ends after its life, and the remembered browser begins another at the landing")
  func renewal() {
    var browser = SiteBrowser.signedIn()
    let first = browser[cookie: "sid"]
    let uis = browser[cookie: "uis"]
    browser.now = SiteBrowser.noon + .seconds(3_599)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
    browser.now = SiteBrowser.noon + .hours(1)
    #expect(browser.graph("intradaySteps", Self.date).status == 302)
    let page = browser.send("GET", "/")
    #expect(page.bodyText.contains("userId=\(browser.userID)"))
    #expect(page.headers.filter { $0.name == "Set-Cookie" }.count == 1)
    #expect(browser[cookie: "sid"] != first && browser[cookie: "uis"] == uis)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
    #expect(browser.model.stats.renewed == 1 && browser.model.stats.logins == 1)
    #expect(browser.model.stats.sessions == 2)
  }

  @Test("the long-lived cookie alone is enough, until its own end")
  func rememberedAlone() {
    var browser = SiteBrowser.signedIn()
    browser.cookies.removeAll { $0.name != "uis" }
    browser.now = SiteBrowser.noon + .days(30) - .seconds(1)
    var late = browser
    #expect(browser.send("GET", "/").bodyText.contains("userId="))
    late.now = SiteBrowser.noon + .days(30)
    #expect(!late.send("GET", "/").bodyText.contains("userId="))
  }

  @Test("a site that does not renew wants the password")
  func noRenewal() {
    var browser = SiteBrowser.signedIn { $0.rememberRenews = false }
    browser.now = SiteBrowser.noon + .hours(1)
    #expect(!browser.send("GET", "/").bodyText.contains("userId="))
    #expect(browser.model.stats.renewed == 0)
  }

  @Test("a long-lived cookie that rotates is dead once it was used")
  func rotation() {
    var browser = SiteBrowser.signedIn { $0.rememberRotates = true }
    let old = browser[cookie: "uis"]
    browser.now = SiteBrowser.noon + .hours(1)
    _ = browser.send("GET", "/")
    #expect(browser[cookie: "uis"] != old)
    var other = browser
    other.cookies = [SimField("uis", old ?? "")]
    #expect(!other.send("GET", "/").bodyText.contains("userId="))
    browser.drop("sid")
    #expect(browser.send("GET", "/").bodyText.contains("userId="))
  }

  @Test("data does not renew a session, only the landing page does")
  func dataDoesNotRenew() {
    var browser = SiteBrowser.signedIn()
    browser.drop("sid")
    let answer = browser.graph("intradaySteps", Self.date)
    #expect(answer.status == 302 && answer.header("set-cookie") == nil)
  }

  @Test("signing out ends the session, forgets the browser and takes the cookies away")
  func logout() {
    var browser = SiteBrowser.signedIn()
    let kept = browser.cookies
    let answer = browser.send("GET", "/logout")
    #expect(answer.status == 302 && answer.header("location") == "/")
    let cookies = answer.headers.filter { $0.name == "Set-Cookie" }.map(\.value)
    #expect(cookies.map { String($0.prefix(5)) } == ["sid=;", "uid=;", "uis=;"])
    #expect(cookies.allSatisfy { $0.contains("Max-Age=0") && $0.contains("1970") })
    browser.cookies = kept
    #expect(browser.graph("intradaySteps", Self.date).status == 302)
    #expect(!browser.send("GET", "/").bodyText.contains("userId="))
  }

  @Test("signing out without a session is no fault")
  func logoutTwice() {
    var browser = SiteBrowser()
    #expect(browser.send("GET", "/logout").status == 302)
  }

  @Test("two browsers of one person have sessions of their own")
  func twoBrowsers() {
    var first = SiteBrowser.signedIn()
    var second = first
    second.cookies = []
    _ = second.signIn()
    _ = second.send("GET", "/logout")
    first.model = second.model
    #expect(first.graph("intradaySteps", Self.date).status == 200)
  }
}
