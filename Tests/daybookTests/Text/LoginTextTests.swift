import DaybookCore
import Testing

@testable import daybook

@Suite("The text of login")
struct LoginTextTests {
  private let clock = LocalClock(now: testNow) { _ in 0 }

  @Test("all that came back")
  func full() {
    var result = LoginResult()
    result.granted = ["activity", "location"]
    result.missing = ["sleep", "mood"]
    result.lost = [ScopeLoss(scope: "sleep", streams: ["sleep", "naps"])]
    result.ends = testNow + .days(7)
    result.firstDay = Day("2014-01-12")
    result.days = 1_600
    result.streams = ["storyline", "places"]
    result.eta = 1_700
    #expect(
      LoginText.text(result, account: "me", clock: clock) == """
        signed in me
        granted: activity, location
        not granted: sleep; without it no sleep, naps; allow it and sign in again
        not granted: mood; no stream needs it
        streams: storyline, places
        first day: 2014-01-12, 1,600 days to read
        all read in about 28 min
        this sign-in ends 2026-11-29; the journal warns two days before
        to renew it, at any time: daybook login me
        watch it: daybook status --watch
        """)
  }

  @Test("what did not come back is not told")
  func empty() {
    #expect(
      LoginText.text(LoginResult(), account: "me", clock: clock)
        == "signed in me\nwatch it: daybook status --watch")
  }

  @Test("long lists go on in the next line, within the width of the terminal")
  func wide() {
    var result = LoginResult()
    result.granted = (1...3).map { "https://scopes.example/auth/health.kind\($0).readonly" }
    result.streams = (1...30).map { "stream-\($0)" }
    for columns in [80, 60] {
      let text = LoginText.text(
        result, account: "me", clock: clock, look: Look(columns: columns, colour: false))
      let lines = text.split(separator: "\n")
      #expect(lines.allSatisfy { $0.count <= columns }, "\(text)")
      #expect(lines.count > 6 && lines.last == "watch it: daybook status --watch")
    }
  }

  @Test("a scope from the server cannot drive the terminal")
  func escaped() {
    var result = LoginResult()
    result.granted = ["\u{1b}[1m"]
    #expect(LoginText.text(result, account: "a", clock: clock).contains("granted: \\u{1B}[1m"))
  }
}
