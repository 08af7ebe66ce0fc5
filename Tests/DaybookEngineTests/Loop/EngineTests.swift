import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine")
struct EngineTests {
  @Test("a start says what it started on, is ready once, and asks for what is missing")
  func start() throws {
    let bench = try Bench()
    #expect(bench.logged(.started).first?.hasSuffix("1 account") == true)
    let ready = bench.effects.filter { if case .ready = $0 { true } else { false } }
    #expect(ready.count == 1)
    #expect(
      bench.asked == [
        "steps 2018-06-15", "steps 2018-06-14", "steps 2018-06-13", "steps 2018-06-12",
      ])
  }

  @Test("every batch ends with the next wake-up, which is never far", arguments: [true, false])
  func wakes(_ signedIn: Bool) throws {
    let bench = try Bench { $0.signedIn = signedIn }
    for _ in 0..<3 {
      guard case .wake(let wait)? = bench.effects.last else {
        Issue.record("no wake-up")
        return
      }
      #expect(wait >= .zero && wait <= Limits.longestSleep)
      bench.pass(.minutes(20))
    }
  }

  @Test("what a newer program wrote is refused with the status of an input error")
  func newer() throws {
    let bench = try Bench()
    try bench.engine.ledger.database.execute("PRAGMA user_version = 99")
    let failure = #expect(throws: EngineFailure.self) { try bench.begin() }
    #expect(failure?.status == 74)
    #expect(failure?.text.contains("version 99") == true)
  }

  @Test("a lost ledger takes up the id that the archive's marker names")
  func lostLedger() throws {
    let bench = try Bench()
    bench.folder.makeFolder("archive")
    bench.folder.write(Marker.text("feedbeef"), to: "archive/.daybook")
    for suffix in ["", "-wal", "-shm"] { bench.folder.remove("ledger.sqlite" + suffix) }
    try bench.begin()
    #expect(bench.engine.ledgerID == "feedbeef" && !bench.engine.mayCreateArchive)
    #expect(bench.open.isEmpty, "nothing is asked before the tree was read")
    #expect(bench.checks.first?.repair == true)
  }

  @Test("the archive may be made until a day was stored, as older ledgers know of it too")
  func mayCreate() throws {
    let bench = try Bench()
    try bench.engine.ledger.setMeta("archive", nil)
    try bench.restart()
    #expect(bench.engine.mayCreateArchive)
    bench.storeAll()
    try bench.engine.ledger.setMeta("archive", nil)
    try bench.begin()
    #expect(!bench.engine.mayCreateArchive)
  }

  @Test("an archive that was seen once is not made anew in its place, but in another")
  func seenOnce() throws {
    let bench = try Bench { $0.disk = .away("no such folder") }
    try bench.begin()
    #expect(bench.engine.mayCreateArchive)
    bench.handle(.probed(.writable))
    try bench.begin()
    #expect(!bench.engine.mayCreateArchive)
    bench.configuration.settings.archive = "/srv/days"
    try bench.begin()
    #expect(bench.engine.mayCreateArchive)
  }

  @Test("the archive is where the settings say, or in the state's folder")
  func archiveRoot() throws {
    let bench = try Bench()
    #expect(bench.engine.archiveRoot == bench.folder.path("archive"))
    bench.configuration.settings.archive = "/srv/days"
    try bench.begin()
    #expect(bench.engine.archiveRoot == "/srv/days")
  }

  @Test("the same events from the same state give the same effects")
  func deterministic() throws {
    func run() throws -> [String] {
      let bench = try Bench { $0.provider = .bench(["steps", "sleep"]) }
      var trace: [String] = []
      for i in 0..<30 {
        guard let call = bench.open.first else { break }
        bench.answer(call, [200, 500, 429, 200][i % 4], Bench.items(i))
        trace.append("\(bench.effects)")
        bench.persist()
        trace.append("\(bench.effects)")
        bench.pass(.seconds(2))
        trace.append("\(bench.effects)")
      }
      return trace
    }
    let first = try run()
    #expect(first.count > 20)
    #expect(try run() == first)
  }

  @Test("a last step is taken once: stop lets files end, and says that it was clean")
  func stop() throws {
    let bench = try Bench()
    let call = try bench.call("steps 2018-06-15")
    bench.answer(call, 200, Bench.items(1))
    bench.handle(.stopAsked)
    let cancelled = bench.effects.filter { if case .cancel = $0 { true } else { false } }
    #expect(cancelled.count == bench.open.count)
    #expect(bench.exit == nil, "a day is on its way into the archive")
    bench.persist()
    #expect(bench.exit == 0)
    #expect(try bench.row("2018-06-15").state == .open)
    #expect(try bench.engine.ledger.meta("clean") == "yes")
    bench.handle(.stopAsked)
    #expect(bench.exit == nil)
    try bench.begin()
    #expect(try bench.engine.ledger.meta("clean") == nil)
    #expect(bench.checks.isEmpty, "after a clean stop nothing needs to be looked at")
  }

  @Test("a stop waits for the answer to a token call, which must not be lost")
  func stopWithToken() throws {
    let bench = try Bench { $0.tokenLife = .hours(1) }
    bench.storeAll()
    bench.pass(.hours(1))
    let refresh = try bench.call(.token)
    bench.handle(.stopAsked)
    #expect(bench.exit == nil)
    bench.answer(refresh, 200, "{\"access_token\":\"a2\",\"refresh_token\":\"r2\"}")
    #expect(bench.exit == 0)
    #expect(try bench.engine.book.grant("me")?.grant?.refresh == Secret("r2"))
  }
}
