import DaybookCore
import Testing

@testable import DaybookSimulator

@Suite("Google Health: workouts as TCX")
struct HealthTCXTests {
  private static let topics = GoogleHealthClient.topics + ["location"]

  /// The ids of all workouts, newest first, with their kinds.
  private func workouts(_ client: inout GoogleHealthClient) -> [(id: String, kind: String)] {
    client.all("exercise", "").compactMap { point in
      let id = point["name"]?.string?.split(separator: "/").last.map(String.init)
      return id.map { ($0, point["exercise"]?["exerciseType"]?.string ?? "") }
    }
  }

  private func export(_ client: inout GoogleHealthClient, _ id: String, _ query: String)
    -> SimResponse
  {
    client.get("dataTypes/exercise/dataPoints/\(id):exportExerciseTcx\(query)")
  }

  @Test("a workout is a whole document of XML, and the same each time")
  func document() throws {
    var client = GoogleHealthClient.signedIn(topics: Self.topics) { $0.userWindow.limit = 10_000 }
    let all = workouts(&client)
    #expect(all.count > 100)
    let first = try #require(all.first { $0.kind == "RUNNING" })
    let answer = export(&client, first.id, "?alt=media")
    #expect(answer.status == 200)
    #expect(answer.header("content-type") == "application/vnd.garmin.tcx+xml")
    let time = JSONPointer(
      segments: ["TrainingCenterDatabase", "Activities", "Activity", "Id"].map { .key($0) })
    let plan = ScanPlan(capture: [time], document: .xml(entities: []))
    let scan = BodyScanner.scan(answer.body, plan)
    #expect(scan.fault == nil && scan.captured[0].first?.text.hasSuffix("Z") == true)
    let text = String(decoding: answer.body, as: UTF8.self)
    #expect(text.components("<Trackpoint>") > 20 && text.contains("<LatitudeDegrees>60."))
    #expect(export(&client, first.id, "?alt=media").body == answer.body)
    let next = try #require(all.dropFirst().first)
    #expect(export(&client, next.id, "?alt=media&partialData=true").body != answer.body)
    #expect(client.model.stats.count(.tcx) == 3)
  }

  @Test("without alt=media the document is text in JSON")
  func json() throws {
    var client = GoogleHealthClient.signedIn(topics: Self.topics) { $0.userWindow.limit = 10_000 }
    let id = try #require(workouts(&client).first { $0.kind == "WALKING" }).id
    let media = export(&client, id, "?alt=media").body
    let json = try JSONValue(parsing: export(&client, id, "").body)
    #expect(json["tcxData"]?.string == String(decoding: media, as: UTF8.self))
  }

  @Test("a ride indoors comes only where partial data will do, and then without places")
  func partial() throws {
    var client = GoogleHealthClient.signedIn(topics: Self.topics) { $0.userWindow.limit = 10_000 }
    let rides = workouts(&client).filter { $0.kind == "BIKING" }
    let indoors = rides.filter { export(&client, $0.id, "?alt=media").status == 404 }
    #expect(!indoors.isEmpty && indoors.count < rides.count)
    let answer = export(&client, indoors[0].id, "?alt=media&partialData=true")
    #expect(answer.status == 200)
    #expect(!String(decoding: answer.body, as: UTF8.self).contains("LatitudeDegrees"))
  }

  @Test("both scopes are needed, the workout must be there, and the call counts")
  func refused() throws {
    var client = GoogleHealthClient.signedIn()
    #expect(export(&client, "1", "?alt=media").status == 403)
    client = GoogleHealthClient.signedIn(topics: ["location"])
    #expect(export(&client, "1", "?alt=media").status == 403)
    client = GoogleHealthClient.signedIn(topics: Self.topics) { $0.userWindow.limit = 3 }
    for id in ["x", "100", "-1"] { #expect(export(&client, id, "?alt=media").status == 404) }
    #expect(export(&client, "100", "?alt=media").status == 429)
    #expect(client.model.stats.refused == 1)
    #expect(client.get("dataTypes/sleep/dataPoints/1:exportExerciseTcx").status == 404)
  }
}

extension String {
  fileprivate func components(_ part: String) -> Int { ranges(of: part).count }
}
