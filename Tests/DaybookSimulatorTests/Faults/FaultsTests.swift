import DaybookCore
import Testing

@testable import DaybookSimulator

struct FaultsTests {
  static let plain = "{\"path\":\"/x\"}"

  @Test("without rules the model answers")
  func none() throws {
    var model = try Faulty<Echo>()
    #expect(model.get().bodyText == Self.plain)
    #expect(model.model.asked == 1)
  }

  @Test(
    "a status replaces the answer, and the model is asked only when it is said so",
    arguments: [
      ("any:status=503", 503, nil, 0), ("any:status=503,retry-after=7", 503, "7", 0),
      ("any:status=502,processed", 502, nil, 1), ("any:status=429", 429, nil, 0),
      ("any:status=401", 401, nil, 0),
      ("any:status=429,retry-after=date+90", 429, "Wed, 25 Apr 2018 12:01:30 GMT", 0),
      ("any:status=503,retry-after=soon", 503, "soon", 0),
      ("any:status=503,retry-after=date+x", 503, "date+x", 0),
    ] as [(String, Int, String?, Int)])
  func status(rule: String, status: Int, retryAfter: String?, asked: Int) throws {
    var model = try Faulty<Echo>(rule)
    let answer = model.get()
    #expect(answer.status == status)
    #expect(answer.header("retry-after") == retryAfter)
    #expect(answer.header("etag") == nil)
    #expect(answer.header("date") == "Wed, 25 Apr 2018 12:00:00 GMT")
    #expect(model.model.asked == asked)
  }

