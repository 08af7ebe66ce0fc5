import Testing

@testable import DaybookCore
@testable import DaybookEngine

@Suite("Engine: providers that have ended")
struct EngineSealingTests {
  private let pair = "{\"access_token\":\"a2\",\"refresh_token\":\"r2\"}"

  @Test("a bare 410 gives nothing up: the token endpoint is asked, and says which it is")
  func asked() throws {
    for (status, state) in [(200, DayState.beyond), (410, .missing)] {
      let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
      bench.answer(try bench.call("steps 2018-06-15"), 410)
      #expect(try bench.row("2018-06-15").state == .missing)
      #expect(bench.open.map(\.kind) == [.token])
      bench.answer(try bench.call(.token), status, status == 200 ? pair : "")
      if status == 200 {
        bench.answer(try bench.call("steps 2018-06-15"), 410)
        #expect(bench.open.isEmpty, "it is not asked for each day again")
      }
      #expect(try bench.row("2018-06-15").state == state)
      #expect((bench.lane.record.sealedAt != nil) == (status == 410))
      bench.pass(.hours(5))
      #expect(bench.open.isEmpty || status == 200)
    }
  }

  @Test(
    "with a fresh token a bare 410 is half of the word: the other half seals, a refresh takes it back"
  )
  func half() throws {
    for (status, isSealed) in [(410, true), (200, false)] {
      let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
      bench.answer(try bench.call("steps 2018-06-15"), 410)
      bench.answer(try bench.call(.token), 200, pair)
      bench.answer(try bench.call("steps 2018-06-15"), 410)
      #expect(try bench.row("2018-06-15").state == .beyond)
      bench.lane.mustRefresh = true
      bench.command(.resume(account: "me", probe: false))
      bench.answer(try bench.call(.token), status, status == 200 ? pair : "")
      #expect((bench.lane.record.sealedAt != nil) == isSealed)
      #expect(!bench.lane.dataIsGone || isSealed)
    }
  }

  @Test("while the token endpoint has trouble of its own nothing is decided")
  func undecided() throws {
    let bench = try Bench { $0.firstDay = Bench.day("2018-06-15") }
    bench.answer(try bench.call("steps 2018-06-15"), 410)
    for _ in 0..<5 {
      bench.fail(try bench.call(.token), .timeout)
      bench.pass(.minutes(16))
    }
    #expect(try bench.row("2018-06-15").state == .missing)
    #expect(bench.lane.record.sealedAt == nil)
    bench.answer(try bench.call(.token), 410)
    #expect(try bench.status().state == .sealed)
  }

  @Test("a row that says ended is believed when the token endpoint is gone too")
  func ended() throws {
    for (status, isSealed) in [(410, true), (200, false)] {
      let bench = try Bench {
        $0.provider.answers = [AnswerRow(call: .data, status: 404, means: .ended)]
        $0.firstDay = Bench.day("2018-06-15")
      }
      bench.answer(try bench.call("steps 2018-06-15"), 404)
      #expect(bench.lane.record.sealedAt == nil)
      bench.answer(try bench.call(.token), status, status == 200 ? pair : "")
      if !isSealed { bench.answer(try bench.call("steps 2018-06-15"), 404) }
      #expect((bench.lane.record.sealedAt != nil) == isSealed)
      let row = try bench.row("2018-06-15")
      #expect(row.state == (isSealed ? .missing : .failing))
      if !isSealed {
        #expect(row.reason == "the provider says that it has ended, but its tokens still work")
      }
    }
  }

  @Test("a row that says past reach is about its day, and nothing is asked")
  func pastReach() throws {
    let bench = try Bench {
      $0.provider.answers = [AnswerRow(call: .data, status: 410, means: .pastReach)]
    }
    for call in bench.open { bench.answer(call, 410) }
    bench.wall = bench.wall + .days(2)
    #expect(bench.open.isEmpty && bench.lane.record.sealedAt == nil)
    #expect(bench.lane.streams[0].row.counts[.beyond] == 4)
  }

  private func alone(_ streams: [String] = ["a", "b"], _ answers: [AnswerRow] = []) throws
    -> Bench
  {
    try Bench {
      $0.provider = .bench(streams, login: .none) { $0.answers = answers }
      $0.accounts = [.bench("me", client: nil)]
      $0.firstDay = Bench.day("2018-06-15")
    }
  }

  @Test("without a sign-in: when every stream is gone for a day the account is sealed")
  func sealed() throws {
    let bench = try alone()
    bench.storeAll()
    bench.pass(.hours(3))
    for call in bench.open { bench.answer(call, 410) }
    #expect(bench.lane.record.sealedAt == nil)
    bench.pass(.days(1))
    #expect(!bench.open.isEmpty)
    for call in bench.open { bench.answer(call, 410) }
    #expect(try bench.status().state == .sealed)
    #expect(bench.logged(.accountSealed).count == 1)
    #expect(bench.logged(.accountSealed)[0].contains("2 days are kept"))
    bench.pass(.days(2))
    #expect(bench.open.isEmpty)
    #expect(try bench.engine.book.record("me")?.sealReason == bench.lane.record.sealReason)
  }

  @Test("without a sign-in: a good answer between two of them is a sign of life")
  func notSealed() throws {
    let bench = try alone(["steps"])
    bench.storeAll()
    bench.pass(.days(1))
    bench.answer(try bench.call("steps 2018-06-16"), 410)
    bench.store(try bench.call("steps 2018-06-15"))
    bench.pass(.days(2))
    bench.answer(try bench.call("steps 2018-06-18"), 410)
    #expect(bench.lane.record.sealedAt == nil)
  }

  @Test("without a sign-in: the provider's own word seals at once")
  func word() throws {
    let bench = try alone(["a", "b"], [AnswerRow(call: .data, status: 404, means: .ended)])
    for call in bench.open { bench.answer(call, 404) }
    #expect(try bench.status().state == .sealed)
    #expect(try bench.row("2018-06-15").state == .missing, "nothing is inferred")
    bench.pass(.hours(5))
    #expect(bench.sent.isEmpty)
  }

  @Test("a profile that is gone asks the token endpoint too, and without one counts for all")
  func facts() throws {
    let zone = Fact(get: "/me", at: .at("zone"), form: .text)
    let bench = try Bench { $0.provider.account.zone = zone }
    bench.storeAll()
    bench.pass(.days(1))
    bench.answer(try bench.call(.account), 410)
    for call in bench.open where call.kind == .data { bench.store(call) }
    bench.answer(try bench.call(.token), 410)
    #expect(try bench.status().state == .sealed)
    let without = try alone()
    without.configuration.providers["p"]?.account.zone = zone
    without.storeAll()
    without.handle(.settingsRead(without.configuration))
    for _ in 0..<(2 * 96) where without.lane.record.sealedAt == nil {
      for call in without.open { without.answer(call, 410) }
      without.pass(.minutes(15))
    }
    #expect(try without.status().state == .sealed)
    #expect(without.logged(.accountSealed).first?.contains("410 for 2 streams over a day") == true)
  }
}
