import DaybookCore
import Testing

@testable import DaybookSimulator

struct SiteGraphAnswerTests {
  static let date = "2014-06-01"
  static let types = ["intradaySteps", "intradayCaloriesBurned", "intradayActiveScore"]

  @Test("the answer is XML with 288 values", arguments: types)
  func document(type: String) {
    var browser = SiteBrowser.signedIn()
    let answer = browser.graph(type, Self.date)
    #expect(answer.status == 200)
    #expect(answer.header("content-type") == "text/xml; charset=UTF-8")
    let values = SiteBrowser.values(answer)
    #expect(values.count == 288)
    #expect(values.allSatisfy { Double($0) != nil })
    #expect(values.contains { Double($0) ?? 0 > 0 })
    #expect(!answer.bodyText.contains("description"))
  }

  @Test("a night has a value and a time for each minute, the evening before included")
  func sleep() throws {
    var browser = SiteBrowser.signedIn { $0.sleeplessRate = 0 }
    let answer = browser.graph("intradaySleep", Self.date)
    let tracker = browser.model.trackers[0]
    let night = try #require(tracker.sleeps(day(Self.date).number, known: 1_440).first)
    let times = SiteBrowser.descriptions(answer)
    #expect(SiteBrowser.values(answer) == night.values.map { String($0) })
    #expect(times.count == night.values.count)
    #expect(times.allSatisfy { $0.wholeMatch(of: /from (0[1-9]|1[0-2]):[0-5][0-9][AP]M/) != nil })
    #expect(times.last?.hasSuffix("AM") == true)
  }

  @Test("some users have a clock of 24 hours")
  func clock24() {
    var browser = SiteBrowser.signedIn {
      $0.sleeplessRate = 0
      $0.clock24 = true
    }
    let times = SiteBrowser.descriptions(browser.graph("intradaySleep", Self.date))
    #expect(times.count > 300)
    #expect(times.allSatisfy { $0.wholeMatch(of: /from [0-2][0-9]:[0-5][0-9]/) != nil })
  }

  @Test("without a session, or with an unknown one, it is the way to the login page")
  func unauthorized() {
    var browser = SiteBrowser.signedIn()
    for value in [nil, "", "x", browser[cookie: "uis"]] {
      browser.drop("sid")
      if let value { browser.cookies.append(SimField("sid", value)) }
      let answer = browser.graph("intradaySteps", Self.date)
      #expect(answer.status == 302)
      #expect(answer.header("location") == "/login")
      #expect(answer.header("content-type") == "text/html; charset=UTF-8")
      #expect(SiteBrowser.values(answer).isEmpty)
    }
    #expect(browser.model.stats.unauthorized == 4)
    #expect(browser.model.stats.meters[0].meter.total == 0)
  }

  @Test("the session alone is enough, as when cookies are copied out of a browser")
  func copiedCookies() {
    var browser = SiteBrowser.signedIn()
    browser.drop("JSESSIONID")
    #expect(browser.cookies.map(\.name) == ["sid", "uid", "uis"])
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
  }

  @Test("the data of others is 403", arguments: [0, 1])
  func others(person: Int) {
    var browser = SiteBrowser.signedIn { $0.persons = 2 }
    let id = person == 0 ? "2XXXXX" : browser.model.userID(1)
    let answer = browser.graph("intradaySteps", Self.date, ["userId": id])
    #expect(answer.status == 403)
    #expect(SiteBrowser.values(answer).isEmpty)
    #expect(browser.model.stats.forbidden == 1)
    #expect(browser.model.stats.days.isEmpty)
  }

  @Test(
    "what cannot be understood is 400",
    arguments: [
      ["dateTo": "yesterday"], ["dateTo": nil], ["version": nil], ["dataVersion": "2112"],
      ["chart_Type": nil], ["period": "7d"], ["type": "intradayFloors"], ["userId": nil],
    ] as [[String: String?]])
  func bad(changes: [String: String?]) {
    var browser = SiteBrowser.signedIn()
    #expect(browser.graph("intradaySteps", Self.date, changes).status == 400)
    #expect(browser.model.stats.bad == 1)
  }

  @Test(
    "days before the tracker and days to come are zeros, their nights are without values",
    arguments: ["2012-12-31", "2010-01-01", "2014-06-19", "2030-01-01"])
  func outside(date: String) {
    var browser = SiteBrowser.signedIn()
    for type in Self.types {
      #expect(SiteBrowser.values(browser.graph(type, date)) == Array(repeating: "0", count: 288))
    }
    let night = browser.graph("intradaySleep", date)
    #expect(night.status == 200)
    #expect(SiteBrowser.values(night).isEmpty)
    #expect(night.bodyText.contains("<graph gid=\"0\">"))
  }

