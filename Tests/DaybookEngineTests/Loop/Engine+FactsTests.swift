import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: facts of an account")
struct EngineFactsTests {
  private static let facts: @Sendable (inout BenchOptions) -> Void = {
    $0.firstDay = nil
    $0.provider.account.zone = Fact(get: "/me", at: .at("zone"), form: .text)
    $0.provider.account.firstDay = Fact(get: "/me", at: .at("first"), form: .ymd)
    $0.provider.account.syncedAt = Fact(get: "/devices", at: .at("synced"), form: .instant)
  }

  @Test("who it is comes first where that is not known yet, since other facts may name it")
  func personFirst() throws {
    let bench = try Bench {
      $0.provider.account.firstDay = Fact(get: "/first/{id}", at: .at("first"), form: .ymd)
      $0.provider.account.id = Fact(get: "/me", at: .at("id"), form: .text)
    }
    bench.storeAll()
    #expect(bench.lane.factPaths == ["/first/{id}"])
    bench.lane.record.person = nil
    #expect(bench.lane.factPaths == ["/me", "/first/{id}"])
    bench.lane.pendingFacts = bench.lane.factPaths
    bench.pass(.hours(3))
    bench.answer(try bench.call(.account), 200, "{\"id\":\"9\"}")
    #expect(try bench.call(.account).url.hasSuffix("/first/9"))
  }

  @Test("each request is made once, before the first day, and its facts are stored")
  func learned() throws {
    let bench = try Bench(Self.facts)
    #expect(bench.open.map(\.url) == ["https://api.p.test/v1/me"])
    bench.answer(
      try bench.call(.account), 200, "{\"zone\":\"Europe/Helsinki\",\"first\":\"2018-06-14\"}")
    let account = bench.open.filter { $0.kind == .account }.map(\.url)
    #expect(account == ["https://api.p.test/v1/devices"])
    bench.answer(try bench.call(.account), 200, "{\"synced\":\"2018-06-15T10:00:00Z\"}")
    #expect(bench.asked == ["steps 2018-06-15", "steps 2018-06-14"])
    let record = try #require(try bench.engine.book.record("me"))
    #expect(record.zone == "Europe/Helsinki" && record.firstDay == Bench.day("2018-06-14"))
    #expect(record.syncedAt == Bench.moment("2018-06-15T10:00:00Z"))
    #expect(record.factsAt == bench.wall && bench.lane.zone.name == "Europe/Helsinki")
  }

  @Test("they are learned again a day later")
  func daily() throws {
    let bench = try Bench {
      $0.provider.account.zone = Fact(get: "/me", at: .at("zone"), form: .text)
    }
    bench.storeAll()
    bench.pass(.days(1) - .seconds(1))
    #expect(!bench.open.contains { $0.kind == .account })
    bench.storeAll()
    bench.pass(.seconds(1))
    #expect(bench.open.contains { $0.kind == .account })
  }

  @Test("without a first day the provider is asked again as often as today would be")
  func nothingYet() throws {
    let bench = try Bench {
      Self.facts(&$0)
      $0.provider.account.syncedAt = nil
    }
    bench.answer(try bench.call(.account), 200, "{\"zone\":\"UTC\"}")
    #expect(bench.open.isEmpty && bench.logged(.paused).count == 1)
    bench.pass(.hours(3))
    bench.answer(try bench.call(.account), 200, "{}")
    #expect(bench.logged(.paused).count == 1, "it is said once")
    bench.pass(.hours(3))
    bench.answer(try bench.call(.account), 200, "{\"first\":\"2018-06-15\"}")
    #expect(bench.asked == ["steps 2018-06-15"])
  }

  @Test(
    "what cannot be is not believed",
    arguments: [
      ("{\"first\":\"2018-06-20\"}", nil), ("{\"first\":\"soon\"}", nil), ("{\"first\":null}", nil),
      ("{\"first\":\"2018-06-15\"}", "2018-06-15"),
    ] as [(String, String?)])
  func firstDay(_ body: String, _ expected: String?) throws {
    let bench = try Bench {
      Self.facts(&$0)
      $0.provider.account.syncedAt = nil
    }
    bench.answer(try bench.call(.account), 200, body)
    #expect(bench.lane.record.firstDay == expected.map(Bench.day))
  }