  @Test(
    "a delivery is set on the model's own answer",
    arguments: [
      ("any:cut=5", .cut(at: 5), .length, 1),
      ("any:cut=0,framing=chunked", .cut(at: 0), .chunked, 1),
      ("any:cut=9,framing=close", .cut(at: 9), .close, 1),
      ("any:stall=3", .stall(after: 3), .length, 1), ("any:stall", .stall(after: nil), .length, 0),
      ("any:reset=4", .reset(after: 4), .length, 1),
      ("any:reset", .reset(after: nil), .length, 0),
      ("any:reset,processed", .reset(after: nil), .length, 1),
      ("any:refused", .refused, .length, 0),
    ] as [(String, SimResponse.Delivery, SimResponse.Framing, Int)])
  func delivery(
    rule: String, delivery: SimResponse.Delivery, framing: SimResponse.Framing, asked: Int
  ) throws {
    var model = try Faulty<Echo>(rule)
    let answer = model.get()
    if rule == "any:refused" {
      #expect(answer.delivery == .refused)
    } else {
      #expect(answer.delivery == delivery)
    }
    #expect(answer.framing == framing)
    #expect(model.model.asked == asked)
    if asked == 1 { #expect(answer.bodyText == Self.plain) }
  }

  @Test("a delay keeps the answer")
  func delay() throws {
    var model = try Faulty<Echo>("any:delay=2.5")
    let answer = model.get()
    #expect(answer.delay == .milliseconds(2_500))
    #expect(answer.bodyText == Self.plain)
  }

  @Test("a hotel's page is a 200 that is no JSON")
  func html() throws {
    var model = try Faulty<Echo>("any:html")
    let answer = model.get()
    #expect(answer.status == 200)
    #expect(answer.header("content-type") == "text/html; charset=utf-8")
    #expect(answer.bodyText.hasPrefix("<!DOCTYPE html>"))
    #expect(model.model.asked == 0)
  }

  @Test("an empty 200 has no byte, noise is no text")
  func bodies() throws {
    var empty = try Faulty<Echo>("any:empty")
    #expect(empty.get().body.isEmpty)
    var noise = try Faulty<Echo>("any:noise")
    let bytes = noise.get().body
    #expect(bytes.count == 400)
    #expect(String(validating: bytes, as: UTF8.self) == nil)
  }

  @Test("another day comes as an honest answer to another question")
  func wrongDay() throws {
    var model = try Faulty<Echo>("any:wrong-day")
    #expect(model.get("/day").bodyText == "{\"path\":\"/daybefore\"}")
    #expect(model.get("/x").bodyText == Self.plain)
  }

  @Test("wrong days of Moves are whole days")
  func wrongMovesDay() throws {
    let client = MovesClient.signedIn()
    var model = Faulty(client.model, Faults(seed: 1, [FaultRule(.data, .wrongDay)]))
    let request = SimRequest(
      "GET", "/api/1.1/user/storyline/daily/20180110",
      headers: [SimField("Authorization", "Bearer \(client.access)")])
    let answer = model.answer(request, now: client.now)
    #expect(document(answer).elements.first?["date"] == "20180109")
  }

  @Test("a key comes twice, the rest is as it was")
  func duplicateKeys() throws {
    var model = try Faulty<Echo>("any:duplicate-keys")
    let answer = model.get()
    #expect(answer.bodyText == "{\"twice\":1,\"twice\":2,\"path\":\"/x\"}")
    #expect(throws: DocumentFault.self) { try JSONValue(parsing: answer.body) }
    #expect(JSONScanner.scan(answer.body).fault == nil)
  }

  @Test(
    "compressed bodies, whole and broken",
    arguments: [
      ("any:gzip", true), ("any:gzip=whole", true), ("any:gzip=cut", false),
      ("any:gzip=checksum", false), ("any:gzip=lie", false),
    ])
  func gzip(rule: String, isWhole: Bool) throws {
    var model = try Faulty<Echo>(rule)
    let answer = model.get()
    #expect(answer.header("content-encoding") == "gzip")
    let body = Gzip.unpack(answer.body).map { String(decoding: $0, as: UTF8.self) }
    #expect((body == Self.plain) == isWhole)
    if rule.hasSuffix("lie") { #expect(answer.bodyText == Self.plain) }
  }

  @Test("a malformed head is marked, a wrong date is set")
  func heads() throws {
    var line = try Faulty<Echo>("any:malformed=status-line")
    #expect(line.get().malformed == .statusLine)
    var header = try Faulty<Echo>("any:malformed=header")
    #expect(header.get().malformed == .header)
    var date = try Faulty<Echo>("any:date=-3600")
    let dates = date.get().headers.filter { $0.name == "Date" }
    #expect(dates == [SimField("Date", "Wed, 25 Apr 2018 11:00:00 GMT")])
  }

  @Test("the first rule that strikes acts, the others count all the same")
  func order() throws {
    var model = try Faulty<Echo>("any:status=500@nth=2", "any:status=501@every=2")
    let statuses = (0..<4).map { _ in model.get().status }
    #expect(statuses == [200, 500, 200, 501])
    #expect(model.faults.rules.map(\.seen) == [4, 4])
    #expect(model.faults.rules.map(\.struck) == [1, 2])
  }

  @Test("a rule is for its kind of call only")
  func kinds() throws {
    var model = try Faulty<Echo>("token:status=500")
    #expect(model.get("/x").status == 200)
    #expect(model.get("/token").status == 500)
    #expect(model.faults.rules.map(\.seen) == [1])
  }

  @Test("rules can be cleared")
  func clear() throws {
    var model = try Faulty<Echo>("any:status=500")
    model.faults.clear()
    #expect(model.get().status == 200)
  }

  @Test("a rate strikes as often as it says, at the same calls for the same seed")
  func rate() throws {
    func strikes(_ seed: UInt64) throws -> [Bool] {
      var model = try Faulty<Echo>("any:status=500@rate=0.1", seed: seed)
      return (0..<3_000).map { _ in model.get().status == 500 }
    }
    let first = try strikes(1)
    #expect(first == (try strikes(1)))
    #expect(first != (try strikes(2)))
    #expect((220...380).contains(first.count { $0 }))
  }

  @Test("the wrapper answers for its model")
  func wrapper() throws {
    let model = try Faulty<Echo>()
    #expect(model.kind(of: SimRequest("GET", "/token")) == .token)
    #expect(model.askingDayBefore(SimRequest("GET", "/day"))?.path == "/daybefore")
  }
}
