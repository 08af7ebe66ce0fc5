import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Watchers")
struct WatchersTests {
  private func now(_ milliseconds: Int64) -> Now {
    Now(wall: Instant(seconds: 0), boot: BootTime(microseconds: milliseconds * 1_000))
  }
  private func entry(_ message: Message = .progress, _ text: String = "t") -> TimedEntry {
    TimedEntry(at: Instant(seconds: 0), entry: Entry(message, text))
  }

  private func watched() -> Watchers {
    var watchers = Watchers()
    watchers.add(CommandID(1), account: nil)
    return watchers
  }

  @Test("while nobody watches nothing is gathered")
  func nobody() {
    var watchers = Watchers()
    watchers.add(entry())
    watchers.note([LaneTests.make()], now: now(0))
    let news = watchers.take(now: now(1_000))
    #expect(watchers.flushAt == nil && news == nil)
  }

  @Test("changes are gathered for 200 ms from the first one, each lane once")
  func gathers() throws {
    var watchers = watched()
    watchers.note([LaneTests.make(id: 1)], now: now(0))
    watchers.note([LaneTests.make(id: 1), LaneTests.make(id: 2)], now: now(150))
    watchers.add(entry())
    #expect(watchers.flushAt == BootTime(microseconds: 200_000))
    let early = watchers.take(now: now(199))
    #expect(early == nil)
    let news = watchers.take(now: now(200))
    let told = try #require(news)
    #expect(told.lanes == [1, 2] && told.entries == [entry()])
    let more = watchers.take(now: now(999))
    #expect(more == nil && watchers.flushAt == nil)
  }

  @Test("no change and no line is no news; a line alone is")
  func silence() {
    var watchers = watched()
    watchers.note([], now: now(0))
    #expect(watchers.flushAt == nil)
    watchers.add(entry())
    watchers.note([], now: now(0))
    #expect(watchers.flushAt != nil)
  }

  @Test("lines for every day are left out")
  func debugLines() throws {
    var watchers = watched()
    for message in Message.allCases { watchers.add(entry(message)) }
    watchers.note([], now: now(0))
    let news = watchers.take(now: now(200))
    let told = try #require(news).entries.map(\.entry.message)
    #expect(told == Message.allCases.filter { $0.priority < .debug })
    #expect(!told.contains(.dayStored))
  }

  @Test("a flood of lines is cut")
  func bounded() throws {
    var watchers = watched()
    for i in 0..<Limits.watchedEntries + 50 { watchers.add(entry(.progress, "\(i)")) }
    watchers.note([], now: now(0))
    let news = watchers.take(now: now(200))
    let told = try #require(news).entries
    #expect(told.count == Limits.watchedEntries && told[0].entry.text == "0")
  }

  @Test("the last watcher who goes takes what was gathered along")
  func remove() {
    var watchers = watched()
    watchers.add(CommandID(2), account: "me")
    watchers.add(entry())
    watchers.note([], now: now(0))
    watchers.remove(CommandID(1))
    #expect(watchers.all.map(\.command) == [CommandID(2)] && watchers.flushAt != nil)
    watchers.remove(CommandID(2))
    #expect(watchers.all.isEmpty && watchers.flushAt == nil)
  }

  @Test("at the end everybody is told")
  func end() {
    var watchers = watched()
    watchers.add(CommandID(2), account: nil)
    var out: [Effect] = []
    watchers.end(&out)
    let told = out.compactMap { effect -> CommandID? in
      guard case .answer(let id, .failed(.shuttingDown), continues: false) = effect else {
        return nil
      }
      return id
    }
    #expect(told == [CommandID(1), CommandID(2)] && watchers.all.isEmpty)
  }
}
