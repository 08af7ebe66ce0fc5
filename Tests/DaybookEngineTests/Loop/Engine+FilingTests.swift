import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: filing what is good")
struct EngineFilingTests {
  @Test("a good answer goes to the archive, and nothing is claimed before it is there")
  func evidenceFirst() throws {
    let bench = try Bench()
    let call = try bench.call("steps 2018-06-14")
    bench.answer(call, 200, Bench.items(2))
    let item = try #require(bench.filing.first)
    #expect(item.id == call.id && item.keepOldFetchedAt == nil && !item.asVersion)
    #expect(item.fetchedAt == bench.wall)
    #expect(try bench.row("2018-06-14").state == .missing)
    bench.persist()
    let row = try bench.row("2018-06-14")
    #expect(row.state == .open && row.stored?.read.items == 2 && row.attempts == 0)
    #expect(row.stored?.read.sha256 == item.spooled.sha256)
    try bench.checkCounts()
  }

  @Test(
    "the time of the fetch is the earlier of our clock and the answer's date",
    arguments: [
      (nil, 0), ("Fri, 15 Jun 2018 11:59:57 GMT", -3), ("Fri, 15 Jun 2018 12:00:09 GMT", 0),
      ("Wed, 13 Jun 2018 12:00:00 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("soon", 0),
    ] as [(String?, Int64)])
  func fetchTime(_ date: String?, _ seconds: Int64) throws {
    let bench = try Bench()
    let headers = date.map { [Field("date", $0)] } ?? []
    bench.answer(try bench.call("steps 2018-06-14"), 200, Bench.items(2), headers: headers)
    #expect(bench.filing.first?.fetchedAt == bench.wall + .seconds(seconds))
  }

  @Test("while a batch is on its way the next one gathers")
  func batches() throws {
    let bench = try Bench()
    let calls = bench.open
    for call in calls { bench.answer(call, 200, Bench.items(1)) }
    #expect(bench.filing.map(\.id) == [calls[0].id])
    bench.persist()
    #expect(bench.filing.map(\.id) == calls[1...].map(\.id))
    bench.persist()
    #expect(bench.filing.isEmpty && bench.lane.stored == 4)
  }

  @Test("an equal answer is dropped, and the day gains evidence")
  func equal() throws {
    let bench = try Bench()
    bench.storeAll()
    bench.pass(.hours(3))
    bench.answer(try bench.call("steps 2018-06-15"), 200, Bench.items(2))
    #expect(bench.filing.isEmpty && bench.discarded.count == 1)
    #expect(try bench.row("2018-06-15").stored?.reads == 2)
  }

  @Test("a bigger answer for an open day replaces it, a smaller one keeps the older as a version")
  func replaced() throws {
    for (items, keepsOld) in [(5, false), (1, true)] {
      let bench = try Bench()
      bench.storeAll()
      let fetched = bench.wall
      bench.pass(.hours(3))
      bench.answer(try bench.call("steps 2018-06-15"), 200, Bench.items(items))
      #expect(bench.filing.first?.keepOldFetchedAt == (keepsOld ? fetched : nil))
      bench.persist()
      #expect(try bench.row("2018-06-15").stored?.read.items == items)
      #expect(bench.logged(.dayChanged).count == (keepsOld ? 1 : 0))
    }
  }

  @Test("an answer without items becomes a version; the day stays")
  func emptied() throws {
    let bench = try Bench()
    bench.storeAll()
    bench.pass(.hours(3))
    bench.answer(try bench.call("steps 2018-06-15"), 200, Bench.items(0))
    #expect(bench.filing.first?.asVersion == true)
    bench.persist()
    #expect(try bench.row("2018-06-15").stored?.read.items == 2)
    #expect(bench.logged(.dayChanged).first?.contains("without items") == true)
  }

  @Test("an answer without items that comes again and again is one version, and one line")
  func oneVersion() throws {
    let bench = try Bench()
    bench.storeAll()
    for _ in 0..<3 {
      bench.command(.resync(ResyncRequest(account: "me")))
      while let call = bench.open.first {
        bench.answer(call, 200, "{\"items\":[]}")
        if !bench.filing.isEmpty { bench.persist() }
      }
    }
    let day = bench.key("2018-06-14")
    #expect(
      try bench.engine.ledger.database.number(
        "SELECT count(*) FROM version WHERE day = \(day.day.number)") == 1)
    #expect(bench.logged(.dayChanged).count { $0.hasPrefix("2018-06-14") } == 1)
    #expect(try bench.row("2018-06-14").stored?.read.items == 2)
  }
}