  @Test("a day without the tracker is 288 zeros")
  func empty() throws {
    var browser = SiteBrowser.signedIn { $0.emptyRate = 1 }
    let tracker = browser.model.trackers[0]
    let off = try #require((16_200..<16_214).first { tracker.isOff($0) })
    let answer = browser.graph("intradaySteps", Day(number: off).description)
    #expect(SiteBrowser.values(answer) == Array(repeating: "0", count: 288))
  }

  @Test("today has zeros from the tracker's last hand-over on")
  func today() {
    var browser = SiteBrowser.signedIn(now: moment("2014-06-18T12:14:00")) {
      $0.zone = SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe)
    }
    let values = SiteBrowser.values(browser.graph("intradayCaloriesBurned", "2014-06-18"))
    // 12:00 UTC is 14:00 in Berlin.
    #expect(values[..<168].allSatisfy { $0 != "0" })
    #expect(values[168...].allSatisfy { $0 == "0" })
  }

  @Test("days of 23 and 25 hours have 288 values too", arguments: ["2014-03-30", "2013-10-27"])
  func summerTime(date: String) {
    var browser = SiteBrowser.signedIn {
      $0.zone = SimZone(id: "Europe/Berlin", standard: 3_600, summer: .europe)
    }
    #expect(SiteBrowser.values(browser.graph("intradayCaloriesBurned", date)).count == 288)
  }

  @Test("a second sleep is shown to who knows its id, the first one to everybody else")
  func secondSleep() throws {
    var browser = SiteBrowser.signedIn {
      $0.sleeplessRate = 0
      $0.napRate = 1
    }
    let ids = browser.model.sleepIDs(day(Self.date), now: browser.now)
    #expect(ids.count == 2)
    let first = browser.graph("intradaySleep", Self.date)
    let answers = ids.map { browser.graph("intradaySleep", Self.date, ["arg": String($0)]) }
    #expect(SiteBrowser.values(answers[0]) == SiteBrowser.values(first))
    #expect((25...80).contains(SiteBrowser.values(answers[1]).count))
    #expect(SiteBrowser.descriptions(answers[1]).allSatisfy { $0.hasSuffix("PM") })
    let unknown = browser.graph("intradaySleep", Self.date, ["arg": "1"])
    #expect(unknown.status == 200 && SiteBrowser.values(unknown).isEmpty)
    let empty = browser.graph("intradaySleep", Self.date, ["arg": ""])
    #expect(SiteBrowser.values(empty) == SiteBrowser.values(first))
  }

  @Test("nobody else has sleep records")
  func nobody() {
    #expect(SiteBrowser().model.sleepIDs(day(Self.date), person: 9, now: SiteBrowser.noon).isEmpty)
  }

  @Test("the undefined entity comes on some days, the same ones each time")
  func ellipsis() {
    var browser = SiteBrowser.signedIn { $0.ellipsisRate = 0.5 }
    func days() -> [Bool] {
      (1...30).map {
        let date = Day(number: day("2014-04-30").number + $0).description
        return browser.graph("intradaySteps", date).bodyText.contains("&hellip;")
      }
    }
    let first = days()
    #expect(first.contains(true) && first.contains(false))
    #expect(days() == first)
  }

  @Test("a quota that is switched on answers 503 until the clock's next minute")
  func quota() {
    var browser = SiteBrowser.signedIn {
      $0.enforcesQuota = true
      $0.windows = [SimWindow("Minute", length: .minutes(1), limit: 3)]
    }
    let statuses = (0..<5).map { _ in browser.graph("intradaySteps", Self.date).status }
    #expect(statuses == [200, 200, 200, 503, 503])
    let refused = browser.graph("intradaySteps", Self.date)
    #expect(refused.header("content-type") == "text/html; charset=UTF-8")
    #expect(refused.header("retry-after") == nil)
    #expect(browser.model.stats.refused == 3)
    browser.now = SiteBrowser.noon + .minutes(1)
    #expect(browser.graph("intradaySteps", Self.date).status == 200)
    #expect(browser.send("GET", "/").status == 200)
  }

  @Test("each person has a quota")
  func quotas() {
    var jane = SiteBrowser {
      $0.persons = 2
      $0.enforcesQuota = true
      $0.windows = [SimWindow("Minute", length: .minutes(1), limit: 1)]
    }
    _ = jane.signIn()
    _ = jane.graph("intradaySteps", Self.date)
    var joe = jane
    joe.cookies = []
    _ = joe.signIn(["email": "jane+1@example.org"])
    #expect(joe.graph("intradaySteps", Self.date).status == 200)
    #expect(jane.graph("intradaySteps", Self.date).status == 503)
  }

  @Test("without a quota nothing is refused, however much is asked, but it is counted")
  func unlimited() {
    var browser = SiteBrowser.signedIn {
      $0.windows = [SimWindow("Minute", length: .minutes(1), limit: 3)]
    }
    let statuses = Set((0..<20).map { _ in browser.graph("intradaySleep", Self.date).status })
    #expect(statuses == [200])
    #expect(browser.model.stats.meters.map(\.meter.mostFixed) == [20])
  }
}
