import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: walking back to the first day")
struct EngineWalkTests {
  private static let day = JSONPointer(segments: [.key("items"), .every, .key("day")])

  /// A provider whose only stream brings a year with each call, and whose profile may tell a first
  /// day.
  private func bench(
    fact: Bool = false, since: String? = nil, _ rows: [AnswerRow] = [],
    _ change: (inout BenchOptions) -> Void = { _ in }
  ) throws -> Bench {
    try Bench {
      $0.firstDay = nil
      $0.accounts[0].since = since.map { Bench.day($0) }
      $0.provider = .bench {
        $0.streams[0].request.path = "/steps/{start}/{end}"
        $0.streams[0].span = 365
        $0.streams[0].belongs = Belongs(at: Self.day, form: .ymd)
        $0.walkBack = "steps"
        $0.answers = rows
        if fact { $0.account.firstDay = Fact(get: "/me", at: .at("since"), form: .ymd) }
      }
      change(&$0)
    }
  }

  private func items(_ days: String...) -> String {
    "{\"items\": [\(days.map { "{\"day\": \"\($0)\"}" }.joined(separator: ", "))]}"
  }

  /// What the open call asks for.
  private func asked(_ bench: Bench) -> [String] { bench.open.map { String($0.url.dropFirst(28)) } }

  @Test("ever earlier years are asked for, until two of them are empty")
  func found() throws {
    let bench = try bench()
    #expect(asked(bench) == ["2017-06-16/2018-06-15"])
    bench.answer(bench.open[0], 200, items("2018-06-01", "2017-08-09"))
    #expect(asked(bench) == ["2016-06-16/2017-06-15"])
    bench.answer(bench.open[0], 200, items("2016-07-02", "2016-07-01"))
    for _ in 0..<2 {
      #expect(bench.lane.record.firstDay == nil && bench.open.count == 1)
      bench.answer(bench.open[0], 200, items())
    }
    bench.answer(bench.open[0], 200, items())
    #expect(bench.lane.record.firstDay == Bench.day("2016-07-01"))
    #expect(bench.lane.missing == Bench.day("2018-06-15") - Bench.day("2016-07-01") + 1)
    #expect(try bench.engine.book.record("me")?.firstDay == Bench.day("2016-07-01"))
    try bench.checkCounts()
  }

  @Test("a failure is no empty year: the same one is asked again")
  func failing() throws {
    let bench = try bench()
    for _ in 0..<4 {
      #expect(asked(bench) == ["2017-06-16/2018-06-15"])
      bench.answer(bench.open[0], 503)
      bench.pass(.minutes(16))
    }
    bench.answer(bench.open[0], 200, items("2018-06-01"))
    #expect(asked(bench) == ["2016-06-16/2017-06-15"])
  }

  @Test("a first day that the profile tells spares the walk")
  func known() throws {
    let bench = try bench(fact: true)
    bench.pass(.seconds(1))
    bench.handle(.tick)
    let call = try bench.call(.account)
    bench.answer(call, 200, #"{"since": "2018-06-10"}"#)
    #expect(bench.lane.record.firstDay == Bench.day("2018-06-10"))
    #expect(bench.lane.walk == nil)
  }

  @Test("a profile that this account has not, which a row says, leaves it to the walk")
  func missingProfile() throws {
    let row = AnswerRow(call: .account, status: 403, means: .empty)
    let bench = try bench(fact: true, [row])
    let call = try bench.call(.account)
    bench.answer(call, 403)
    #expect(asked(bench) == ["2017-06-16/2018-06-15"])
    #expect(bench.lane.record.signInReason == nil)
  }

  @Test("the operator's first day is the floor")
  func floor() throws {
    let bench = try bench(since: "2018-06-12")
    #expect(bench.lane.record.firstDay == Bench.day("2018-06-12"))
    #expect(bench.open.allSatisfy { $0.asked != nil })
  }

  @Test("an account without any data is asked about again later, and said so once")
  func nothing() throws {
    let bench = try bench()
    for _ in 0..<3 { bench.answer(bench.open[0], 200, items()) }
    #expect(bench.lane.record.firstDay == nil && bench.open.isEmpty)
    #expect(bench.logged(.paused).count == 1)
    bench.pass(.hours(3))
    #expect(asked(bench) == ["2017-06-16/2018-06-15"])
  }

  @Test("a part is over with its last page: an empty one may name a next one")
  func pages() throws {
    let bench = try bench {
      $0.provider.streams[0].pages = Pages(.token(send: "page", at: .at("next")))
    }
    bench.answer(bench.open[0], 200, #"{"items": [], "next": "a"}"#)
    #expect(asked(bench) == ["2017-06-16/2018-06-15?page=a"])
    bench.answer(bench.open[0], 200, #"{"items": [{"day": "2018-06-03"}], "next": "b"}"#)
    bench.answer(bench.open[0], 200, #"{"items": [{"day": "2018-06-01"}]}"#)
    #expect(asked(bench) == ["2016-06-16/2017-06-15"])
    #expect(bench.lane.walk?.earliest == Bench.day("2018-06-01"))
  }

  @Test("a page that fails has its part asked again from the begin; a ring is no empty part")
  func failingPage() throws {
    let bench = try bench {
      $0.provider.streams[0].pages = Pages(.token(send: "page", at: .at("next")))
    }
    for body in [nil, #"{"items": [], "next": "a"}"#] {
      bench.answer(bench.open[0], 200, #"{"items": [], "next": "a"}"#)
      bench.answer(bench.open[0], body == nil ? 500 : 200, body ?? "")
      bench.pass(.minutes(16))
      #expect(asked(bench) == ["2017-06-16/2018-06-15"])
    }
    #expect(bench.lane.walk?.earliest == nil)
  }

  @Test("it asks its stream whether the account keeps that or not")
  func otherStreams() throws {
    let bench = try bench {
      $0.provider.streams.append(
        StreamSpec(
          name: "naps", request: .init(path: "/naps/{start}"),
          window: DayWindow(form: .ymd, ends: .both)))
      $0.accounts[0].streams = ["naps"]
    }
    #expect(asked(bench) == ["2017-06-16/2018-06-15"])
    bench.answer(bench.open[0], 200, items("2018-06-15"))
    for _ in 0..<3 where !bench.open.isEmpty { bench.answer(bench.open[0], 200, items()) }
    #expect(bench.asked == ["naps 2018-06-15"])
  }

  @Test("after a restart the walk begins anew")
  func restart() throws {
    let bench = try bench()
    bench.answer(bench.open[0], 200, items("2018-06-01"))
    try bench.begin()
    #expect(asked(bench) == ["2017-06-16/2018-06-15"])
  }
}
