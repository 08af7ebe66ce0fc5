import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSiteControlTests {
  static let date = "2014-06-01"

  @Test(
    "what cannot be switched changes nothing",
    arguments: [
      "deny", "deny?on=maybe", "down", "down?on=1", "layout", "layout?as=new", "cookie-gate",
      "agent-gate?on=no", "zone", "zone?id=Mars", "end", "end?how=soon", "late",
      "late?day=2014-13-01", "late?day=2012-12-31", "late?day=2014-06-19",
      "late?day=2014-06-01&person=1", "password", "password?value=", "password?value=x&person=1",
      "expire?person=x", "logout?person=1", "nothing", "",
    ])
  func refused(target: String) {
    var browser = SiteBrowser.signedIn()
    let stats = browser.model.stats
    let done = browser.control(target)
    #expect(!done)
    #expect(browser.model.stats == stats)
    #expect(browser.model.trackers[0].forced.isEmpty)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("switches change the site, and change it back")
  func switches() {
    var browser = SiteBrowser()
    for target in [
      "deny?on=true", "down?on=true", "layout?as=without-id", "cookie-gate?on=false",
      "agent-gate?on=false", "zone?id=Asia/Tokyo", "end?how=gone",
    ] { browser.flip(target) }
    #expect(browser.model.denies && browser.model.isDown)
    #expect(!browser.model.cookieGate && !browser.model.agentGate)
    #expect(browser.model.layout == .withoutID)
    #expect(browser.model.zone.id == "Asia/Tokyo")
    #expect(browser.model.end == .gone)
    for target in [
      "deny?on=false", "down?on=false", "layout?as=known", "cookie-gate?on=true",
      "agent-gate?on=true", "zone?id=UTC", "end?how=running",
    ] { browser.flip(target) }
    #expect(browser.signIn().status == 302)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("the guide names every switch")
  func guide() {
    for name in [
      "deny", "password", "expire", "logout", "revoke", "layout", "cookie-gate", "agent-gate",
      "down", "zone", "late", "end",
    ] { #expect(FitbitSiteModel.controlGuide.contains("/sim/fitbit-site/\(name)")) }
  }

  @Test("expired sessions end at once, and a remembered browser begins another one")
  func expire() {
    var browser = SiteBrowser.signedIn()
    #expect(browser.model.sessionsAlive(browser.now) == 1)
    browser.flip("expire")
    #expect(browser.model.sessionsAlive(browser.now) == 0)
    #expect(browser.graph("intradaySteps", Self.date).header("location") == "/login")
    #expect(browser.send("GET", "/").bodyText.contains("userId=\(browser.userID)"))
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("logged out everywhere, only the password helps", arguments: ["logout", "revoke"])
  func logout(name: String) {
    var browser = SiteBrowser.signedIn()
    browser.flip(name)
    #expect(browser.graph("intradaySteps", Self.date).status == 302)
    #expect(!browser.send("GET", "/").bodyText.contains("userId="))
    #expect(browser.graph("intradaySteps", Self.date).status == 302)
    #expect(browser.signIn().status == 302)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("switches can concern one person alone", arguments: ["expire", "logout", "revoke"])
  func onePerson(name: String) {
    var jane = SiteBrowser { $0.persons = 2 }
    _ = jane.signIn()
    var joe = jane
    joe.cookies = []
    _ = joe.signIn(["email": "jane+1@example.org"])
    joe.flip(name + "?person=0")
    jane.model = joe.model
    #expect(jane.graph("intradaySteps", Self.date).status == 302)
    #expect(joe.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("how many sessions and browsers were ended is told")
  func counts() {
    var browser = SiteBrowser.signedIn()
    _ = browser.signIn(["rememberMe": nil])
    var other = browser.model
    #expect(browser.model.expireSessions() == 2)
    #expect(browser.model.logOutEverywhere() == 1)
    #expect(other.logOutEverywhere(person: 0) == 3)
    #expect(other.logOutEverywhere() == 0)
  }

  @Test("a new password is asked at the next login; the session goes on")
  func password() {
    var browser = SiteBrowser.signedIn { $0.persons = 2 }
    browser.flip("password?value=new%20one&person=0")
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
    #expect(browser.signIn().status == 200)
    #expect(browser.signIn(["password": "new one"]).status == 302)
    let other: [String: String?] = ["email": "jane+1@example.org"]
    #expect(browser.signIn(other).status == 302)
    browser.flip("password?value=another")
    #expect(browser.signIn(other).status == 200)
  }

  @Test("a person who is denied cannot sign in, whatever the password")
  func deny() {
    var browser = SiteBrowser()
    browser.flip("deny?on=true")
    #expect(browser.signIn().status == 200)
    browser.flip("deny?on=false")
    #expect(browser.signIn().status == 302)
  }

  @Test("a day changed by hand has more steps than before, other days do not")
  func late() {
    var browser = SiteBrowser.signedIn()
    func sum(_ date: String) -> Int {
      SiteBrowser.values(browser.graph("intradaySteps", date)).compactMap { Int($0) }.reduce(0, +)
    }
    let before = (sum(Self.date), sum("2014-06-02"))
    browser.flip("late?day=\(Self.date)")
    let after = (sum(Self.date), sum("2014-06-02"))
    #expect(before.0 > 0 && after.0 > before.0)
    #expect(after.1 == before.1)
    browser.now = browser.now - .seconds(1)
    #expect(sum(Self.date) == before.0)
  }

  @Test("too many changes are refused")
  func tooMany() {
    var browser = SiteBrowser()
    let date = day(Self.date)
    browser.model.trackers[0].forced[1] = Array(repeating: 0, count: SimLimits.forcedChanges)
    let changed = browser.model.change(date, now: browser.now)
    let nobody = browser.model.change(date, person: 7, now: browser.now)
    #expect(!changed && !nobody)
  }
}
