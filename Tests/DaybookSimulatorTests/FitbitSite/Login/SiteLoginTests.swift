import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteLoginTests {
  static let date = "2014-06-01"

  @Test("the login page is 500 without any cookie, unless that gate is open")
  func cookieGate() {
    var browser = SiteBrowser()
    let refused = browser.send("GET", "/login")
    #expect(refused.status == 500)
    #expect(refused.header("content-type") == "text/html; charset=UTF-8")
    #expect(browser.send("POST", "/login", body: "email=x").status == 500)
    #expect(browser.model.stats.cookieless == 2)
    browser.model.cookieGate = false
    #expect(browser.send("GET", "/login").status == 200)
    #expect(browser[cookie: "JSESSIONID"] != nil)
  }

  @Test("any cookie opens the gate, and brings one of the site's")
  func anyCookie() {
    var browser = SiteBrowser()
    browser.cookies = [SimField("a", "b")]
    let page = browser.send("GET", "/login")
    #expect(page.status == 200)
    #expect(browser[cookie: "JSESSIONID"] != nil)
    #expect(browser.send("POST", "/login", body: SiteBrowser.fields(page)).status == 302)
  }

  @Test("each login page has new hidden fields")
  func newFields() {
    var browser = SiteBrowser()
    _ = browser.send("GET", "/")
    let pages = (0..<5).map { _ in browser.send("GET", "/login") }
    for name in ["_sourcePage", "__fp"] {
      let values = Set(pages.map { SiteBrowser.hidden(name, $0) })
      #expect(values.count == 5 && !values.contains(""))
    }
  }

  @Test("the right form leads to the dashboard that names the user")
  func success() {
    var browser = SiteBrowser()
    let answer = browser.signIn()
    #expect(answer.status == 302)
    #expect(answer.header("location") == "/")
    let cookies = answer.headers.filter { $0.name == "Set-Cookie" }.map(\.value)
    #expect(cookies.map { String($0.prefix { $0 != "=" }) } == ["sid", "uid", "uis"])
    let hour = "; Path=/; Expires=Wed, 18 Jun 2014 13:00:00 GMT; Max-Age=3600; HttpOnly"
    let month = "; Path=/; Expires=Fri, 18 Jul 2014 12:00:00 GMT; Max-Age=2592000; HttpOnly"
    #expect(cookies.first?.hasSuffix(hour) == true)
    #expect(cookies.dropFirst().allSatisfy { $0.hasSuffix(month) })
    #expect(browser.userID == browser.model.userID(0))
    #expect(browser[cookie: "uid"] == browser.userID)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("without rememberMe there is no long-lived cookie", arguments: [nil, "false", ""])
  func notRemembered(value: String?) {
    var browser = SiteBrowser()
    let answer = browser.signIn(["rememberMe": value])
    #expect(answer.status == 302)
    let cookies = answer.headers.filter { $0.name == "Set-Cookie" }.map(\.value)
    #expect(cookies.count == 2 && cookies.allSatisfy { $0.contains("Max-Age=3600") })
    #expect(browser[cookie: "uis"] == nil)
  }

  @Test(
    "wrong credentials show the login page again, with another form",
    arguments: [
      ["password": "wrong"], ["password": ""], ["password": nil], ["email": "joe@example.org"],
      ["email": ""], ["email": nil], ["password": "S3cret of the simulator"],
    ] as [[String: String?]])
  func wrongCredentials(changes: [String: String?]) {
    var browser = SiteBrowser()
    let answer = browser.signIn(changes)
    #expect(answer.status == 200)
    #expect(!SiteBrowser.hidden("__fp", answer).isEmpty)
    #expect(answer.bodyText.contains("class=\"errors\""))
    #expect(browser.cookies.map(\.name) == ["JSESSIONID"])
    #expect(browser.model.stats.wrongCredentials == 1)
    #expect(browser.send("POST", "/login", body: SiteBrowser.fields(answer)).status == 302)
  }

  @Test("the address is compared without case")
  func addressCase() {
    var browser = SiteBrowser()
    #expect(browser.signIn(["email": "Jane@Example.ORG"]).status == 302)
  }

  @Test(
    "a form without its hidden fields as shown is refused, whatever the password",
    arguments: [
      ["_sourcePage": nil], ["__fp": nil], ["_sourcePage": ""], ["__fp": ""], ["__fp": "x"],
      ["_sourcePage": "x"], ["login": nil], ["login": "Sign Up"], ["includeWorkflow": nil],
      ["includeWorkflow": "true"], ["redirect": nil],
    ] as [[String: String?]])
  func staleForm(changes: [String: String?]) {
    var browser = SiteBrowser()
    let answer = browser.signIn(changes)
    #expect(answer.status == 200)
    #expect(!SiteBrowser.hidden("_sourcePage", answer).isEmpty)
    #expect(browser.cookies.map(\.name) == ["JSESSIONID"])
    #expect(browser.model.stats.staleForms == 1)
    #expect(browser.model.stats.wrongCredentials == 0)
  }

  @Test("hidden fields that are not escaped do not arrive as they were")
  func unescaped() {
    var browser = SiteBrowser { $0.seed = 3 }
    _ = browser.send("GET", "/")
    var page = browser.send("GET", "/login")
    while !SiteBrowser.hidden("_sourcePage", page).contains("+") {
      page = browser.send("GET", "/login")
    }
    let body = SiteBrowser.fields(page).split(separator: "%2B").joined(separator: "+")
    #expect(browser.send("POST", "/login", body: body).status == 200)
    #expect(browser.model.stats.staleForms == 1)
  }

  @Test("a form can be sent once")
  func singleUse() {
    var browser = SiteBrowser()
    _ = browser.send("GET", "/")
    let fields = SiteBrowser.fields(browser.send("GET", "/login"))
    #expect(browser.send("POST", "/login", body: fields).status == 302)
    #expect(browser.send("POST", "/login", body: fields).status == 200)
    let wrong = SiteBrowser.fields(browser.send("GET", "/login"), ["password": "wrong"])
    let right = wrong.split(separator: "wrong").joined(separator: "s3cret%20of%20the%20simulator")
    #expect(browser.send("POST", "/login", body: wrong).status == 200)
    #expect(browser.send("POST", "/login", body: right).status == 200)
    #expect(browser.model.stats.staleForms == 2)
  }

  @Test("a form belongs to the browser that it was shown to")
  func bound() {
    var jane = SiteBrowser()
    _ = jane.send("GET", "/")
    let page = jane.send("GET", "/login")
    var joe = jane
    joe.cookies = []
    _ = joe.send("GET", "/")
    #expect(joe.send("POST", "/login", body: SiteBrowser.fields(page)).status == 200)
    joe.drop("JSESSIONID")
    joe.cookies = [SimField("a", "b")]
    #expect(joe.send("POST", "/login", body: SiteBrowser.fields(page)).status == 200)
    #expect(joe.model.stats.staleForms == 2)
    jane.model = joe.model
    #expect(jane.send("POST", "/login", body: SiteBrowser.fields(page)).status == 302)
  }

  @Test("fields in the query are none of the form's")
  func query() {
    var browser = SiteBrowser()
    _ = browser.send("GET", "/")
    let fields = SiteBrowser.fields(browser.send("GET", "/login"))
    #expect(browser.send("POST", "/login?" + fields, body: "x=y").status == 200)
    #expect(browser.model.stats.staleForms == 1)
  }

  @Test("a renamed field must come back by its new name")
  func renamedField() {
    var browser = SiteBrowser { $0.layout = .renamedField }
    #expect(browser.signIn().status == 200)
    let page = browser.send("GET", "/login")
    #expect(SiteBrowser.hidden("__fp", page).isEmpty)
    let value = SiteBrowser.hidden("__fpt", page)
    #expect(!value.isEmpty)
    let fields = SiteBrowser.fields(page, ["__fp": nil, "__fpt": value])
    #expect(browser.send("POST", "/login", body: fields).status == 302)
  }

  @Test("the landing URL can be absolute, and cookies can be for https alone")
  func deployment() {
    var browser = SiteBrowser {
      $0.landing = "https://www.fitbit.com:443/"
      $0.secureCookies = true
    }
    let answer = browser.signIn()
    #expect(answer.header("location") == "https://www.fitbit.com:443/")
    let cookies = answer.headers.filter { $0.name == "Set-Cookie" }.map(\.value)
    #expect(cookies.count == 3 && cookies.allSatisfy { $0.contains("; Secure; HttpOnly") })
  }
}
