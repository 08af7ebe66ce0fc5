import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: verify")
struct EngineVerifyTests {
  private func stored(_ firstDay: String = "2018-06-12") throws -> Bench {
    let bench = try Bench { $0.firstDay = Bench.day(firstDay) }
    bench.storeAll()
    return bench
  }

  private func request(repair: Bool = false, yes: Bool = false, deep: Bool = false) -> VerifyRequest
  {
    var request = VerifyRequest()
    request.repair = repair
    request.yes = yes
    request.deep = deep
    return request
  }

  /// Answers every piece; `days` are gone.
  private func run(_ bench: Bench, gone days: [String] = []) {
    while let job = bench.checks.first {
      var result = CheckResult(id: job.id)
      result.checked = job.rows.count
      result.damaged = job.rows.map(\.day).filter { days.contains("\($0)") }
      result.findings = result.damaged.map {
        Finding(path: "\($0)", what: .missing, action: "gone")
      }
      bench.handle(.checked(result))
    }
  }

  private func last(_ bench: Bench, _ id: CommandID) throws -> VerifyProgress {
    guard case .verify(let progress)? = bench.answers[id]?.last else {
      throw BenchError("\(String(describing: bench.answers[id]))")
    }
    return progress
  }

  @Test(
    "a piece is a stream's year, with the rows the archive should hold", arguments: [true, false])
  func pieces(_ deep: Bool) throws {
    let bench = try stored("2017-12-30")
    bench.command(.verify(request(deep: deep)))
    var years: [Int] = []
    var rows = 0
    while let job = bench.checks.first {
      #expect(job.account == "me" && job.stream == "steps" && job.deep == deep && !job.repair)
      years.append(job.year)
      rows += job.rows.count
      bench.handle(.checked(CheckResult(id: job.id)))
    }
    #expect(years == [2017, 2018, 2019] && rows == bench.lane.stored)
  }

  @Test("a day whose call is under way is left alone")
  func busy() throws {
    let bench = try stored()
    bench.pass(.hours(3))
    bench.command(.verify(request(repair: true)))
    let job = try #require(bench.checks.first)
    #expect(job.rows.count == 3 && job.busyDays == [Bench.day("2018-06-15")])
  }

  @Test("progress is told to who wants more, the findings at the end")
  func progress() throws {
    let bench = try stored()
    let id = bench.command(.verify(request()), more: true)
    run(bench, gone: ["2018-06-12"])
    let told = (bench.answers[id] ?? []).compactMap { reply in
      if case .verify(let progress) = reply { progress } else { nil }
    }
    #expect(told.map(\.done) == [false, false, true])
    #expect(told.map(\.findings.count) == [0, 0, 1])
    #expect(told.last?.checked == 4 && told.last?.total == 4)
    #expect(bench.logged(.verified).last == "checked 4 files, 1 finding")
  }

  @Test("without repair a finding is only told; with it the day is damaged and asked again")
  func damage() throws {
    for repairs in [false, true] {
      let bench = try stored()
      let hash = try bench.row("2018-06-13").stored?.read.sha256
      bench.command(.verify(request(repair: repairs)))
      run(bench, gone: ["2018-06-13"])
      let row = try bench.row("2018-06-13")
      #expect(row.state == (repairs ? .damaged : .open))
      #expect(row.stored?.read.sha256 == hash, "the hash is kept")
      #expect(bench.asked == (repairs ? ["steps 2018-06-13"] : []))
      #expect(bench.logged(.dayDamaged).count == (repairs ? 1 : 0))
      try bench.checkCounts()
      if repairs {
        bench.storeAll()
        #expect(try bench.row("2018-06-13").state == .open)
      }
    }
  }

  @Test("when too much is gone it is the archive that is away, until somebody says otherwise")
  func tooMuch() throws {
    let bench = try stored()
    bench.command(.verify(request(repair: true)))
    run(bench, gone: ["2018-06-12", "2018-06-13"])
    #expect(try bench.daemonStatus().state == .archiveAway)
    #expect(try bench.row("2018-06-12").state == .open, "no row is changed for want of its file")
    #expect(try bench.daemonStatus().reason?.contains("verify --repair --yes") == true)
    bench.pass(.hours(3))
    bench.handle(.probed(.writable))
    #expect(bench.open.isEmpty, "that a file can be written says nothing of those that are gone")
    #expect(try bench.daemonStatus().state == .archiveAway)
    #expect(bench.wake.map { $0 > .seconds(1) } == true)
    bench.command(.verify(request(repair: true, yes: true)))
    run(bench, gone: ["2018-06-12", "2018-06-13"])
    #expect(try bench.daemonStatus().state == .ready)
    #expect(bench.asked.contains("steps 2018-06-12") && bench.asked.contains("steps 2018-06-13"))
  }

