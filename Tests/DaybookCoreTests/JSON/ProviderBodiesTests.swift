import Testing

@testable import DaybookCore

/// Bodies in the shapes that providers send, made up for these tests.
@Suite("JSONScanner on the bodies of providers")
struct ProviderBodiesTests {
  struct Body: CustomStringConvertible {
    var name: String
    var text: String
    var items: [String]
    var volatile: [String] = []
    var capture: [String]
    var count: Int
    var captured: [[String]]
    var description: String { name }

    var plan: ScanPlan {
      ScanPlan(
        items: items.compactMap { JSONPointer($0) },
        volatile: volatile.compactMap { JSONPointer($0) },
        capture: capture.compactMap { JSONPointer($0) })
    }
    var bytes: [UInt8] { Array(text.utf8) }
  }

  static let bodies = [
    Body(
      name: "a storyline",
      text: """
        [
          {
            "date": "20160618",
            "summary": [ { "activity": "walking", "duration": 3744.0, "distance": 4012.5 } ],
            "segments": [
              {
                "type": "place", "startTime": "20160617T221500+0300",
                "place": { "id": 42, "name": "Kauppatori \\u2014 \\"tori\\"", "type": "user",
                           "location": { "lat": 60.16741, "lon": 24.95241 } },
                "lastUpdate": "20160618T081200Z"
              },
              {
                "type": "move",
                "activities": [
                  { "activity": "walking", "steps": 812,
                    "trackPoints": [ { "lat": 60.1, "lon": 24.9, "time": "20160618T080000+0300" } ] }
                ],
                "lastUpdate": "20160618T093000Z"
              }
            ],
            "caloriesIdle": 1785, "lastUpdate": "20160619T050000Z"
          }
        ]
        """,
      items: ["/*/segments"], volatile: ["/*/lastUpdate", "/*/segments/*/lastUpdate"],
      capture: ["/*/date", "/*/segments/*/type", "/0/segments/0/place/name"], count: 2,
      captured: [["20160618"], ["place", "move"], ["Kauppatori — \"tori\""]]),
    Body(
      name: "locations in a list under data",
      text: #"{"count":2,"data":[{"_type":"location","tst":1466208000,"lat":60.1,"vel":0},"#
        + #"{"_type":"location","tst":1466208060,"lat":-0.0,"batt":null}],"status":200}"#,
      items: ["/data"], capture: ["/data/*/tst", "/status", "/data/1/batt"], count: 2,
      captured: [["1466208000", "1466208060"], ["200"], ["null"]]),
    Body(
      name: "several kinds of items, one missing",
      text: #"{"activities-steps":[{"dateTime":"2016-06-18","value":"8012"}],"#
        + #""activities-steps-intraday":{"dataset":[{"time":"00:00:00","value":0},"#
        + #"{"time":"00:01:00","value":7}],"datasetInterval":1}}"#,
      items: ["/activities-steps-intraday/dataset", "/sleep", "/activities-steps"],
      capture: ["/activities-steps/0/dateTime"], count: 3, captured: [["2016-06-18"]]),
    Body(
      name: "a day without items",
      text: #"[{"date":"20160618","segments":null,"summary":null,"lastUpdate":"x"}]"#,
      items: ["/*/segments"], volatile: ["/*/lastUpdate"], capture: ["/*/date"], count: 0,
      captured: [["20160618"]]),
    Body(
      name: "an error",
      text:
        #"{"errors":[{"errorType":"expired_token","message":"Access token expired"}],"success":false}"#,
      items: ["/data"], capture: ["/errors/*/errorType", "/success"], count: 0,
      captured: [["expired_token"], ["false"]]),
    Body(
      name: "days as keys",
      text: #"{"body":{"2016-06-18":{"hr":[61,62]},"2016-06-19":{"hr":[70]},"more":false}}"#,
      items: ["/body/*/hr"], capture: ["/body/more"], count: 3, captured: [["false"]]),
  ]

  @Test("it finds what the provider's file points at", arguments: bodies)
  func finds(body: Body) throws {
    let report = JSONScanner.scan(body.bytes, body.plan)
    #expect(report.fault == nil)
    #expect(report.items == body.count)
    #expect(report.captured.map { $0.map(\.text) } == body.captured)
    #expect(report == (try #require(OracleNode(body.bytes))).report(body.plan))
  }

  @Test("chunks of any size change nothing", arguments: bodies)
  func chunks(body: Body) {
    let whole = JSONScanner.scan(body.bytes, body.plan)
    for size in 1...40 { #expect(scanned(body.bytes, body.plan, chunk: size) == whole) }
    expectSameInPieces(body.bytes, body.plan, whole)
  }

  @Test("cut at any byte it is no body", arguments: bodies)
  func cut(body: Body) {
    for length in 1..<body.bytes.count {
      let report = JSONScanner.scan(Array(body.bytes[..<length]), body.plan)
      #expect(report.fault?.reason == .cut)
      #expect(report.items == 0 && report.captured.allSatisfy(\.isEmpty))
    }
  }

  @Test("printed compactly it has the same items", arguments: bodies)
  func compact(body: Body) throws {
    // Through values and back: white space goes, but escapes and numbers may be spelt otherwise,
    // so both are compared after one such round.
    let once = try JSONValue(parsing: body.bytes).encoded
    let spread = Array(
      String(decoding: once, as: UTF8.self).split(separator: ",").joined(separator: " ,\n\t ").utf8)
    #expect(JSONScanner.scan(spread, body.plan) == JSONScanner.scan(once, body.plan))
  }

  @Test("a changed item changes the digest, a volatile value does not")
  func changes() throws {
    let body = Self.bodies[0]
    let digest = JSONScanner.scan(body.bytes, body.plan).digest
    func digestAfter(_ old: String, _ new: String) throws -> Digest {
      let range = try #require(body.text.firstRange(of: old))
      let changed = body.text.replacingCharacters(in: range, with: new)
      return JSONScanner.scan(Array(changed.utf8), body.plan).digest
    }
    #expect(try digestAfter("20160618T081200Z", "20991231T000000Z") == digest)
    #expect(try digestAfter("20160619T050000Z", "") == digest)
    #expect(try digestAfter("1785", "1786") == digest)
    #expect(try digestAfter("\"steps\": 812", "\"steps\": 813") != digest)
    #expect(try digestAfter("60.16741", "60.16742") != digest)
    #expect(try digestAfter("\"place\",", "\"move\",") != digest)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with new: String) -> String {
    String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
  }
}
