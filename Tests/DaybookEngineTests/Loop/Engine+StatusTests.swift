import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: status")
struct EngineStatusTests {
  @Test("the numbers of a stream are those of its days")
  func numbers() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-10") }
    bench.store(try bench.call("steps 2018-06-15"))
    bench.answer(try bench.call("steps 2018-06-14"), 403)
    bench.lane.refreshedAt = bench.boot
    bench.answer(try bench.call("steps 2018-06-13"), 410)
    bench.answer(try bench.call("steps 2018-06-12"), 500)
    let stream = try #require(try bench.status().streams.first)
    #expect(stream.name == "steps" && stream.open == 1 && stream.refused == 1)
    #expect(stream.beyond == 1 && stream.failing == 1 && stream.missing == 2)
    #expect(stream.total == 6 && stream.stored == 1)
    let daemon = try bench.daemonStatus()
    #expect(daemon.days == 1 && daemon.missing == 3, "what fails is missing too")
    #expect(daemon.version == "1.0" && daemon.pid == 4 && daemon.state == .ready)
  }

  @Test("windows tell what is used of how much")
  func windows() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-01-01")
      $0.provider.windows = [.bench("m", 60, 5), .bench("d", 86_400, 900, per: .app)]
    }
    bench.storeAll()
    let windows = try bench.status().windows
    #expect(windows.map(\.name) == ["m", "d"] && windows.map(\.used) == [5, 5])
    #expect(windows.map(\.limit) == [5, 900] && windows.map(\.per) == [.user, .app])
    bench.pass(.hours(25))
    #expect(try bench.status().windows.map(\.used).reduce(0, +) == 2 * bench.open.count)
  }

  @Test("the time to go is what the windows need for what is missing")
  func eta() throws {
    let bench = try Bench {
      $0.firstDay = Bench.day("2018-06-15") - 999
      $0.provider.windows = [.bench("h", 3_600, 100)]
    }
    bench.storeAll()
    #expect(bench.lane.missing == 900)
    let eta = try #require(try bench.status().eta)
    #expect((9 * 3_600...14 * 3_600).contains(eta), "\(eta)")
    let done = try Bench()
    done.storeAll()
    #expect(try done.status().eta == nil)
  }

  @Test("the rate is that of the last two minutes")
  func rate() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-01-01") }
    #expect(try bench.status().rate == 0)
    for _ in 0..<30 {
      bench.store(try #require(bench.open.first))
      bench.pass(.seconds(2))
    }
    let status = try bench.status()
    #expect((29...31).contains(status.rate), "\(status.rate)")
    #expect(status.lastDay != nil && status.lastAt == bench.wall - .seconds(2))
    bench.pass(.minutes(3))
    #expect(try bench.status().rate == 0)
  }

  /// What was done to an account, and how its status calls that.
  struct Case: CustomTestStringConvertible {
    var what: String
    var state: AccountState
    var reason: String?
    var change: @Sendable (Bench) -> Void
    var testDescription: String { what }
  }

  @Test(
    "the state of an account is the one that matters most",
    arguments: [
      Case(what: "nothing due", state: .idle) { _ in },
      Case(what: "paused", state: .paused, reason: "by the operator") {
        $0.lane.record.pausedAt = $0.wall
      },
      Case(what: "sealed and paused", state: .sealed, reason: "ended") {
        $0.lane.record.pausedAt = $0.wall
        $0.lane.record.sealReason = "ended"
      },
      Case(what: "stopped", state: .stopped, reason: "why") { $0.lane.stopped = "why" },
      Case(what: "signed out", state: .signInNeeded, reason: "signed out") {
        $0.lane.record.signInReason = "signed out"
      },
      Case(what: "never signed in", state: .signInNeeded, reason: "nobody has signed in yet") {
        $0.lane.grant = nil
      },
      Case(what: "disk full", state: .waiting, reason: "no room") {
        $0.engine.pauseWriting(.full, "no room")
      },
      Case(what: "trouble", state: .waiting, reason: "trouble") {
        $0.lane.notBefore = $0.boot + .seconds(9)
      },
      Case(what: "refreshing", state: .working) { $0.lane.refreshing = true },
    ])
  func states(_ c: Case) throws {
    let bench = try Bench()
    bench.storeAll()
    c.change(bench)
    let status = try bench.status()
    #expect(status.state == c.state && status.reason == c.reason)
    if c.what == "trouble" { #expect(status.until == bench.wall + .seconds(9)) }
  }

  @Test("with more, accounts come one by one and the last one ends it")
  func streamed() throws {
    let bench = try Bench { $0.accounts = ["a", "b", "c"].map { .bench($0) } }
    let id = bench.command(.status(account: nil), more: true)
    let names = (bench.answers[id] ?? []).map { reply -> [String] in
      if case .status(_, let accounts, _) = reply { accounts.map(\.name) } else { [] }
    }
    #expect(names == [["a"], ["b"], ["c"]])
    let ends = bench.effects.compactMap { effect -> Bool? in
      if case .answer(_, _, let continues) = effect { !continues } else { nil }
    }
    #expect(ends == [false, false, true])
  }

  @Test("without an account the daemon still says how it is", arguments: [true, false])
  func noAccounts(_ more: Bool) throws {
    let bench = try Bench { $0.accounts = [] }
    let id = bench.command(.status(account: nil), more: more)
    guard case .status(let daemon, [], [])? = bench.answers[id]?.first else {
      Issue.record("\(String(describing: bench.answers[id]))")
      return
    }
    #expect(daemon.state == .ready)
  }

  @Test("the daemon is paused when every account is")
  func allPaused() throws {
    let bench = try Bench { $0.accounts = ["a", "b"].map { .bench($0) } }
    bench.command(.pause(account: "a"))
    #expect(try bench.daemonStatus().state == .ready)
    bench.command(.pause(account: nil))
    #expect(try bench.daemonStatus().state == .paused)
  }

  @Test("a watcher is shown how things stand, then every change and line of its account")
  func watch() throws {
    let bench = try Bench { $0.accounts = ["a", "b"].map { .bench($0) } }
    let all = bench.command(.watch(account: nil), more: true)
    let own = bench.command(.watch(account: "a"), more: true)
    bench.command(.pause(account: "b"))
    bench.pass(.milliseconds(200))
    func news(_ id: CommandID) -> ([[String]], [Message]) {
      var accounts: [[String]] = []
      var lines: [Message] = []
      for case .watch(_, let changed, let entries) in bench.answers[id] ?? [] {
        accounts.append(changed.map(\.name))
        lines += entries.map(\.entry.message)
      }
      return (accounts, lines)
    }
    #expect(news(all).0.first == ["a", "b"] && news(all).0.last?.contains("b") == true)
    #expect(news(all).1 == [.paused] && news(own).1 == [])
    #expect(news(own).0.first == ["a"] && news(own).0.allSatisfy { !$0.contains("b") })
    let count = bench.answers[all]?.count
    bench.handle(.hungUp(all))
    bench.command(.resume(account: "b", probe: false))
    bench.pass(.seconds(1))
    #expect(bench.answers[all]?.count == count)
  }

  @Test("watching needs more")
  func watchOnce() throws {
    #expect(try Bench().ask(.watch(account: nil)) == .failed(.expectedMore))
  }

  @Test("systemd's line is sent when it changes, and says what is to be known")
  func line() throws {
    func line(_ bench: Bench) -> String? {
      bench.effects.compactMap { if case .status(let line) = $0 { line } else { nil } }.last
    }
    let bench = try Bench { $0.accounts = ["a", "b"].map { .bench($0) } }
    #expect(line(bench)?.hasPrefix("2 accounts, 0 days; 8 missing") == true)
    bench.handle(.tick)
    #expect(line(bench) == nil)
    bench.storeAll()
    #expect(line(bench) == "2 accounts, 8 days")
    bench.command(.logout(account: "b"))
    #expect(line(bench) == "2 accounts, 8 days; sign-in needed: b")
    bench.handle(.probed(.full("no room")))
    #expect(line(bench) == "Waiting: no space for the archive")
    bench.handle(.stopAsked)
    #expect(line(bench) == "Stopping")
  }
}
