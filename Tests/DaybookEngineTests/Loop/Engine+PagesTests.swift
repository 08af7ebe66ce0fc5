import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: pages, and several days in one call")
struct EnginePagesTests {
  private static let next = JSONPointer.at("next")
  private static let day = JSONPointer(segments: [.key("items"), .every, .key("day")])

  private func paged() throws -> Bench {
    try Bench {
      $0.provider = .bench { $0.streams[0].pages = Pages(.token(send: "page", at: Self.next)) }
    }
  }

  /// Four days, at most three in one call.
  private func ranged(_ change: (inout StreamSpec) -> Void = { _ in }) throws -> Bench {
    try Bench {
      $0.provider = .bench {
        $0.streams[0].request.path = "/steps/{start}/{end}"
        $0.streams[0].span = 3
        $0.streams[0].belongs = Belongs(at: Self.day, form: .ymd)
        change(&$0.streams[0])
      }
    }
  }

  private func items(_ days: String...) -> String {
    "{\"items\": [\(days.map { "{\"day\": \"2018-06-\($0)\"}" }.joined(separator: ", "))]}"
  }

  // MARK: Pages

  @Test("a day of one page is stored as it came")
  func onePage() throws {
    let bench = try paged()
    let call = try bench.call("steps 2018-06-14")
    bench.answer(call, 200, #"{"items":[1,2],"next":""}"#, headers: [Field("etag", "\"a\"")])
    #expect(bench.assembling.isEmpty)
    #expect(bench.filing.map(bench.text) == [#"{"items":[1,2],"next":""}"#])
    bench.persist()
    #expect(try bench.row("2018-06-14").stored?.read.items == 2)
  }

  @Test("pages are asked for one after the other, an empty one too, and joined byte for byte")
  func pages() throws {
    let bench = try paged()
    let bodies = [
      #"{"items":[1],"next":"b&c"}"#, #" {"items":[], "next" : 7}"#, #"{"items":[2,3]}"#,
    ]
    for (i, body) in bodies.enumerated() {
      let call = try bench.call("steps 2018-06-14")
      let mark = ["", "?page=b%26c", "?page=7"][i]
      #expect(call.url == "https://api.p.test/v1/steps/2018-06-14\(mark)")
      bench.pass(.seconds(2))
      bench.answer(call, 200, body)
      #expect(bench.filing.isEmpty)
    }
    let first = bench.wall - .seconds(4)
    bench.assemble()
    let item = try #require(bench.filing.first)
    #expect(bench.text(item) == "[\(bodies.joined(separator: ","))]")
    #expect(item.fetchedAt == first)
    bench.persist()
    let row = try bench.row("2018-06-14")
    #expect(row.stored?.read.items == 3 && row.attempts == 0)
    #expect(bench.lane.busy.count == 3 && bench.engine.assemblies.isEmpty)
    try bench.checkCounts()
  }

  @Test("the days that wait for a page go on before new ones begin")
  func order() throws {
    let bench = try Bench {
      $0.provider = .bench {
        $0.streams[0].pages = Pages(.token(send: "page", at: Self.next))
        $0.windows = [.bench("minute", 60, 2)]
      }
    }
    let call = try #require(bench.open.first)
    bench.answer(call, 200, #"{"items":[1],"next":"x"}"#)
    bench.pass(.seconds(61))
    #expect(bench.sent.first?.url.hasSuffix("?page=x") == true)
  }

  @Test(
    "a page that fails costs the day's temporary files, and the day is asked again from its begin",
    arguments: [(500, ""), (200, "{\"items\":[1"), (404, ""), (429, "")])
  func failing(_ status: Int, _ body: String) throws {
    let bench = try paged()
    bench.answer(try bench.call("steps 2018-06-14"), 200, #"{"items":[1],"next":"x"}"#)
    bench.answer(try bench.call("steps 2018-06-14"), status, body)
    let isSpooled = status == 200
    #expect(bench.discarded.count == (isSpooled ? 2 : 1))
    #expect(bench.filing.isEmpty && bench.lane.pagesToAsk.isEmpty)
    #expect(!bench.lane.busy.contains(bench.key("2018-06-14")))
    bench.pass(.days(1))
    #expect(try bench.call("steps 2018-06-14").url.hasSuffix("/2018-06-14"))
    try bench.checkCounts()
  }

  @Test("a server that goes round in a ring is left, and nothing of it is stored")
  func ring() throws {
    let bench = try paged()
    for mark in ["a", "b", "a"] {
      bench.answer(try bench.call("steps 2018-06-14"), 200, "{\"items\":[1],\"next\":\"\(mark)\"}")
    }
    #expect(bench.discarded.count == 3 && bench.filing.isEmpty && bench.assembling.isEmpty)
    #expect(try bench.row("2018-06-14").reason == "its pages have no end")
  }

  @Test("counted pages end with an empty one")
  func counter() throws {
    let bench = try Bench {
      $0.provider = .bench {
        $0.streams[0].pages = Pages(.counter(send: "p", first: 1, step: 1))
      }
    }
    for (page, body) in ["{\"items\":[1]}", "{\"items\":[2]}", "{\"items\":[]}"].enumerated() {
      let call = try bench.call("steps 2018-06-14")
      #expect(call.url.hasSuffix("?p=\(page + 1)"))
      bench.answer(call, 200, body)
    }
    bench.assemble()
    #expect(bench.text(bench.filing[0]) == #"[{"items":[1]},{"items":[2]},{"items":[]}]"#)
  }

  // MARK: Several days

  @Test("days that are due are asked for together, newest first, and each gets its own elements")
  func range() throws {
    let bench = try ranged()
    #expect(
      bench.open.map(\.url).map { $0.dropFirst(28) } == [
        "2018-06-13/2018-06-15", "2018-06-12/2018-06-12",
      ])
    bench.answer(bench.open[0], 200, items("15", "13", "15"))
    bench.assemble()
    bench.persist()
    let texts = bench.bodies.values.map { String(decoding: $0, as: UTF8.self) }
    #expect(texts.contains(#"[{"day": "2018-06-15"},{"day": "2018-06-15"}]"#))
    #expect(try bench.row("2018-06-15").stored?.read.items == 2)
    #expect(try bench.row("2018-06-14").stored?.read.items == 0)
    #expect(try bench.row("2018-06-13").stored?.read.items == 1)
    #expect(try bench.row("2018-06-12").state == .missing)
    #expect(bench.lane.busy == [bench.key("2018-06-12")])
    try bench.checkCounts()
  }

  @Test("a day asked for alone gives the same bytes as in a range")
  func alone() throws {
    let bench = try ranged()
    let call = bench.open[1]
    bench.answer(call, 200, items("12"))
    bench.assemble()
    #expect(bench.filing.map(bench.text) == [#"[{"day": "2018-06-12"}]"#])
  }

  @Test(
    "an answer with an element of no day, or of another one, stores nothing",
    arguments: [#"{"items": [{"day": "2018-06-15"}, {}]}"#, #"{"items": [{"day": "2018-06-11"}]}"#])
  func foreign(body: String) throws {
    let bench = try ranged()
    bench.answer(bench.open[0], 200, body)
    #expect(bench.assembling.isEmpty && bench.discarded.count == 1 && bench.filing.isEmpty)
    #expect(try bench.row("2018-06-15").state == .missing)
    #expect(bench.lane.missing == 4)
  }

  @Test("elements of the pad are dropped, those beyond it are a fault")
  func pad() throws {
    let bench = try ranged { $0.pad = 1 }
    #expect(bench.open[0].url.hasSuffix("2018-06-12/2018-06-16"))
    bench.answer(bench.open[0], 200, items("12", "14", "16"))
    bench.assemble()
    #expect(bench.filing.map(\.spooled.path.day.description).sorted().count == 3)
    #expect(bench.filing.map(bench.text).filter { $0 != "[]" } == [#"[{"day": "2018-06-14"}]"#])
  }

  @Test("a range that fails is halved; attempts count on single days; an answer widens it again")
  func halved() throws {
    let bench = try ranged()
    bench.fail(bench.open[0])
    #expect(bench.lane.streams[0].narrowed == 1)
    bench.pass(.minutes(20))
    let call = try bench.call("steps 2018-06-15")
    #expect(call.url.hasSuffix("2018-06-15/2018-06-15"))
    #expect(try bench.row("2018-06-15").attempts == 1)
    bench.answer(call, 200, items("15"))
    #expect(bench.lane.streams[0].span == 2)
    bench.assemble()
    bench.persist()
    #expect(try bench.row("2018-06-15").state == .open)
  }

  @Test("what is refused is refused for every day of the call")
  func denied() throws {
    let bench = try ranged()
    bench.answer(bench.open[0], 403)
    for day in ["13", "14", "15"] { #expect(try bench.row("2018-06-\(day)").state == .refused) }
    try bench.checkCounts()
  }

  @Test("what the answer says of its own state keeps every day of it open")
  func pending() throws {
    let bench = try ranged {
      $0.settle.open = Pending(at: .at("state"), values: ["computing"])
    }
    // Two equal reads, a day apart and long after the end, would close it.
    for (state, expected) in [("computing", DayState.open), ("computing", .open), ("done", .final)]
    {
      let call = try #require(
        bench.open.last { $0.url.contains("/2018-06-12/") }, "\(bench.open.map(\.url))")
      bench.answer(call, 200, "{\"state\": \"\(state)\", \(items("12").dropFirst())")
      bench.assemble()
      bench.persist()
      #expect(try bench.row("2018-06-12").state == expected, "\(state)")
      bench.pass(.days(5))
    }
  }
}
