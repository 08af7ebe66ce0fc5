import DaybookCore
import Testing

@testable import daybook

@Suite("The words of status")
struct StatusWordsTests {
  private let clock = LocalClock(now: testNow, offset: { _ in 0 })

  @Test(
    "a rate has as many digits as it deserves",
    arguments: [
      (0, ""), (0.04, ""), (0.05, "0.1/min"), (0.34, "0.3/min"), (1, "1/min"), (9.96, "10/min"),
      (10, "10/min"), (58.4, "58/min"), (1_234.5, "1,235/min"), (1e300, "1,000,000,000/min"),
    ])
  func rate(rate: Double, text: String) { #expect(StatusText.rate(rate) == text) }

  @Test(
    "the use of a window is told in percent, full only when it is",
    arguments: [
      (0, 60, "w 0%"), (59, 60, "w 98%"), (60, 60, "w 100%"), (70, 60, "w 100%"), (0, 0, "w 100%"),
    ])
  func use(used: Int, limit: Int, text: String) {
    let window = WindowStatus(name: "w", per: .user, seconds: 60, limit: limit, used: used)
    #expect(StatusText.use(window) == text)
  }

  @Test("a window says whose it is")
  func window() {
    var window = WindowStatus(name: "hour", per: .user, seconds: 3_600, limit: 150, used: 7)
    #expect(StatusText.window(window) == "window hour: 7 of 150 calls in 1 h")
    window.per = .app
    #expect(StatusText.window(window).hasSuffix("shared by all accounts of the app"))
    window.seconds = 1e300
    #expect(StatusText.window(window).contains("31709 y"))
  }

  @Test(
    "what holds an account up comes with what to do",
    arguments: [
      (AccountState.working, nil), (.idle, nil), (.waiting, nil),
      (.paused, "go on with: daybook resume a"), (.signInNeeded, "run: daybook login a"),
      (.sealed, "its days stay; to try once more: daybook resume a --probe"),
      (.removed, "no longer in the settings; its days stay"),
      (.stopped, "see: journalctl -u daybook DAYBOOK_ACCOUNT=a"),
    ] as [(AccountState, String?)])
  func todo(state: AccountState, text: String?) {
    var account = AccountStatus(name: "a", provider: "p", state: state)
    #expect(StatusText.why(account, clock) == text)
    account.reason = "because"
    #expect(StatusText.why(account, clock) == (text.map { "because; \($0)" } ?? "because"))
    account.until = testNow + .minutes(1)
    #expect(StatusText.why(account, clock)?.hasPrefix("until 21:16 (in 1 min): because") == true)
  }

  @Test("every state has its colour, and trouble is red")
  func styles() {
    #expect(
      AccountState.allCases.filter { StatusText.style($0) == .red } == [.signInNeeded, .stopped])
    #expect(
      DaemonState.allCases.filter { StatusText.style($0) == .red }
        == [.archiveAway, .diskFull, .clockUntrusted])
  }

  @Test("only streams in trouble are named, with all of it")
  func trouble() {
    #expect(StatusText.trouble(Samples.stream("a") { $0.missing = 7 }) == nil)
    let all = Samples.stream("a") {
      $0.failing = 1
      $0.damaged = 2
      $0.refused = 3
      $0.beyond = 4_000
    }
    #expect(
      StatusText.trouble(all) == "1 failing, 2 damaged, 3 refused, 4,000 beyond reach")
  }

  @Test("a sign-in that ends by itself says when, and what to run")
  func signInEnd() {
    var account = Samples.idle
    #expect(StatusText.signInEnd(account, clock) == nil)
    account.signInEnds = testNow + .days(9)
    let line = "sign-in ends 2026-12-01 (in 9 days); run: daybook login phone"
    #expect(StatusText.signInEnd(account, clock) == line)
    #expect(StatusText.signInEnd(account, clock, within: 9) == line)
    #expect(StatusText.signInEnd(account, clock, within: 8) == nil)
    account.signInEnds = testNow + .minutes(30)
    #expect(
      StatusText.signInEnd(account, clock) == "sign-in ends 21:45; run: daybook login phone")
    account.state = .signInNeeded
    #expect(StatusText.signInEnd(account, clock) == nil)
  }

  @Test("a provider that ends says when, and what comes after")
  func ending() throws {
    var account = Samples.idle
    let today = try #require(Day("2026-11-22"))
    #expect(StatusText.ending(account, today) == nil)
    account.sunset = today + 1
    #expect(StatusText.ending(account, today) == "the provider ends 2026-11-23, in 1 day")
    account.sunset = today
    account.successor = "other"
    #expect(
      StatusText.ending(account, today)
        == "the provider ends 2026-11-22, which is today; successor: other")
    account.daysLeft = -1
    account.streams = [Samples.stream("a") { ($0.missing, $0.failing) = (809, 3) }]
    #expect(
      StatusText.ending(account, today)
        == "the provider ended 2026-11-22; 812 days still to read; successor: other")
    account.state = .sealed
    #expect(StatusText.ending(account, today) == "the provider ended 2026-11-22; successor: other")
  }

  @Test("open days of an account that will not see them again say when they were seen")
  func lastSeen() {
    #expect(StatusText.lastSeen(Samples.idle) == nil)
    #expect(StatusText.lastSeen(Samples.sealed) == "9 open days, last seen 2026-11-01")
  }
}
