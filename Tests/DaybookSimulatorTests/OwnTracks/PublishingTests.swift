import DaybookCore
import Testing

@testable import DaybookSimulator

struct PublishingTests {
  static let day = "locations?user=jane&device=phone&from=2015-01-01&to=2015-03-02"

  @Test(
    "whatever is posted, the answer is an empty array",
    arguments: [
      #"{"_type":"location","tst":1420070401,"lat":1,"lon":2}"#, #"{"_type":"lwt"}"#, "garbage", "",
    ])
  func answer(body: String) {
    var recorder = Recorder { $0.devices = [] }
    let answer = recorder.post(body)
    #expect(answer.status == 200)
    #expect(answer.bodyText == "[]")
  }

  @Test("a posted point is found under its own time, with a mark that it came over HTTP")
  func found() {
    var recorder = Recorder { $0.devices = [] }
    _ = recorder.post(#"{"_type":"location","tst":1420156800,"lat":60.5,"lon":-3,"poi":"Café"}"#)
    let points = document(recorder.get(Self.day))["data"]?.elements ?? []
    #expect(points.count == 1)
    #expect(points.first?["lat"]?.double == 60.5)
    #expect(points.first?["lon"] == -3)
    #expect(points.first?["poi"] == "Café")
    #expect(points.first?["_http"] == true)
    #expect(points.first?["isotst"] == "2015-01-02T00:00:00Z")
  }

  @Test(
    "the time may be a text or missing",
    arguments: [
      (#""tst":"1420156800","#, 1_420_156_800), (#""tst":1420156800.0,"#, 1_420_156_800),
      ("", 1_425_168_000),
    ] as [(String, Int64)])
  func time(member: String, expected: Int64) {
    var recorder = Recorder { $0.devices = [] }
    _ = recorder.post(#"{"_type":"location",\#(member)"lat":1,"lon":2}"#)
    recorder.now = moment("2015-03-01T00:00:01")
    let answer = recorder.get("locations?user=jane&device=phone&from=2015-01-01&to=2015-03-02")
    let isot = document(answer)["data"]?.elements.first?["isotst"]?.string ?? ""
    #expect(RecorderTime.read(isot).map { Int64($0) } == expected)
  }

  @Test(
    "what is no location is not answered",
    arguments: [
      "garbage", "[]", #"{"_type":"lwt","tst":1420156800}"#, #"{"lat":1,"lon":2,"tst":1420156800}"#,
      #"{"_type":"location","tst":1420156800,"lat":1}"#,
      #"{"_type":"location","tst":1420156800,"lat":"x","lon":2}"#,
      #"{"_type":"location","tst":[],"lat":1,"lon":2}"#,
    ])
  func noLocation(body: String) {
    var recorder = Recorder { $0.devices = [] }
    _ = recorder.post(body)
    #expect(Recorder.times(recorder.get(Self.day)).isEmpty)
    #expect(recorder.model.stats.count(.published) == 1)
  }

  @Test(
    "user and device come from the query, from headers, or have defaults",
    arguments: [
      ("/pub?u=Ann&d=X1", [], "ann", "x1"), ("/pub", [], "owntracks", "phone"),
      ("/pub?u=&d=", [], "owntracks", "phone"),
      ("/pub?u=a", [SimField("X-Limit-U", "Bea"), SimField("X-Limit-D", "Y")], "bea", "y"),
    ] as [(String, [SimField], String, String)])
  func devices(target: String, headers: [SimField], user: String, device: String) {
    var recorder = Recorder { $0.devices = [] }
    let body = Array(#"{"_type":"location","tst":1420156800,"lat":1,"lon":2}"#.utf8)
    let request = SimRequest("POST", target, headers: headers, body: body)
    _ = recorder.model.answer(request, now: recorder.now)
    #expect(recorder.model.devices == [.init(user: user, device: device)])
  }

  @Test("a device that only posts has no history of its own")
  func noHistory() {
    var recorder = Recorder.known()
    recorder.now = moment("2019-01-01")
    let answer = recorder.get("list?user=jane&device=phone")
    #expect(document(answer)["results"]?.elements.count == 2)
  }

  @Test("posting to a device with history adds to it, late as it is")
  func added() {
    var recorder = Recorder()
    recorder.now = moment("2015-02-20")
    let target = "locations?user=jane&device=phone&from=2015-02-01&to=2015-02-02"
    let before = Recorder.times(recorder.get(target))
    _ = recorder.post(#"{"_type":"location","tst":1422770000,"lat":1,"lon":2}"#)
    let after = Recorder.times(recorder.get(target))
    #expect(after == before + [1_422_770_000])
  }

  @Test("only POST publishes")
  func method() {
    var recorder = Recorder.known()
    let answer = recorder.model.answer(SimRequest("GET", "/pub"), now: recorder.now)
    #expect(answer.status == 404)
  }
}
