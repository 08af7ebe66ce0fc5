import DaybookCore
import Testing

@testable import DaybookSimulator

struct OwnTracksModelTests {
  @Test("a day as the program itself answered it")
  func golden() {
    var recorder = Recorder.known()
    let answer = recorder.get(
      "locations?user=jane&device=phone&from=2015-01-03T00:00:00&to=2015-01-03T00:00:01")
    #expect(answer.bodyText == #"{"data":[],"status":200,"version":"1.0.1"}"#)
    let one = recorder.get(
      "locations?user=jane&device=phone&from=2015-01-02T23:59:58&to=2015-01-03T00:00:00")
    #expect(
      one.bodyText == #"{"count":1,"data":[{"_type":"location","tid":"ja","tst":1420243199,"#
        + #""lat":60.1696,"lon":24.93,"acc":12,"_http":true,"ghash":"ud9wr39","#
        + #""isorcv":"2015-01-02T23:59:59Z","isotst":"2015-01-02T23:59:59Z","#
        + #""disptst":"2015-01-02 23:59:59"}],"status":200,"version":"1.0.1"}"#)
  }

  @Test("the headers are the recorder's: chunked, with its own length, without a date")
  func headers() {
    var recorder = Recorder.known()
    let answer = recorder.get("list")
    #expect(answer.framing == .chunked)
    #expect(
      answer.headers == [
        SimField("Content-Type", "application/json; charset=utf-8"),
        SimField("Access-Control-Allow-Origin", "*"), SimField("X-Content-Length", "20"),
      ])
  }

  @Test(
    "users, devices and month files, as the program listed them",
    arguments: [
      ("list", #"{"results":["bob","jane"]}"#),
      ("list?user=jane", #"{"results":["phone","tablet"]}"#),
      ("list?user=JANE", #"{"results":["phone","tablet"]}"#),
      ("list?user=nobody", #"{"error":"Cannot open requested directory"}"#),
      ("list?user=jane&device=nix", #"{"error":"Cannot lsscan requested directory"}"#),
      (
        "list?user=jane&device=phone",
        #"{"results":["/s/rec/jane/phone/2015-01.rec","/s/rec/jane/phone/2015-02.rec"]}"#
      ),
      (
        "list?user=jane&device=phone&from=2015-02-01&to=2015-03-01",
        #"{"results":["/s/rec/jane/phone/2015-01.rec","/s/rec/jane/phone/2015-02.rec"]}"#
      ),
      (
        "list?user=jane&device=phone&from=2014-01-01&to=2015-01-20",
        #"{"results":["/s/rec/jane/phone/2015-01.rec"]}"#
      ),
      ("list?user=jane&device=phone&from=2014-01-01&to=2014-12-31", #"{"results":[]}"#),
    ])
  func lists(target: String, expected: String) {
    var recorder = Recorder {
      $0.devices = [.init(user: "Bob", device: "old"), .init(user: "jane", device: "tablet")]
      $0.storage = "/s"
    }
    for tst in Recorder.posted {
      _ = recorder.post(#"{"_type":"location","tst":\#(tst),"lat":1,"lon":2}"#)
    }
    #expect(recorder.get(target).bodyText == expected)
  }

  @Test(
    "both bounds are excluded, and what follows a time is ignored",
    arguments: [
      ("2015-01-02", "2015-01-03", [1, 2, 3, 6]),
      ("2015-01-01T23:59:59", "2015-01-03T00:00:00", [0, 1, 2, 3, 6]),
      ("2015-01-02T05", "2015-01-03", [2, 3, 6]), ("2015-01-02T05:30", "2015-01-03", [2, 3, 6]),
      ("2015-01-02t05:30:00", "2015-01-03", [2, 3, 6]),
      ("2015-01-02T05:30:00Z", "2015-01-03", [2, 3, 6]),
      ("2015-01-02T05:30:00%2B02:00", "2015-01-03", [2, 3, 6]),
      ("2015-01-02%2005:30", "2015-01-03", [1, 2, 3, 6]), ("2015-1-2", "2015-01-03", [1, 2, 3, 6]),
      ("2015-01-02T25", "2015-01-03", [1, 2, 3, 6]), ("2015-01-32", "2015-01-03", [0, 1, 2, 3, 6]),
      ("%202015-01-02", "2015-01-03", [1, 2, 3, 6]), ("2015-01-00", "2015-01-03", [0, 1, 2, 3, 6]),
      ("2015-01-", "2015-01-03", [0, 1, 2, 3, 6]), ("2015-01-02T", "2015-01-03", [1, 2, 3, 6]),
      ("2015-01-02T05:3", "2015-01-03", [2, 3, 6]), ("2015-01", "2015-02", [0, 1, 2, 3, 4, 6]),
      ("2015-01-02T06:26:40", "2015-01-02T12:00:01", [2]), ("2015-02", "2015-03", [5]),
    ] as [(String, String, [Int])])
  func bounds(from: String, to: String, expected: [Int]) {
    var recorder = Recorder.known()
    let answer = recorder.get("locations?user=jane&device=phone&fields=tst&from=\(from)&to=\(to)")
    let all = Recorder.posted.dropFirst().map { Int64($0) }
    #expect(Recorder.times(answer) == expected.map { all[$0] })
    #expect(document(answer)["count"]?.int == Int64(expected.count))
  }

  @Test(
    "impossible ranges are 416 in plain text",
    arguments: [
      "from=bogus", "from=2015-01-03&to=2015-01-02", "from=20150102&to=2015-01-03",
      "from=1420156800&to=2015-01-03", "from=2015&to=2015-01-03", "from=2015-13&to=2015-01-03",
      "from=2015-02-31&to=2015-01-03", "from=&to=2015-01-03", "to=2015-01-20",
    ])
  func impossible(query: String) {
    for verb in ["locations", "list"] {
      var recorder = Recorder.known()
      let answer = recorder.get("\(verb)?user=jane&device=phone&\(query)")
      #expect(answer.status == 416)
      #expect(answer.bodyText == "impossible date/time ranges\n")
      #expect(answer.headers.isEmpty)
    }
  }

  @Test(
    "a user and a device are needed",
    arguments: [
      "locations", "locations?user=jane", "locations?device=phone", "locations?user=&device=x",
    ])
  func needed(target: String) {
    var recorder = Recorder.known()
    let answer = recorder.get(target)
    #expect(answer.status == 416)
    #expect(answer.bodyText == "user and device are required\n")
  }

  @Test("an unknown device has no points and no error")
  func nobody() {
    var recorder = Recorder.known()
    let answer = recorder.get("locations?user=nobody&device=x")
    #expect(answer.bodyText == #"{"data":[],"status":200,"version":"1.0.1"}"#)
  }

  @Test("the default range is the last six hours")
  func defaults() {
    var recorder = Recorder.known()
    recorder.now = moment("2015-01-02T12:00:01")
    for tst in Recorder.posted {
      _ = recorder.post(#"{"_type":"location","tst":\#(tst),"lat":1,"lon":2}"#, to: "/pub?u=a&d=b")
    }
    let times = Recorder.times(recorder.get("locations?user=a&device=b"))
    #expect(times == [1_420_200_000, 1_420_180_000])
  }

  @Test(
    "a limit reads the newest file backwards, and no other",
    arguments: [
      ("from=2015-01&to=2015-03&limit=2", [1_422_800_000]),
      ("from=2015-01&to=2015-02-01&limit=2", []),
      ("from=2015-01-01&to=2015-01-03&limit=2", [1_420_180_000, 1_420_243_199]),
      (
        "from=2015-01-01&to=2015-01-03&limit=0",
        [
          1_420_156_800, 1_420_156_801, 1_420_200_000, 1_420_243_199, 1_420_180_000,
        ]
      ),
    ] as [(String, [Int64])])
  func limit(query: String, expected: [Int64]) {
    var recorder = Recorder.known()
    #expect(Recorder.times(recorder.get("locations?user=jane&device=phone&\(query)")) == expected)
  }

  @Test("a form and the limiting headers serve as well as the query")
  func sources() {
    var recorder = Recorder.known()
    let form = "user=jane&device=phone&from=2015-01-02&to=2015-01-03&fields=tst"
    let posted = recorder.model.answer(
      SimRequest(
        "POST", "/api/0/locations",
        headers: [SimField("Content-Type", "application/x-www-form-urlencoded")],
        body: Array(form.utf8)), now: recorder.now)
    let limited = recorder.get(
      "locations?to=2015-01-03&fields=tst&user=bob",
      headers: [
        SimField("X-Limit-User", "Jane"), SimField("X-Limit-Device", "phone"),
        SimField("X-Limit-From", "2015-01-02"),
      ])
    #expect(posted.bodyText == recorder.get("locations?" + form).bodyText)
    #expect(posted.bodyText == limited.bodyText)
    #expect(Recorder.times(posted).count == 4)
  }

  @Test(
    "other paths",
    arguments: [
      ("/api/0/version", 200, #"{"version":"1.0.1","git":"simulated"}"#),
      ("/api/0/nothing", 200, "no comprendo"), ("/api/0/", 200, "no comprendo"),
      ("/api/0/list/x", 200, "no comprendo"), ("/nothing", 404, "404 Not Found\n"),
      ("/api/0/last", 501, "not simulated\n"), ("/api/0/kill", 501, "not simulated\n"),
      ("/api/0/locations?format=bogus", 400, "unrecognized format\n"),
      ("/api/0/list?format=JSON", 400, "unrecognized format\n"),
    ])
  func others(target: String, status: Int, body: String) {
    var recorder = Recorder.known()
    let answer = recorder.model.answer(SimRequest("GET", target), now: recorder.now)
    #expect(answer.status == status)
    #expect(answer.bodyText == body)
  }

  @Test("after the end there is nothing")
  func end() {
    var recorder = Recorder.known()
    recorder.model.end = .gone
    #expect(recorder.get("list").status == 410)
    recorder.model.end = .refused
    #expect(recorder.get("list").delivery == .refused)
  }

  @Test("what is asked is counted")
  func stats() throws {
    var recorder = Recorder.known()
    _ = recorder.get("list")
    _ = recorder.get("locations?user=jane&device=phone&from=2015-01-02&to=2015-01-03")
    _ = recorder.get("locations")
    _ = recorder.get("version")
    let value = try JSONValue(parsing: recorder.model.stats.json)
    #expect(
      value == [
        "calls": ["lists": 1, "locations": 2, "published": 8, "other": 1], "bad": 1, "points": 4,
        "windows": [], "days": JSONValue.object([]),
      ])
  }

  @Test(
    "requests have their kinds",
    arguments: [
      ("/api/0/list", .index), ("/api/0/locations?x=y", .data), ("/api/0/version", .account),
      ("/pub", .other), ("/api/0", .other), ("/api/0/last", .other),
    ] as [(String, SimKind)])
  func kinds(target: String, kind: SimKind) {
    #expect(Recorder.known().model.kind(of: SimRequest("GET", target)) == kind)
  }

  @Test("the day before is asked by moving both bounds")
  func dayBefore() {
    let model = Recorder.known().model
    let request = SimRequest(
      "GET", "/api/0/locations?user=j&from=2015-03-01T00:00:00&to=2015-03-02&device=p")
    let other = model.askingDayBefore(request)
    #expect(other?.parameter("from") == "2015-02-28T00:00:00")
    #expect(other?.parameter("to") == "2015-03-01T00:00:00")
    #expect(other?.parameter("user") == "j" && other?.parameter("device") == "p")
    #expect(model.askingDayBefore(SimRequest("GET", "/api/0/list?from=2015-01")) == nil)
    #expect(model.askingDayBefore(SimRequest("GET", "/api/0/locations?user=j")) == nil)
  }
}
