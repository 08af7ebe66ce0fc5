import DaybookCore
import Testing

@testable import daybook

@Suite("The text of login")
struct LoginTextTests {
  @Test("all that came back")
  func full() {
    var result = LoginResult()
    result.granted = ["activity", "location"]
    result.missing = ["sleep"]
    result.firstDay = Day("2014-01-12")
    result.days = 1_600
    result.streams = ["storyline", "places"]
    result.eta = 1_700
    #expect(
      LoginText.text(result, account: "me") == """
        signed in me
        granted: activity, location
        not granted: sleep; what needs it is refused
        streams: storyline, places
        first day: 2014-01-12, 1,600 days to read
        all read in about 28 min
        watch it: daybook status --watch
        """)
  }

  @Test("what did not come back is not told")
  func empty() {
    #expect(
      LoginText.text(LoginResult(), account: "me")
        == "signed in me\nwatch it: daybook status --watch")
  }

  @Test("a scope from the server cannot drive the terminal")
  func escaped() {
    var result = LoginResult()
    result.granted = ["\u{1b}[1m"]
    #expect(LoginText.text(result, account: "a").contains("granted: \\u{1B}[1m"))
  }
}
