import Testing

@testable import DaybookCore

@Suite("Provider file: windows and meters")
struct ProviderFileBudgetTests {
  private static func window(_ text: String) -> [Int: String] { [7: "  - {\(text)}"] }
  private static func meter(_ text: String) -> [Int: String] { [13: "meters: [{\(text)}]"] }

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        window("name: minute, seconds: 60, limit: 0, per: app"),
        "7:40: 'limit': expected a whole number from 1 to 1000000000, not '0'"),
      WrongProvider(
        window("name: minute, seconds: -1, limit: 60, per: app"),
        "7:29: 'seconds': expected a number above 0, at most 2678400, not '-1'"),
      WrongProvider(
        window("name: minute, seconds: \"60\", limit: 60, per: app"),
        "7:29: 'seconds': expected a number above 0, at most 2678400, not the quoted text '60'"),
      WrongProvider(
        window("name: minute, limit: 60, per: app"),
        "7:5: a window needs the key 'seconds': a number above 0, at most 2678400"),
      WrongProvider(
        window("name: nearest, seconds: 60, limit: 60, per: app"),
        "7:12: 'name': 'nearest' is what a meter says; choose another name"),
      WrongProvider(
        window("name: minute, seconds: 60, limit: 60, per: app, align: clok"),
        "7:61: 'align': expected one of clock, first, rolling, sliding, unknown, not 'clok'; did "
          + "you mean 'clock'?"
      ),
      WrongProvider(
        7,
        "  - {name: minute, seconds: 60, limit: 60, per: app}\n"
          + "  - {name: minute, seconds: 90, limit: 60, per: app}",
        "8:12: 'windows': 'minute' stands twice"),
      WrongProvider(
        meter("header: X-Left, says: left, window: hour"),
        "13:47: 'window': 'hour' is not a window of this file; there is: minute"),
      WrongProvider(
        meter("header: X-Left, says: left, window: [minute, minut]"),
        "13:56: 'window': 'minut' is not a window of this file; did you mean 'minute'? there "
          + "is: minute"
      ),
      WrongProvider(
        meter("header: X-Left, says: left, window: [minute, minute]"),
        "13:56: 'window': 'minute' stands twice"),
      WrongProvider(
        meter("header: \"X Left\", says: left, window: nearest"),
        "13:19: 'header': 'X Left' is no header's name"),
      WrongProvider(
        meter("header: X-Left, says: rest, window: nearest"),
        "13:33: 'says': expected one of limit, used, left, resets_in, resets_at, not 'rest'"),
      WrongProvider(
        meter("header: X-Left, says: left"),
        "13:10: a meter needs the key 'window': a window of this file, a list of them, or nearest"),
      WrongProvider(
        [6: "# none", 7: "# none", 13: "meters: [{header: X-Left, says: left, window: day}]"],
        "13:47: 'window': 'day' is not a window of this file; there is none"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("a window with another mistake is still a window that meters may name")
  func noEcho() {
    WrongProvider(
      [
        7: "  - {name: minute, seconds: x, limit: 60, per: app}",
        13: "meters: [{header: X-Left, says: left, window: minute}]",
      ],
      "7:29: 'seconds': expected a number above 0, at most 2678400, not 'x'"
    ).check()
  }

  @Test("windows and meters arrive in the model")
  func values() throws {
    let file = WrongProvider([
      7: "  - {name: gap, seconds: 0.5, limit: 1, per: user}\n"
        + "  - {name: day, seconds: 86400, limit: 1000, per: app, align: first}",
      13: "meters:\n  - {header: X-Used, says: used, window: [gap, day]}\n"
        + "  - {header: X-Reset, says: resets_in, window: nearest}",
    ])
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    #expect(
      provider.windows == [
        WindowSpec(name: "gap", seconds: 0.5, limit: 1, per: .user, align: .unknown),
        WindowSpec(name: "day", seconds: 86_400, limit: 1_000, per: .app, align: .first),
      ])
    #expect(
      provider.meters == [
        Meter(header: "X-Used", says: .used, windows: ["gap", "day"]),
        Meter(header: "X-Reset", says: .resetsIn, windows: []),
      ])
  }
}