  @Test("an unknown zone leaves the one there was, and the operator's word counts more")
  func zones() throws {
    for (operators, told, expected) in [
      (nil, "Mars/Base", "UTC"), ("Asia/Tokyo", "Europe/Paris", "Asia/Tokyo"),
      (nil, "Europe/Paris", "Europe/Paris"),
    ] as [(String?, String, String)] {
      let bench = try Bench {
        Self.facts(&$0)
        $0.accounts[0].zone = operators
      }
      bench.answer(try bench.call(.account), 200, "{\"zone\":\"\(told)\"}")
      #expect(bench.lane.zone.name == expected)
    }
  }

  @Test("the first day may move back, never forward")
  func movesBack() throws {
    let bench = try Bench {
      Self.facts(&$0)
      $0.firstDay = Bench.day("2018-06-14")
      $0.provider.account.syncedAt = nil
    }
    bench.storeAll()
    for (told, first) in [("2018-06-15", "2018-06-14"), ("2018-06-13", "2018-06-13")] {
      bench.pass(.days(1))
      bench.answer(try bench.call(.account), 200, "{\"first\":\"\(told)\"}")
      bench.storeAll()
      #expect(bench.lane.record.firstDay == Bench.day(first))
    }
    #expect(try bench.row("2018-06-13").state == .open)
    try bench.checkCounts()
  }

  @Test("a synchronisation in the future counts as now")
  func syncedAhead() throws {
    let bench = try Bench {
      $0.firstDay = nil
      $0.provider.account.syncedAt = Fact(get: "/d", at: .at("s"), form: .instant)
    }
    bench.answer(try bench.call(.account), 200, "{\"s\":\"2019-01-01T00:00:00Z\"}")
    #expect(bench.lane.record.syncedAt == bench.wall)
  }

  @Test(
    "trouble with facts is the account's",
    arguments: [
      (403, AccountState.signInNeeded), (500, .waiting), (404, .waiting), (429, .waiting),
      (200, .waiting),
    ])
  func trouble(_ status: Int, _ state: AccountState) throws {
    let bench = try Bench(Self.facts)
    bench.answer(try bench.call(.account), status, "<")
    #expect(try bench.status().state == state)
    #expect(bench.open.isEmpty)
    if state == .waiting {
      bench.pass(.minutes(15))
      #expect(bench.open.map(\.kind) == [.account])
    }
  }

  // MARK: Indexes

  private func indexed() throws -> Bench {
    try Bench {
      $0.provider.streams[0].index = Fact(get: "/months", at: .at("m"), form: .month)
    }
  }

  @Test("an index is read before the days, and again as often as today")
  func index() throws {
    let bench = try indexed()
    #expect(bench.open.first?.url == "https://api.p.test/v1/months")
    bench.answer(try bench.call(.index), 200, "{\"m\":\"2018-06\"}")
    bench.storeAll()
    bench.pass(.hours(2))
    #expect(!bench.open.contains { $0.kind == .index })
    bench.pass(.hours(1))
    #expect(bench.open.contains { $0.kind == .index })
  }

  @Test("what an index lists for the first time has its empty days read again")
  func late() throws {
    let bench = try indexed()
    bench.answer(try bench.call(.index), 200, "{}")
    bench.storeAll(0)
    bench.pass(.hours(3))
    for call in bench.open where call.kind == .data { bench.store(call, 0) }
    bench.answer(try bench.call(.index), 200, "{\"m\":\"2018-06\"}")
    #expect(bench.asked.contains("steps 2018-06-12"))
    bench.storeAll(0)
    bench.pass(.hours(3))
    bench.answer(try bench.call(.index), 200, "{\"m\":\"2018-06\"}")
    #expect(!bench.asked.contains("steps 2018-06-12"), "it is listed already")
  }

  @Test("an index that knows older days extends the history")
  func extends() throws {
    let bench = try indexed()
    bench.answer(try bench.call(.index), 200, "{\"m\":\"2018-05\"}")
    #expect(bench.lane.record.firstDay == Bench.day("2018-05-01"))
    bench.storeAll()
    #expect(bench.lane.stored == 46)
    try bench.checkCounts()
  }

  @Test(
    "the last day of a month",
    arguments: [("2016-02-10", 29), ("2018-02-28", 28), ("2018-12-01", 31)])
  func endOfMonth(_ date: String, _ last: Int) {
    #expect(Bench.day(date).endOfMonth.civil.day == last)
    #expect(Bench.day(date).endOfMonth.civil.month == Bench.day(date).civil.month)
  }
}
