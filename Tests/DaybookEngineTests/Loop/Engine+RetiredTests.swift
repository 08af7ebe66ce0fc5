import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: accounts that left the settings")
struct EngineRetiredTests {
  /// `you` was removed after its days were stored; `late` before it had any.
  private func bench() throws -> Bench {
    let bench = try Bench { $0.accounts = ["me", "you"].map { .bench($0) } }
    bench.storeAll()
    bench.configuration.settings.accounts.removeLast()
    bench.configuration.settings.accounts.append(.bench("late"))
    bench.handle(.settingsRead(bench.configuration))
    bench.configuration.settings.accounts.removeLast()
    bench.handle(.settingsRead(bench.configuration))
    return bench
  }

  private func statuses(_ bench: Bench) -> [AccountStatus] {
    guard case .status(_, let accounts, _)? = bench.ask(.status(account: nil)) else { return [] }
    return accounts
  }

  @Test("status shows them while they have days, and counts these", arguments: [false, true])
  func status(_ restarts: Bool) throws {
    let bench = try bench()
    if restarts { try bench.begin() }
    let all = statuses(bench)
    #expect(all.map(\.name) == ["me", "you"])
    #expect(all[1].state == .removed && all[1].streams.first?.stored == 4)
    #expect(all[1].eta == nil && all[1].windows == [])
    #expect(try bench.daemonStatus().days == 8)
    #expect(try bench.status("you").state == .removed)
    #expect(bench.ask(.status(account: "late")) == .failed(.noSuchAccount("late")))
  }

  @Test("their days can be looked at, and nothing else can be done with them")
  func commands() throws {
    let bench = try bench()
    guard case .days(let row)? = bench.ask(.days(account: "you", stream: "steps", year: nil))
    else {
      Issue.record("no days")
      return
    }
    #expect(row.days == "oooo")
    for call: ControlCall in [
      .resync(ResyncRequest(account: "you")), .pause(account: "you"), .logout(account: "you"),
      .plan(account: "you", limit: 3),
    ] {
      #expect(bench.ask(call) == .failed(.noSuchAccount("you")))
    }
    bench.pass(.days(2))
    #expect(bench.open.allSatisfy { $0.asked?.hasPrefix("steps") == true })
    #expect(bench.engine.flights.values.allSatisfy { $0.lane == bench.lane.id })
  }

  @Test("verify covers them: what is gone is damaged, and counted so")
  func verify() throws {
    let bench = try bench()
    var request = VerifyRequest()
    request.account = "you"
    request.repair = true
    let id = bench.command(.verify(request))
    var found = 0
    while let job = bench.checks.first {
      #expect(job.account == "you" && job.repair)
      var result = CheckResult(id: job.id)
      if let row = job.rows.first { result.damaged = [row.day] }
      found += job.rows.count
      bench.handle(.checked(result))
    }
    #expect(found == 4)
    guard case .verify(let progress)? = bench.answers[id]?.last else {
      Issue.record("no end")
      return
    }
    #expect(progress.done)
    let status = try bench.status("you")
    #expect(status.streams.first?.damaged == 1 && status.streams.first?.stored == 3)
    #expect(bench.logged(.dayDamaged).first?.contains("no longer in the settings") == true)
    try bench.begin()
    #expect(try bench.status("you").streams.first?.damaged == 1)
    #expect(!bench.open.contains { $0.url.contains("you") })
  }

  @Test("without its provider file nothing is taken from the tree")
  func unknownProvider() throws {
    let bench = try bench()
    bench.configuration.settings.accounts = []
    bench.configuration.settings.clients = []
    bench.configuration.providers = [:]
    bench.handle(.settingsRead(bench.configuration))
    // A kill: the start looks after those who left, too.
    let jobs = try bench.restart()
    #expect(jobs.contains { !$0.repair && $0.rows.count == 4 })
    #expect(statuses(bench).map(\.name) == ["me", "you"])
  }

  @Test("a lost ledger is made again with the days of those who left, and without who has none")
  func lostLedger() throws {
    let bench = try Bench { $0.accounts = ["me", "you", "new"].map { .bench($0) } }
    bench.configuration.settings.accounts = [.bench("me")]
    bench.loseLedger()
    try bench.begin()
    var asked: Set<String> = []
    while let job = bench.checks.first {
      asked.insert(job.account)
      let body = Array("[1]".utf8)
      var result = CheckResult(id: job.id)
      if job.account == "you", job.year == 2018 {
        result.adopted = [
          AdoptedDay(
            day: Bench.day("2018-06-12"), size: 3, sha256: SHA256.digest(body),
            scan: BodyScanner.scan(body, job.plan), fetchedAt: bench.wall)
        ]
      }
      bench.handle(.checked(result))
    }
    #expect(asked == ["me", "you", "new"])
    #expect(Set(statuses(bench).map(\.name)) == ["me", "you"])
    #expect(try bench.status("you").streams.first?.stored == 1)
    #expect(try bench.engine.ledger.accounts().first { $0.name == "you" }?.removed == true)
  }

  @Test("who watches hears of a removal")
  func watched() throws {
    let bench = try Bench { $0.accounts = ["me", "you"].map { .bench($0) } }
    bench.storeAll()
    let id = bench.command(.watch(account: nil), more: true)
    bench.configuration.settings.accounts.removeLast()
    bench.handle(.settingsRead(bench.configuration))
    bench.pass(.milliseconds(200))
    guard case .watch(_, let accounts, _)? = bench.answers[id]?.last else {
      Issue.record("no news")
      return
    }
    #expect(accounts.contains { $0.name == "you" && $0.state == .removed })
  }
}
