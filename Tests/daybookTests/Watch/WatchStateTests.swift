import DaybookCore
import Testing

@testable import daybook

@Suite("What a watch knows")
struct WatchStateTests {
  private func entry(_ n: Int) -> TimedEntry {
    TimedEntry(at: testNow, entry: Entry(.dayFailed, "line \(n)"))
  }

  @Test("accounts are sorted, and the newest word counts")
  func accounts() {
    var state = WatchState()
    state.apply(nil, [Samples.working, Samples.troubled], [])
    state.apply(nil, [Samples.idle, Samples.waiting], [])
    #expect(state.accounts.map(\.name) == ["her-moves", "me-moves", "old", "phone"])
    var changed = Samples.idle
    changed.state = .working
    state.apply(nil, [changed], [])
    #expect(state.accounts.map(\.name) == ["her-moves", "me-moves", "old", "phone"])
    #expect(state.accounts.last?.state == .working)
  }

  @Test("news are told once")
  func news() {
    var state = WatchState()
    state.apply(Samples.daemon, [Samples.working], [entry(1)])
    let first = state.takeNews()
    #expect(first.daemon?.state == .ready)
    #expect(first.accounts.map(\.name) == ["me-moves"])
    #expect(first.entries == [entry(1)])
    #expect(state.takeNews().isEmpty)
  }

  @Test("an account that is told again unchanged is no news, nor is a daemon in the same state")
  func unchanged() {
    var state = WatchState()
    state.apply(Samples.daemon, [Samples.working], [])
    _ = state.takeNews()
    var more = Samples.daemon
    more.days += 1
    state.apply(more, [Samples.working], [])
    #expect(state.takeNews().isEmpty)
    #expect(state.daemon?.days == more.days)
    more.state = .diskFull
    state.apply(more, [], [])
    #expect(state.takeNews().daemon?.state == .diskFull)
  }

  @Test("of a flood of lines the newest are kept, and the others counted")
  func flood() {
    var state = WatchState()
    for n in 0..<10 { state.apply(nil, [], (0..<10).map { entry(n * 10 + $0) }) }
    #expect(state.entries == (95..<100).map { entry($0) })
    let news = state.takeNews()
    #expect(news.entries == (80..<100).map { entry($0) })
    #expect(news.dropped == 80)
    #expect(state.takeNews().dropped == 0)
  }
}
