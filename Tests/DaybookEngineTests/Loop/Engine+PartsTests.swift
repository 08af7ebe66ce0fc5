import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: parts of items")
struct EnginePartsTests {
  /// A stream whose items have a track each, and one kind of bytes.
  private func bench(_ change: (inout BenchOptions) -> Void = { _ in }) throws -> Bench {
    try Bench {
      $0.firstDay = Bench.day("2018-06-15")
      $0.provider = .bench {
        $0.streams[0].each = Each(
          item: .at("id"), condition: .at("map"),
          parts: [
            PartSpec(name: "track", request: .init(path: "/items/{item}/track")),
            PartSpec(
              name: "file", request: .init(path: "/items/{item}/file"), document: .bytes,
              fileExtension: "fit"),
          ])
      }
      change(&$0)
    }
  }

  private let list = #"{"items":[{"id":7,"map":"x"},{"id":8},{"id":9,"map":"y"}]}"#

  /// The part that is asked for: `7/track`.
  private func part(_ bench: Bench) throws -> (name: String, call: Call) {
    let call = try bench.call(.part)
    return (String(call.url.dropFirst("https://api.p.test/v1/items/".count)), call)
  }

  /// The part that is asked for, if there is one.
  private func asked(_ bench: Bench) -> String? {
    bench.open.first { $0.kind == .part }
      .map { String($0.url.dropFirst("https://api.p.test/v1/items/".count)) }
  }

  private func answerPart(_ bench: Bench, _ text: String) throws {
    let call = try part(bench).call
    bench.answer(call, 200, text, headers: [Field("content-length", "\(text.utf8.count)")])
  }

