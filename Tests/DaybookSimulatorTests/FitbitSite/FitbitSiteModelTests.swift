import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSiteModelTests {
  @Test("every answer has the date of its moment")
  func date() {
    var browser = SiteBrowser()
    for target in ["/", "/login", "/logout", "/graph/getGraphData", "/nothing"] {
      #expect(browser.send("GET", target).header("Date") == "Wed, 18 Jun 2014 12:00:00 GMT")
    }
  }

  @Test(
    "what is not there is 404",
    arguments: [
      "/user/ABC", "/login/x", "/logout/x", "/graph", "/graph/getGraphData/x", "/graph/other",
      "/api/1/user/-/profile.json",
    ])
  func unknown(target: String) {
    var browser = SiteBrowser.signedIn()
    #expect(browser.send("GET", target).status == 404)
    #expect(browser.model.stats.count(.other) == 1)
  }

  @Test(
    "pages are read with GET, and the form is sent with POST",
    arguments: [
      ("POST", "/"), ("PUT", "/login"), ("POST", "/logout"), ("POST", "/graph/getGraphData"),
      ("DELETE", "/graph/getGraphData"), ("HEAD", "/"),
    ])
  func method(method: String, target: String) {
    var browser = SiteBrowser.signedIn()
    #expect(browser.send(method, target).status == 405)
    #expect(browser.model.stats.count(.other) == 1)
  }

  @Test("the same requests at the same moments give the same bytes")
  func replay() {
    func session(_ seed: UInt64) -> [SimResponse] {
      var browser = SiteBrowser {
        $0.seed = seed
        $0.lateRate = 0.3
        $0.emptyRate = 0.5
        $0.ellipsisRate = 0.5
      }
      var out: [SimResponse] = []
      for hours in 0..<20 {
        browser.now = SiteBrowser.noon + .hours(Int64(hours) * 7)
        out.append(browser.signIn())
        for graph in SiteGraph.allCases {
          out.append(browser.graph(graph.rawValue, "2014-06-\(10 + hours % 9)"))
        }
      }
      return out
    }
    let first = session(5)
    #expect(first == session(5))
    #expect(first != session(6))
    #expect(first.allSatisfy { $0.status == 200 || $0.status == 302 })
  }

  @Test(
    "who is no browser gets 403 everywhere, and no cookie",
    arguments: [nil, "", "Python-urllib/2.7", "curl/7.38.0", "mozilla/5.0", " Mozilla/5.0"])
  func agents(agent: String?) {
    var browser = SiteBrowser()
    browser.agent = agent
    for target in ["/", "/login", "/graph/getGraphData"] {
      let answer = browser.send("GET", target)
      #expect(answer.status == 403)
      #expect(answer.header("set-cookie") == nil)
      #expect(answer.header("content-type") == "text/html; charset=UTF-8")
    }
    #expect(browser.model.stats.agents == 3)
    browser.model.agentGate = false
    #expect(browser.send("GET", "/").status == 200)
  }

  @Test("a site that is down answers everything with a page and 503, and comes back as it was")
  func down() {
    var browser = SiteBrowser.signedIn()
    browser.model.isDown = true
    for target in ["/", "/login", browser.target("intradaySteps", "2014-06-01"), "/x"] {
      let answer = browser.send("GET", target)
      #expect(answer.status == 503)
      #expect(answer.header("content-type") == "text/html; charset=UTF-8")
      #expect(answer.bodyText.contains("<html"))
    }
    #expect(browser.model.stats.unavailable == 4)
    browser.model.isDown = false
    #expect(browser.graph("intradaySteps", "2014-06-01").status == 200)
  }

  @Test("after the end everything is gone")
  func gone() {
    var browser = SiteBrowser.signedIn()
    browser.model.end = .gone
    for target in ["/", "/login", browser.target("intradaySteps", "2014-06-01")] {
      #expect(browser.send("GET", target).status == 410)
    }
    browser.model.end = .refused
    #expect(browser.send("GET", "/").delivery == .refused)
    browser.model.end = .running
    #expect(browser.graph("intradaySteps", "2014-06-01").status == 200)
  }

  @Test("ids have six letters and digits and differ", arguments: [1, 2, 77] as [UInt64])
  func ids(seed: UInt64) {
    let model = SiteBrowser {
      $0.seed = seed
      $0.persons = 5
    }.model
    let ids = (0..<5).map { model.userID($0) }
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[0-9A-Z]{6}/) != nil })
    #expect(Set(ids).count == 5)
    #expect(ids == (0..<5).map { model.userID($0) })
  }

  @Test(
    "requests have their kinds and their owner",
    arguments: [
      ("GET", "/", .account, true), ("GET", "/login", .authorize, true),
      ("POST", "/login", .token, true), ("GET", "/logout", .token, true),
      ("GET", "/graph/getGraphData?userId=X", .data, true), ("GET", "/graph/x", .other, true),
      ("GET", "/oauth2/authorize", .other, false), ("GET", "/1/user/-/sleep.json", .other, false),
      ("GET", "/login/x", .other, false), ("GET", "/?x=y", .account, true),
    ] as [(String, String, SimKind, Bool)])
  func kinds(method: String, target: String, kind: SimKind, isOwn: Bool) {
    let model = SiteBrowser().model
    #expect(model.kind(of: SimRequest(method, target)) == kind)
    #expect(model.owns(SimRequest(method, target)) == isOwn)
  }

  @Test("the day before is asked with everything else as it was")
  func dayBefore() {
    let browser = SiteBrowser.signedIn()
    let headers = [SimField("Cookie", "sid=x")]
    let request = SimRequest(
      "GET", browser.target("intradaySleep", "2014-03-01", ["arg": "7"]), headers: headers)
    let expected = SimRequest(
      "GET", browser.target("intradaySleep", "2014-02-28", ["arg": "7"]), headers: headers)
    #expect(browser.model.askingDayBefore(request) == expected)
  }

  @Test(
    "what names no day has no day before",
    arguments: [
      "/", "/login?dateTo=2014-03-01", "/graph/getGraphData", "/graph/getGraphData?dateTo=today",
      "/graph/getGraphData?dateTo=20140301",
    ])
  func noDayBefore(target: String) {
    #expect(SiteBrowser().model.askingDayBefore(SimRequest("GET", target)) == nil)
  }

  @Test("people have days and ids of their own")
  func persons() {
    var jane = SiteBrowser { $0.persons = 2 }
    var joe = jane
    #expect(jane.signIn().status == 302)
    #expect(joe.signIn(["email": "jane+1@example.org"]).status == 302)
    #expect(jane.userID == jane.model.userID(0))
    #expect(joe.userID == joe.model.userID(1))
    let first = jane.graph("intradaySteps", "2014-06-01")
    let second = joe.graph("intradaySteps", "2014-06-01")
    #expect(first.status == 200 && second.status == 200)
    #expect(first.body != second.body)
  }

  @Test("without anybody there is somebody")
  func nobody() {
    #expect(SiteBrowser { $0.persons = 0 }.model.passwords.count == 1)
  }

  @Test("of two fields of one name the last one counts")
  func last() {
    let fields = FormText.fields("a=1&b=2&a=3")
    #expect(fields.last(named: "a") == "3")
    #expect(fields.last(named: "c") == nil)
  }
}
