import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: mending")
struct EngineMendingTests {
  private func stored(_ firstDay: String = "2018-06-12") throws -> Bench {
    let bench = try Bench { $0.firstDay = Bench.day(firstDay) }
    bench.storeAll()
    return bench
  }

  @Test("a whole file that no row knew becomes a row, by the rule of finality")
  func adopt() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-01-01") }
    var request = VerifyRequest()
    request.repair = true
    bench.command(.verify(request))
    let bytes = Array(Bench.items(3).utf8)
    while let job = bench.checks.first {
      var result = CheckResult(id: job.id)
      for (date, fetched) in [("2018-01-02", "2018-03-01"), ("2018-06-01", "2018-06-02")]
      where job.year == 2018 {
        result.adopted.append(
          AdoptedDay(
            day: Bench.day(date), size: Int64(bytes.count), sha256: SHA256.digest(bytes),
            scan: JSONScanner.scan(bytes, job.plan),
            fetchedAt: Bench.moment(fetched + "T01:00:00Z")))
      }
      bench.handle(.checked(result))
    }
    #expect(try bench.row("2018-01-02").state == .final)
    #expect(try bench.row("2018-06-01").state == .open)
    #expect(try bench.row("2018-06-01").stored?.read.items == 3)
    #expect(bench.logged(.repaired).last?.contains("2 days taken from the tree") == true)
    try bench.checkCounts()
  }

  @Test("of a lost ledger nothing is asked before the whole tree was read")
  func rebuild() throws {
    let bench = try stored()
    bench.loseLedger()
    try bench.begin()
    #expect(bench.checks.first?.year == Engine.oldestYear)
    try bench.begin()
    #expect(bench.checks.first?.year == Engine.oldestYear, "a kill in between begins it again")
    let bytes = Array(Bench.items(2).utf8)
    while let job = bench.checks.first {
      #expect(bench.open.isEmpty)
      var result = CheckResult(id: job.id)
      if job.year == 2018 {
        result.adopted = [
          AdoptedDay(
            day: Bench.day("2018-06-13"), size: Int64(bytes.count), sha256: SHA256.digest(bytes),
            scan: JSONScanner.scan(bytes, job.plan), fetchedAt: bench.wall - .hours(1))
        ]
      }
      bench.handle(.checked(result))
    }
    #expect(
      bench.asked == ["steps 2018-06-15", "steps 2018-06-14", "steps 2018-06-12"])
    #expect(bench.lane.stored == 1)
    try bench.checkCounts()
  }

  @Test("a damaged day keeps its hash, and what a later check is to expect there")
  func damagedAgain() throws {
    let bench = try stored()
    let before = try #require(try bench.row("2018-06-12").stored)
    try bench.engine.damage(bench.key("2018-06-12"))
    let row = try bench.row("2018-06-12")
    #expect(row.state == .damaged && row.stored == before && row.workClass == .urgent)
    #expect(bench.lane.streams[0].row.counts[.damaged] == 1)
    bench.command(.verify(VerifyRequest()))
    let job = try #require(bench.checks.first)
    #expect(job.damaged == [Bench.day("2018-06-12"): before.read.sha256])
    #expect(!job.rows.contains { $0.day == Bench.day("2018-06-12") })
  }
}
