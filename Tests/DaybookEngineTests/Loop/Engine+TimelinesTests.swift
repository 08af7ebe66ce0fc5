import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: days and timelines")
struct EngineTimelinesTests {
  private func days(_ bench: Bench, _ account: String? = "me", year: Int? = nil) throws -> DaysRow {
    guard case .days(let row)? = bench.ask(.days(account: account, stream: "steps", year: year))
    else { throw BenchError("no days") }
    return row
  }

  @Test(
    "each day has the letter of its state",
    arguments: [
      (DayState.missing, 2, "."), (.open, 2, "o"), (.open, 0, "e"), (.final, 2, "#"),
      (.final, 0, "e"), (.refused, 2, "r"), (.beyond, 2, "b"), (.failing, 2, "f"),
      (.damaged, 2, "d"),
    ])
  func letters(_ state: DayState, _ items: Int, _ letter: Character) throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-14") }
    bench.storeAll(items)
    try bench.change("2018-06-14") { $0.state = state }
    let row = try days(bench)
    #expect(row.from == Bench.day("2018-06-14") && row.days.count == 2)
    #expect(row.days.first == letter)
  }

  @Test("a year is shown whole, with what is outside the account's days")
  func year() throws {
    let bench = try Bench()
    let row = try days(bench, year: 2018)
    #expect(row.from == Bench.day("2018-01-01") && row.days.count == 365)
    #expect(row.days.filter { $0 == "." }.count == 4)
    #expect(row.days.filter { $0 == "-" }.count == 361)
    #expect(try days(bench, year: 2016).days.count == 366)
  }

  @Test("an account without days yet shows today alone")
  func none() throws {
    let bench = try Bench { $0.firstDay = nil }
    #expect(try days(bench).days == "-")
  }

  @Test("with more, a stream in each reply; without, one stream must be named")
  func streams() throws {
    let bench = try Bench { $0.provider = .bench(["a", "b"]) }
    let call = ControlCall.days(account: nil, stream: nil, year: nil)
    let id = bench.command(call, more: true)
    let names = (bench.answers[id] ?? []).map { reply -> String in
      if case .days(let row) = reply { row.stream } else { "?" }
    }
    #expect(names == ["a", "b"])
    guard case .failed(.invalidParameter)? = bench.ask(call) else {
      Issue.record("answered")
      return
    }
    #expect(
      bench.ask(.days(account: "me", stream: "c", year: nil))
        == .failed(.noSuchStream(account: "me", stream: "c")))
    #expect(
      bench.ask(.days(account: "you", stream: nil, year: nil)) == .failed(.noSuchAccount("you")))
  }

  // MARK: Joined

  /// `old` has steps and sleep, `new` has steps and heart; `you` is somebody else.
  private func joined(_ timeline: String = "us") throws -> Bench {
    try Bench {
      $0.provider = .bench(["steps", "sleep"])
      $0.others = [.bench(["steps", "heart"], login: .none, name: "q")]
      var new = AccountSettings(name: "new", provider: "q")
      new.timeline = timeline
      var old = AccountSettings.bench("old")
      old.timeline = timeline
      $0.accounts = [old, new, .bench("you")]
    }
  }

  private func rows(_ bench: Bench, _ name: String?, _ stream: String? = nil) -> [DaysRow] {
    let id = bench.command(.days(account: name, stream: stream, year: nil), more: true)
    return (bench.answers[id] ?? []).compactMap { reply in
      if case .days(let row) = reply { row } else { nil }
    }
  }

  private func set(_ bench: Bench, _ account: String, _ date: String, _ state: DayState) throws {
    let lane = bench.lane(account)
    let before = try bench.row(date, account: account)
    var after = before
    after.state = state
    after.nextAt = nil
    after.workClass = nil
    try bench.engine.write(lane, after, before: before)
  }

  @Test("accounts of a timeline are shown as one, stream by stream, and others by themselves")
  func together() throws {
    let bench = try joined()
    bench.storeAll()
    let all = rows(bench, nil)
    #expect(all.map(\.account) == ["us", "us", "us", "you", "you"])
    #expect(all.map(\.stream) == ["steps", "sleep", "heart", "steps", "sleep"])
    #expect(all.map(\.accounts) == [["old", "new"], ["old"], ["new"], nil, nil])
    #expect(rows(bench, "us") == Array(all.prefix(3)))
    #expect(rows(bench, "old").map(\.account) == ["old", "old"])
    #expect(rows(bench, "us", "heart").map(\.days.count) == [4])
    #expect(
      bench.ask(.days(account: "us", stream: "x", year: nil))
        == .failed(.noSuchStream(account: "us", stream: "x")))
    guard case .days? = bench.ask(.days(account: "us", stream: "steps", year: nil)) else {
      Issue.record("one stream needs no more")
      return
    }
  }

  @Test(
    "a day has the best state of its accounts",
    arguments: [
      (DayState.missing, DayState.open, "o"), (.final, .open, "#"), (.open, .failing, "o"),
      (.failing, .missing, "f"), (.damaged, .missing, "d"), (.missing, .refused, "."),
      (.refused, .beyond, "r"), (.beyond, .beyond, "b"), (.beyond, .final, "#"),
    ] as [(DayState, DayState, Character)])
  func best(_ old: DayState, _ new: DayState, _ letter: Character) throws {
    for (a, b) in [(old, new), (new, old)] {
      let bench = try joined()
      bench.storeAll()
      try set(bench, "old", "2018-06-13", a)
      try set(bench, "new", "2018-06-13", b)
      let row = try #require(rows(bench, "us", "steps").first)
      #expect(Array(row.days)[1] == letter)
    }
  }

  @Test("the calendar reaches from the first day of the one to the last of the other")
  func reach() throws {
    let bench = try joined()
    bench.storeAll()
    bench.lane("new").record.firstDay = Bench.day("2018-06-08")
    bench.lane("new").today = nil
    bench.engine.roster.wakeAll()
    bench.pass(.minutes(1))
    bench.storeAll()
    let row = try #require(rows(bench, "us", "steps").first)
    #expect(row.from == Bench.day("2018-06-08") && row.days.count == 8)
    #expect(!row.days.contains("-"))
    #expect(try #require(rows(bench, "us", "sleep").first).from == Bench.day("2018-06-12"))
  }

  @Test("where an account has the name of its timeline, the name is the account's")
  func sameName() throws {
    let bench = try joined("old")
    bench.storeAll()
    #expect(rows(bench, "old").map(\.accounts) == [nil, nil])
    #expect(rows(bench, nil).map(\.accounts).first == ["old", "new"])
  }

  @Test("a timeline of one account is no joint one, but has its name")
  func single() throws {
    let bench = try Bench { $0.accounts[0].timeline = "us" }
    bench.storeAll()
    #expect(rows(bench, nil).map(\.account) == ["me"])
    #expect(rows(bench, "us").map(\.accounts) == [["me"]])
    #expect(try status(bench).isEmpty)
    #expect(
      bench.ask(.days(account: "them", stream: nil, year: nil))
        == .failed(.noSuchAccount("them")))
  }

  // MARK: Coverage

  private func status(_ bench: Bench, _ account: String? = nil) throws -> [TimelineStatus] {
    guard case .status(_, let accounts, let lines)? = bench.ask(.status(account: account)) else {
      throw BenchError("no status")
    }
    for account in accounts {
      #expect(account.timeline == bench.lane(account.name).settings.timeline)
    }
    return lines
  }

  private func expect(_ bench: Bench, _ held: Int, _ days: Int, _ first: String?, _ last: String?)
    throws
  {
    let line = try #require(try status(bench).first)
    #expect(line.name == "us" && line.accounts == ["old", "new"])
    #expect(line.held == held && line.days == days)
    #expect(line.first == first.map { Bench.day($0) } && line.last == last.map { Bench.day($0) })
  }

  @Test("coverage is what one account or the other holds, and follows every day")
  func coverage() throws {
    let bench = try joined()
    try expect(bench, 0, 0, nil, nil)
    bench.store(try bench.call("heart 2018-06-13"))
    try expect(bench, 1, 3, "2018-06-13", "2018-06-13")
    bench.store(try bench.call("steps 2018-06-13"))
    bench.store(try bench.call("sleep 2018-06-15"))
    try expect(bench, 2, 3, "2018-06-13", "2018-06-15")
    bench.storeAll()
    try expect(bench, 4, 4, "2018-06-12", "2018-06-15")
    for account in ["old", "new"] {
      for stream in 1...2 {
        let key = bench.key("2018-06-12", stream: stream, account: account)
        let before = try #require(try bench.engine.ledger.row(key))
        var after = before
        after.state = .damaged
        try bench.engine.write(bench.lane(account), after, before: before)
        let isLast = account == "new" && stream == 2
        try expect(
          bench, isLast ? 3 : 4, isLast ? 3 : 4, isLast ? "2018-06-13" : "2018-06-12",
          "2018-06-15")
      }
    }
    try bench.begin()
    try expect(bench, 3, 3, "2018-06-13", "2018-06-15")
  }

  @Test("a timeline is told with the last of its accounts, once; and with one that is asked for")
  func told() throws {
    let bench = try joined()
    let id = bench.command(.status(account: nil), more: true)
    let told = (bench.answers[id] ?? []).map { reply -> [String] in
      if case .status(_, let accounts, let lines) = reply {
        accounts.map(\.name) + lines.map(\.name)
      } else {
        []
      }
    }
    #expect(told == [["old"], ["new", "us"], ["you"]])
    #expect(try status(bench, "old").map(\.name) == ["us"])
    #expect(try status(bench, "you").isEmpty)
  }

  @Test("settings that take an account out of a timeline end it")
  func reload() throws {
    let bench = try joined()
    bench.storeAll()
    try expect(bench, 4, 4, "2018-06-12", "2018-06-15")
    bench.configuration.settings.accounts[1].timeline = nil
    bench.handle(.settingsRead(bench.configuration))
    #expect(try status(bench).isEmpty)
  }
}
