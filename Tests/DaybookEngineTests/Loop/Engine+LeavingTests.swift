import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: accounts that are renamed or leave")
struct EngineLeavingTests {
  private static func was(_ name: String, _ old: String) -> AccountSettings {
    var account = AccountSettings.bench(name)
    account.was = old
    return account
  }

  private func moves(_ bench: Bench) -> [String] {
    bench.effects.compactMap { effect in
      if case .move(let from, let to) = effect { "\(from) to \(to)" } else { nil }
    }
  }

  /// `me` becomes `jane`, at a reload or over a restart.
  private func rename(_ bench: Bench, restarts: Bool) throws {
    bench.configuration.settings.accounts = [Self.was("jane", "me")]
    if restarts {
      try bench.begin()
    } else {
      bench.handle(.settingsRead(bench.configuration))
    }
  }

  @Test(
    "rows, grant, windows and folder get the new name, at a reload as at a restart",
    arguments: [true, false])
  func renamed(_ restarts: Bool) throws {
    let bench = try Bench { $0.provider.windows = [.bench("h", 3_600, 100)] }
    bench.storeAll()
    try rename(bench, restarts: restarts)
    #expect(moves(bench) == ["me to jane"])
    #expect(bench.engine.roster.all.map(\.name) == ["jane"])
    let lane = bench.lane("jane")
    #expect(lane.stored == 4 && lane.grant != nil && lane.record.person == "7")
    #expect(lane.windows[0].used >= 4)
    #expect(try bench.engine.ledger.accounts().count == 1)
    #expect(try bench.engine.book.record("me") == nil)
  }

  @Test("no call leaves before the folder has its name")
  func waits() throws {
    let bench = try Bench()
    bench.storeAll()
    try rename(bench, restarts: false)
    bench.pass(.hours(3))
    #expect(bench.open.isEmpty)
    #expect(try bench.status("jane").reason == "its folder is being renamed")
    bench.handle(.moved(from: "me", to: "jane", ok: true))
    #expect(bench.asked == ["steps 2018-06-15"])
  }

  @Test("a kill before the folder was renamed is made good at the next start")
  func killed() throws {
    let bench = try Bench()
    bench.storeAll()
    try rename(bench, restarts: false)
    try bench.begin()
    #expect(moves(bench) == ["me to jane"] && bench.checks.isEmpty)
    bench.handle(.moved(from: "me", to: "jane", ok: true))
    #expect(bench.checks.first?.account == "jane", "the start looks once the folder is there")
  }

  @Test("a folder that cannot be renamed stops the account until somebody mends it and reloads")
  func obstructed() throws {
    let bench = try Bench()
    bench.storeAll()
    try rename(bench, restarts: false)
    bench.handle(.moved(from: "me", to: "jane", ok: false))
    #expect(try bench.status("jane").state == .stopped)
    #expect(bench.logged(.bug).first?.contains("then reload") == true)
    bench.handle(.settingsRead(bench.configuration))
    #expect(moves(bench) == ["me to jane"])
    bench.handle(.moved(from: "me", to: "jane", ok: true))
    #expect(try bench.status("jane").state == .idle)
  }

  @Test("calls in flight are given up, and their days asked for under the new name")
  func inFlight() throws {
    let bench = try Bench { $0.provider.windows = [.bench("h", 3_600, 100)] }
    let calls = bench.open
    try rename(bench, restarts: false)
    let cancelled = bench.effects.compactMap { effect -> CallID? in
      if case .cancel(let id) = effect { id } else { nil }
    }
    #expect(cancelled == calls.map(\.id))
    bench.answer(calls[0], 200, Bench.items(1))
    #expect(bench.discarded.count == 1 && bench.lane("jane").inFlight == 0)
    bench.handle(.moved(from: "me", to: "jane", ok: true))
    #expect(bench.sent.count == 4)
    #expect(bench.lane("jane").windows[0].used == 8, "what was given up may still arrive")
  }

  @Test("an account that was removed before it was renamed is found again")
  func removedFirst() throws {
    let bench = try Bench()
    bench.storeAll()
    bench.configuration.settings.accounts = []
    bench.handle(.settingsRead(bench.configuration))
    try rename(bench, restarts: false)
    #expect(bench.lane("jane").stored == 4 && bench.engine.retired.isEmpty)
  }

  @Test("a name that another account has, or had, is refused; so is another provider")
  func conflicts() throws {
    let bench = try Bench {
      $0.accounts = ["me", "old"].map { .bench($0) }
      $0.others = [.bench(name: "q")]
    }
    bench.storeAll()
    bench.configuration.settings.accounts.removeLast()
    bench.handle(.settingsRead(bench.configuration))
    var elsewhere = Self.was("jane", "me")
    elsewhere.provider = "q"
    for (account, text) in [
      (Self.was("old", "me"), "cannot get this name"), (elsewhere, "is at p"),
    ] {
      let kept = bench.configuration
      bench.configuration.settings.accounts = [account]
      let id = bench.command(.reload)
      bench.handle(.settingsRead(bench.configuration))
      guard case .failed(.invalidSettings(let problems))? = bench.answers[id]?.first else {
        Issue.record("taken: \(account.name)")
        return
      }
      #expect(problems[0].contains(text), "\(problems)")
      #expect(bench.exit == nil && bench.engine.roster.all.map(\.name) == ["me"])
      bench.configuration = kept
    }
  }
}
