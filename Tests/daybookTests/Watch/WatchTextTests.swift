import DaybookCore
import Testing

@testable import daybook

@Suite("The text of a watch")
struct WatchTextTests {
  private func text(_ columns: Int, colour: Bool = false) -> WatchText {
    WatchText(
      look: Look(columns: columns, colour: colour),
      clock: LocalClock(now: testNow, offset: { _ in 0 }))
  }
  private func state(_ accounts: [AccountStatus], _ entries: [TimedEntry] = []) -> WatchState {
    var state = WatchState()
    state.apply(Samples.daemon, accounts, entries)
    return state
  }
  private let failed = TimedEntry(
    at: testNow - .seconds(3),
    entry: Entry(
      .dayFailed, "answered 500\u{1b}", account: "me-moves", stream: "storyline",
      day: Day("2016-06-18")))

  @Test("a bar for each account, and the newest lines")
  func screen() {
    let lines = text(80).screen(state([Samples.working, Samples.idle], [failed]), rows: 24)
    #expect(
      lines == [
        "daybookd ready, 4,204 days stored, 2,296 missing",
        "me-moves [#######................]  34% working, 58/min, minute 96%, 40 min left",
        "phone    [##############################] 100% idle", "",
        "21:15:00 me-moves storyline 2016-06-18: answered 500\\u{1B}",
      ])
  }

  @Test("narrow terminals have no bar, and no line is too wide for 80")
  func narrow() {
    let all = state([Samples.working, Samples.waiting, Samples.idle, Samples.troubled])
    #expect(
      text(40).screen(all, rows: 24)[2] == "me-moves   34% working, 58/min, minute 96%, 40 min left"
    )
    #expect(text(80).screen(all, rows: 24).allSatisfy { cells($0) <= 80 })
  }

  @Test("a pause tells its end, a missing sign-in the command")
  func pause() {
    let lines = text(120).screen(state([Samples.waiting, Samples.troubled]), rows: 24)
    #expect(lines[1].hasSuffix("34% waiting, minute 96%, until 21:27 (in 12 min), 40 min left"))
    #expect(lines[2].hasSuffix("97% sign-in-needed, run: daybook login old"))
  }

  @Test("100 percent is only said when nothing is left")
  func percent() {
    var almost = Samples.idle
    almost.streams = [
      Samples.stream("a") {
        $0.final = 99_999
        $0.missing = 1
      }
    ]
    #expect(text(80).screen(state([almost]), rows: 9)[1].contains("]  99% idle"))
    #expect(
      !text(80).screen(state([almost]), rows: 9)[1].contains(String(repeating: "#", count: 30)))
    almost.streams = []
    #expect(text(80).screen(state([almost]), rows: 9)[1].contains("]   0% idle"))
  }

  @Test("when not all fit, those with work come first")
  func many() {
    let idle = (0..<30).map { AccountStatus(name: "a\($0)", provider: "p", state: .idle) }
    var busy = Samples.working
    busy.name = "zz"
    let lines = text(80).screen(state(idle + [busy]), rows: 10)
    #expect(lines.count == 9)
    #expect(lines[1].hasPrefix("zz "))
    #expect(lines.last == "and 24 accounts more")
  }

  @Test("before the daemon has spoken there is nothing")
  func nothing() { #expect(text(80).screen(WatchState(), rows: 24) == []) }

  @Test("in a pipe, one line for each thing that changed")
  func lines() {
    var state = state([Samples.working], [failed])
    #expect(
      text(80).lines(state.takeNews()) == [
        "21:15:03 daybookd ready, 4,204 days stored, 2,296 missing",
        "21:15:03 me-moves  34% working, 58/min, minute 96%, 40 min left",
        "21:15:00 me-moves storyline 2016-06-18: answered 500\\u{1B}",
      ])
    #expect(text(80).lines(state.takeNews()) == [])
  }

  @Test("lines left out are counted")
  func dropped() {
    var state = WatchState()
    state.apply(nil, [], Array(repeating: failed, count: 25))
    #expect(text(80).lines(state.takeNews()).first == "21:15:03 5 lines left out")
  }

  @Test("colours change nothing but the colours")
  func colours() {
    let all = state([Samples.working, Samples.troubled], [failed])
    let painted = text(80, colour: true).screen(all, rows: 24)
    #expect(painted != text(80).screen(all, rows: 24))
    #expect(painted.map(withoutStyles) == text(80).screen(all, rows: 24))
  }
}
