import DaybookCore
import Testing

@testable import DaybookSimulator

struct LocationAnswerTests {
  static let range = "locations?user=jane&device=phone&from=2015-01-02T12:00:01&to=2015-01-03"

  static func answer(_ more: String) -> SimResponse {
    var recorder = Recorder.known()
    return recorder.get(range + more)
  }

  @Test(
    "fields come in the order asked for, unknown ones are left out",
    arguments: [
      ("tst", #"{"tst":1420243199}"#), ("lat,tst,nix", #"{"lat":60.1696,"tst":1420243199}"#),
      ("nix", "{}"), ("ISOTST", #"{"isotst":"2015-01-02T23:59:59Z"}"#),
    ])
  func fields(fields: String, expected: String) {
    let answer = Self.answer("&fields=\(fields)")
    #expect(answer.bodyText == #"{"count":1,"data":[\#(expected)],"status":200,"version":"1.0.1"}"#)
  }

  @Test("the length the recorder states is that of the body")
  func length() {
    let answer = Self.answer("")
    #expect(answer.header("x-content-length") == String(answer.body.count))
  }

  @Test("a line of points, by time")
  func line() {
    var recorder = Recorder.known()
    let answer = recorder.get(
      "locations?user=jane&device=phone&from=2015-01-01&to=2015-01-03&format=linestring")
    let expected =
      #"{"type":"Feature","properties":{},"geometry":{"coordinates":"#
      + "[[24.93,60.1696],[24.93,60.1696],[24.93,60.1696],[24.93,60.1696],[24.93,60.1696]],"
      + #""type":"LineString"}}"#
    #expect(answer.bodyText == expected)
  }

  @Test("points as features, as the program printed them")
  func features() {
    let expected =
      #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","#
      + #""coordinates":[24.93,60.1696]},"properties":{"name":"ja","vel":0,"tst":1420243199,"#
      + #""acc":12,"alt":0,"address":"","isotst":"2015-01-02T23:59:59Z"}}]}"#
    #expect(Self.answer("&format=geojson").bodyText == expected)
  }

  @Test("points of interest only")
  func interesting() {
    let none = #"{"type":"FeatureCollection","features":[]}"#
    #expect(Self.answer("&format=geojsonpoi").bodyText == none)
    var recorder = Recorder.known()
    _ = recorder.post(#"{"_type":"location","tst":1420240000,"lat":1,"lon":2,"poi":"Cafe"}"#)
    let expected =
      #"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","#
      + #""coordinates":[2,1]},"properties":{"name":"Cafe","address":"","#
      + #""isotst":"2015-01-02T23:06:40Z"}}]}"#
    #expect(recorder.get(Self.range + "&format=geojsonpoi").bodyText == expected)
  }

  @Test("JSON formats say so, the others say nothing", arguments: RecorderQuery.Format.allCases)
  func types(format: RecorderQuery.Format) {
    let isJSON = [.json, .geojson, .geojsonpoi, .linestring].contains(format)
    let answer = Self.answer("&format=\(format.rawValue)")
    #expect(answer.status == 200)
    #expect((answer.header("content-type") != nil) == isJSON)
    if isJSON { #expect(document(answer) != .null) }
  }
}
