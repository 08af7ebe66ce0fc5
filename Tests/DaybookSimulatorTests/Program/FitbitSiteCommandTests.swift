import DaybookCore
import Testing

@testable import DaybookSimulator

/// `daybook-sim fitbit-site` from outside.
struct FitbitSiteCommandTests {
  static func browser(_ origin: String) -> SiteBrowser {
    var browser = SiteBrowser()
    browser.origin = origin
    return browser
  }

  @Test("a browser fills in the form, sees the dashboard and reads a graph")
  func graph() throws {
    try SimProgram.serving("fitbit-site", "--days", "30", "--late", "0", "--empty", "0") { origin in
      var browser = Self.browser(origin)
      #expect(browser.send("GET", "/login").status == 500)
      #expect(browser.signIn(["password": "wrong"]).status == 200)
      let answer = browser.signIn()
      #expect(answer.status == 302)
      #expect(browser.userID == browser.model.userID(0))
      let graph = browser.graph("intradaySteps", SimProgram.pastDay.description)
      #expect(graph.header("content-type") == "text/xml; charset=UTF-8")
      let values = SiteBrowser.values(graph).compactMap { Int($0) }
      #expect(values.count == 288 && values.contains { $0 > 0 })
      browser.agent = nil
      #expect(browser.graph("intradaySteps", SimProgram.pastDay.description).status == 403)
    }
  }

  @Test("the options reach the model")
  func options() throws {
    try SimProgram.serving(
      "fitbit-site", "--first-date", "2014-01-01", "--zone", "Asia/Tokyo", "--persons", "2",
      "--email", "me@example.net", "--password", "a b&c", "--session-life", "1234",
      "--no-cookie-gate", "--no-agent-gate", "--clock-24", "--late", "0", "--empty", "0",
      "--seed", "5"
    ) { origin in
      var browser = Self.browser(origin)
      browser.agent = nil
      #expect(browser.send("GET", "/login").status == 200)
      let answer = browser.signIn(["email": "me+1@example.net", "password": "a b&c"])
      #expect(answer.status == 302)
      let session = answer.headers.first { $0.value.hasPrefix("sid=") }
      #expect(session?.value.contains("Max-Age=1234;") == true)
      #expect(browser.userID == SiteBrowser { $0.seed = 5 }.model.userID(1))
      let nights = (1...5).flatMap {
        SiteBrowser.descriptions(browser.graph("intradaySleep", "2014-03-0\($0)"))
      }
      #expect(!nights.isEmpty)
      #expect(nights.allSatisfy { !$0.hasSuffix("M") })
      let before = SiteBrowser.values(browser.graph("intradaySteps", "2013-12-31"))
      #expect(before.count == 288 && before.allSatisfy { Double($0) == 0 })
    }
  }

  @Test("within the gap there is one graph, and no second one")
  func gap() throws {
    try SimProgram.serving("fitbit-site", "--gap", "86400") { origin in
      var browser = Self.browser(origin)
      _ = browser.signIn()
      let day = SimProgram.pastDay.description
      #expect(browser.graph("intradaySteps", day).status == 200)
      #expect(browser.graph("intradaySleep", day).status == 503)
      let stats = document(browser.send("GET", "/sim/stats"))["fitbit_site"]
      #expect(stats?["refused"] == 1)
      #expect(stats?["windows"]?.elements.map { $0["name"]?.string } == ["Gap"])
    }
  }
}