  @Test("a restart does not forget that too much was gone")
  func tooMuchThenRestart() throws {
    let bench = try stored()
    bench.command(.verify(request()))
    run(bench, gone: ["2018-06-12", "2018-06-13"])
    bench.handle(.stopAsked)
    #expect(bench.exit == 0)
    try bench.begin()
    #expect(try bench.daemonStatus().state == .archiveAway)
    bench.pass(.hours(3))
    #expect(bench.open.isEmpty)
  }

  @Test("of many days one in a hundred may be gone", arguments: [(1, false), (2, true)])
  func threshold(_ gone: Int, _ pauses: Bool) throws {
    let bench = try stored("2018-02-01")
    #expect(bench.lane.stored == 135)
    bench.command(.verify(request(repair: true)))
    run(bench, gone: (0..<gone).map { "\(Bench.day("2018-03-01") + $0)" })
    #expect(try bench.daemonStatus().state == (pauses ? .archiveAway : .ready))
  }

  @Test("a day that was stored anew meanwhile is another file than the one that was missed")
  func storedMeanwhile() throws {
    let bench = try stored()
    bench.command(.verify(request(repair: true)))
    let job = try #require(bench.checks.first)
    var result = CheckResult(id: job.id)
    result.damaged = [Bench.day("2018-06-15")]
    bench.pass(.hours(3))
    bench.store(try bench.call("steps 2018-06-15"), 9)
    bench.handle(.checked(result))
    run(bench)
    #expect(try bench.row("2018-06-15").state == .open && bench.logged(.dayDamaged).isEmpty)
  }

  @Test("one verify at a time, and what is not its result is not taken for it")
  func single() throws {
    let bench = try stored()
    bench.command(.verify(request()))
    let job = try #require(bench.checks.first)
    guard case .failed(.busy)? = bench.ask(.verify(request())) else {
      Issue.record("two at once")
      return
    }
    var stray = CheckResult(id: job.id + 1)
    stray.damaged = [Bench.day("2018-06-12")]
    bench.handle(.checked(stray))
    #expect(bench.checks.isEmpty)
    #expect(bench.ask(.verify(VerifyRequest())) != nil)
  }

  @Test("an archive that goes away meanwhile ends it, and pauses")
  func away() throws {
    let bench = try stored()
    let id = bench.command(.verify(request()))
    var result = CheckResult(id: try #require(bench.checks.first).id)
    result.failure = .away("no marker")
    bench.handle(.checked(result))
    #expect(bench.answers[id] == [.failed(.archiveAway(path: bench.engine.archiveRoot))])
    #expect(try bench.daemonStatus().state == .archiveAway)
    bench.handle(.probed(.writable))
    #expect(try bench.daemonStatus().state == .ready)
  }

  @Test("after a crash the daemon looks by itself, and mends")
  func startCheck() throws {
    let bench = try stored()
    try bench.begin()
    #expect(bench.checks.first?.repair == true && bench.checks.first?.year == 2019, "newest first")
    let sweeps = bench.effects.contains { if case .sweep = $0 { true } else { false } }
    #expect(sweeps, "a kill leaves temporary files outside the days' folders too")
    run(bench, gone: ["2018-06-12"])
    #expect(try bench.row("2018-06-12").state == .damaged)
  }

  @Test("after a crash no day is read before its year was looked at")
  func daysWait() throws {
    let bench = try stored("2017-12-30")
    bench.wall = bench.wall + .hours(4)
    try bench.begin()
    var asked: [Int: [String]] = [:]
    while let job = bench.checks.first {
      asked[job.year] = bench.asked
      bench.handle(.checked(CheckResult(id: job.id)))
    }
    #expect(asked == [2019: [], 2018: [], 2017: ["steps 2018-06-15"]])
  }

  @Test("a stop in order before the check has ended is looked at again by the next start")
  func checksAgain() throws {
    let bench = try stored()
    try bench.begin()
    bench.handle(.stopAsked)
    #expect(bench.exit == 0)
    #expect(try bench.restart().isEmpty == false)
    bench.handle(.stopAsked)
    #expect(bench.exit == 0)
    #expect(try bench.restart().isEmpty)
  }

  @Test("a check of the start that was cut short begins anew when the archive is back")
  func checksWhenBack() throws {
    let bench = try stored()
    try bench.begin()
    var result = CheckResult(id: try #require(bench.checks.first).id)
    result.failure = .away("no marker")
    bench.handle(.checked(result))
    #expect(try bench.checks.isEmpty && bench.daemonStatus().state == .archiveAway)
    bench.handle(.probed(.writable))
    #expect(bench.passChecks().count == 2)
    bench.handle(.probed(.away("no marker")))
    bench.handle(.probed(.writable))
    #expect(bench.checks.isEmpty, "once is enough")
  }
}