  @Test("each part of each item is asked for, one after the other, and then the day is stored")
  func whole() throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-15"), 200, list)
    for name in ["7/track", "7/file", "9/track", "9/file"] {
      #expect(try part(bench).name == name)
      #expect(bench.filing.isEmpty && bench.assembling.isEmpty)
      try answerPart(bench, "[\"\(name)\"]")
    }
    bench.assemble()
    let item = try #require(bench.filing.first)
    #expect(item.spooled.path.fileExtension == "parts.json" && item.parts.count == 4)
    #expect(item.parts.map(\.path.fileExtension) == ["json", "fit", "json", "fit"])
    #expect(bench.text(item).hasPrefix("{\"list\":[\(list)],\"parts\":[\"7 "))
    bench.persist()
    #expect(try bench.row("2018-06-15").state == .open)
    #expect(try bench.row("2018-06-15").stored?.read.items == 3 + 4)
    #expect(bench.lane.busy.isEmpty && bench.engine.assemblies.isEmpty)
    try bench.checkCounts()
  }

  @Test("a day without items with parts is such a file too, at once")
  func none() throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-15"), 200, #"{"items":[{"id":8}]}"#)
    bench.assemble()
    #expect(bench.filing.map(bench.text) == [#"{"list":[{"items":[{"id":8}]}],"parts":[]}"#])
  }

  @Test("an item of which the provider says that it has none is listed without a file")
  func empty() throws {
    let bench = try bench {
      $0.provider.answers = [AnswerRow(call: .part, status: 404, means: .empty)]
      $0.provider.streams[0].each?.parts.removeLast()
    }
    bench.answer(try bench.call("steps 2018-06-15"), 200, list)
    bench.answer(try part(bench).call, 404)
    try answerPart(bench, "[]")
    bench.assemble()
    let item = try #require(bench.filing.first)
    #expect(item.parts.count == 1 && bench.text(item).contains("\"7 none\""))
  }

  @Test(
    "a part that fails costs what has come, and the day is asked again from its begin",
    arguments: [(500, ""), (200, "{"), (404, ""), (429, ""), (403, "")])
  func failing(_ status: Int, _ body: String) throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-15"), 200, list)
    try answerPart(bench, "[1]")
    try answerPart(bench, "abc")
    bench.answer(try part(bench).call, status, body)
    #expect(bench.discarded.count == (status == 200 ? 4 : 3))
    #expect(bench.filing.isEmpty && bench.lane.pagesToAsk.isEmpty && bench.lane.busy.isEmpty)
    #expect(
      try bench.row("2018-06-15").state
        == (status == 403 ? .refused : status == 429 ? .missing : .failing))
    bench.pass(.days(1))
    if status != 403 { #expect(bench.asked.contains("steps 2018-06-15")) }
    try bench.checkCounts()
  }

  @Test(
    "bytes are whole only where their number is told, and they are not packed",
    arguments: [
      ([Field("content-length", "3")], true), ([Field("content-length", "4")], false), ([], false),
      ([Field("content-length", "3"), Field("content-encoding", "gzip")], false),
    ])
  func framing(_ headers: [Field], _ isWhole: Bool) throws {
    let bench = try bench { $0.provider.streams[0].each?.parts.removeFirst() }
    bench.answer(try bench.call("steps 2018-06-15"), 200, list)
    let call = try part(bench).call
    #expect(call.header("Accept-Encoding") == "identity")
    bench.answer(call, 200, "abc", headers: headers)
    #expect(asked(bench) == (isWhole ? "9/file" : nil))
    #expect(bench.discarded.count == (isWhole ? 0 : 2))
  }

  @Test("without its scope a part is left out, where it is known which scopes there are")
  func scopes() throws {
    for (granted, names) in [
      (["a"], ["7/track"]), (["a", "b"], ["7/track", "7/file"]), ([], nil),
    ]
      as [([String], [String]?)]
    {
      let bench = try bench { $0.provider.streams[0].each?.parts[1].scope = "b" }
      bench.lane.grant?.scopes = granted
      bench.answer(try bench.call("steps 2018-06-15"), 200, #"{"items":[{"id":7,"map":"x"}]}"#)
      for name in names ?? ["7/track", "7/file"] {
        #expect(try part(bench).name == name)
        try answerPart(bench, "[]")
      }
      #expect(bench.assembling.count == 1, "\(granted)")
    }
  }

  @Test(
    "a list whose items cannot be asked for is not believed",
    arguments: [#"{"items":[{"map":"x"}]}"#, #"{"items":[{"id":"a\nb","map":"x"}]}"#])
  func strange(_ body: String) throws {
    let bench = try bench()
    bench.answer(try bench.call("steps 2018-06-15"), 200, body)
    #expect(bench.discarded.count == 1 && bench.open.isEmpty && bench.assembling.isEmpty)
    #expect(try bench.row("2018-06-15").reason?.hasPrefix("an item of the list") == true)
  }

  @Test("more items than one read can ask for are not begun")
  func tooMany() throws {
    let bench = try bench()
    let items = (0...Limits.partsOfRead / 2).map { "{\"id\":\($0),\"map\":\"x\"}" }
    bench.answer(
      try bench.call("steps 2018-06-15"), 200, "{\"items\":[\(items.joined(separator: ","))]}")
    #expect(try bench.row("2018-06-15").reason == Each.Fault.tooMany.rawValue)
  }

  @Test("a list with more elements than can be told apart is no list without parts")
  func uncounted() throws {
    let bench = try bench()
    let items = Array(repeating: "{}", count: Limits.elements + 1).joined(separator: ",")
    bench.answer(try bench.call("steps 2018-06-15"), 200, "{\"items\":[\(items)]}")
    #expect(bench.assembling.isEmpty)
    #expect(try bench.row("2018-06-15").reason == Each.Fault.tooMany.rawValue)
  }

  @Test("an answer that covers several days has the parts of each with it, in its folder")
  func cut() throws {
    let bench = try bench {
      $0.firstDay = Bench.day("2018-06-14")
      $0.provider.streams[0].request.path = "/steps/{start}/{end}"
      $0.provider.streams[0].span = 2
      $0.provider.streams[0].belongs = Belongs(
        at: JSONPointer(segments: [.key("items"), .every, .key("day")]), form: .ymd)
      $0.provider.streams[0].each?.parts.removeLast()
    }
    let body =
      #"{"items":[{"day":"2018-06-15","id":1,"map":"x"},{"day":"2018-06-14","id":2,"map":"x"}]}"#
    bench.answer(bench.open[0], 200, body)
    for text in ["[1]", "[2]"] { try answerPart(bench, text) }
    bench.assemble()
    let parts = bench.filing.map {
      $0.parts.map { "\($0.path.day) \(bench.bodies[$0.temporary] ?? [])" }
    }
    #expect(parts == [["2018-06-14 \(Array("[2]".utf8))"], ["2018-06-15 \(Array("[1]".utf8))"]])
    bench.persist()
    try bench.checkCounts()
  }

  @Test("a read of the same things leaves the day, and drops the parts that came again")
  func equal() throws {
    let bench = try bench { $0.provider.streams[0].each?.parts.removeLast() }
    for round in 0..<2 {
      bench.answer(try bench.call("steps 2018-06-15"), 200, list)
      for text in ["[7]", "[9]"] { try answerPart(bench, text) }
      bench.assemble()
      if round == 0 { bench.persist() }
      bench.pass(.hours(3))
    }
    #expect(bench.filing.isEmpty && bench.discarded.count == 3)
    #expect(try bench.row("2018-06-15").stored?.reads == 2)
  }

  @Test("a reload goes on with the next part; without parts in the file the read is given up")
  func reload() throws {
    for keeps in [true, false] {
      let bench = try bench { $0.provider.windows = [.bench("minute", 60, 1)] }
      bench.answer(bench.open[0], 200, list)
      #expect(bench.lane.pagesToAsk.count == 1)
      if !keeps { bench.configuration.providers["p"]?.streams[0].each = nil }
      bench.handle(.settingsRead(bench.configuration))
      bench.pass(.seconds(61))
      #expect(asked(bench) == (keeps ? "7/track" : nil))
      #expect(bench.discarded.count == (keeps ? 0 : 1))
    }
  }

  @Test("what would be done next is a part") func plan() throws {
    let bench = try bench { $0.provider.windows = [.bench("minute", 60, 1)] }
    bench.answer(bench.open[0], 200, list)
    bench.wall = bench.wall + .seconds(61)
    bench.boot = bench.boot + .seconds(61)
    guard case .plan(let steps)? = bench.ask(.plan(account: "me", limit: 3)) else {
      Issue.record("no plan")
      return
    }
    #expect(steps.first?.action == "part" || bench.open.first?.kind == .part)
  }
}
