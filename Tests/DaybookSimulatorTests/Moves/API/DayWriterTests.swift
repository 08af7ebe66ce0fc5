import DaybookCore
import Testing

@testable import DaybookSimulator

struct DayWriterTests {
  static let helsinki = SimZone(id: "Europe/Helsinki", standard: 7_200, summer: .europe)

  static func days(
    _ path: String, zone: SimZone? = nil, now: Instant = MovesClient.noon,
    _ adjust: (inout MovesSettings) -> Void = { _ in }
  ) -> [JSONValue] {
    var client = MovesClient.signedIn(now: now, adjust)
    if let zone { client.model.zone = zone }
    return document(client.get("/user/" + path)).elements
  }

  @Test(
    "each kind of day has its members, in order",
    arguments: [
      ("summary", ["date", "summary", "caloriesIdle", "lastUpdate"]),
      ("activities", ["date", "summary", "segments", "caloriesIdle", "lastUpdate"]),
      ("places", ["date", "segments", "lastUpdate"]),
      ("storyline", ["date", "summary", "segments", "caloriesIdle", "lastUpdate"]),
    ])
  func members(stream: String, keys: [String]) {
    let days = Self.days("\(stream)/daily/20180110")
    #expect(days.map(\.keys) == [keys])
    #expect(days[0]["date"] == "20180110")
  }

  @Test("a month has its days in order", arguments: MovesStream.allCases)
  func month(stream: MovesStream) {
    let days = Self.days("\(stream.rawValue)/daily/201802")
    #expect(days.count == 28)
    #expect(
      days.map { $0["date"]?.string } == (1...28).map { "201802" + ($0 < 10 ? "0" : "") + "\($0)" })
  }

  @Test("an empty day is null, null, and has no lastUpdate")
  func empty() {
    let days = (1...12).flatMap { month in
      Self.days("storyline/daily/2017-" + (month < 10 ? "0" : "") + "\(month)") {
        $0.emptyRate = 1
      }
    }
    let empty = days.filter { $0["segments"] == .null }
    #expect(empty.count > 10)
    #expect(
      empty.allSatisfy { $0.keys == ["date", "summary", "segments"] && $0["summary"] == .null })
  }

  @Test("a day of rest has segments but no summary")
  func rest() {
    let days = (1...12).flatMap { month in
      Self.days("storyline/daily/2017-" + (month < 10 ? "0" : "") + "\(month)")
    }
    let rest = days.filter { $0["summary"] == .null && $0["segments"] != .null }
    #expect(!rest.isEmpty)
    #expect(rest.allSatisfy { $0["lastUpdate"]?.string != nil })
  }

  @Test("the summary is the sum of the activities that began on the day")
  func summary() {
    for day in Self.days("storyline/daily/201801", { $0.lateRate = 0.5 }) {
      let date = day["date"]?.string ?? ""
      var sums: [String: (Double, Double, Int64)] = [:]
      for segment in day["segments"]?.elements ?? [] {
        for activity in segment["activities"]?.elements ?? [] {
          // Entered by hand: without times, so its segment decides, and it may belong to a neighbour.
          guard activity["manual"] == false, let start = activity["startTime"]?.string else {
            return
          }
          guard start.hasPrefix(date) else { continue }
          let name = activity["activity"]?.string ?? ""
          let old = sums[name] ?? (0, 0, 0)
          sums[name] = (
            old.0 + (activity["duration"]?.double ?? 0),
            old.1 + (activity["distance"]?.double ?? 0),
            old.2 + (activity["steps"]?.int ?? 0)
          )
        }
      }
      let entries = day["summary"]?.elements ?? []
      #expect(Set(entries.map { $0["activity"]?.string ?? "" }) == Set(sums.keys))
      for entry in entries {
        let sum = sums[entry["activity"]?.string ?? ""]
        #expect(entry["duration"]?.double == sum?.0)
        #expect(entry["distance"]?.double == sum?.1)
        #expect(entry["steps"]?.int ?? 0 == sum?.2)
      }
    }
  }

  @Test("durations and distances are floats, steps and calories integers")
  func numbers() {
    var client = MovesClient.signedIn()
    let text = client.get("/user/storyline/daily/201801").bodyText
    #expect(text.contains(/"duration":\d+\.0[,}]/) && text.contains(/"distance":\d+\.0[,}]/))
    #expect(!text.contains(/"(duration|distance)":\d+[,}]/))
    #expect(text.contains(/"steps":\d+[,}]/) && text.contains(/"calories":\d+[,}]/))
    #expect(!text.contains(/"(steps|calories)":\d+\./))
  }

  @Test("without calories there are none")
  func calories() {
    var client = MovesClient.signedIn { $0.caloriesAvailable = false }
    let text = client.get("/user/storyline/daily/201801").bodyText
    #expect(!text.contains("calories"))
    #expect(client.get("/user/profile").bodyText.contains("\"caloriesAvailable\":false"))
  }

  @Test("a segment across midnight stands whole in both days", arguments: MovesStream.allCases)
  func midnight(stream: MovesStream) {
    guard stream == .places || stream == .storyline else { return }
    let days = Self.days("\(stream.rawValue)/daily/201801")
    var shared = 0
    for (a, b) in zip(days, days.dropFirst()) {
      if a["segments"]?.elements.last == b["segments"]?.elements.first { shared += 1 }
    }
    #expect(shared == 30)
  }

  @Test("after a journey old days are cut and printed by the new zone")
  func zone() throws {
    let tokyo = try #require(SimZone("Asia/Tokyo"))
    let home = Self.days("storyline/daily/20180110")
    let away = Self.days("storyline/daily/20180110", zone: tokyo)
    #expect(home != away)
    func offsets(_ days: [JSONValue]) -> Set<String> {
      let times = (days.first?["segments"]?.elements ?? []).compactMap { $0["startTime"]?.string }
      return Set(times.map { String($0.suffix(5)) })
    }
    #expect(offsets(home) == ["+0200"])
    #expect(offsets(away) == ["+0900"])
  }

  @Test("the days on which the clock changes are whole", arguments: ["20170326", "20171029"])
  func clockChange(date: String) {
    let segments = Self.days("storyline/daily/\(date)")[0]["segments"]?.elements ?? []
    #expect(segments.count > 1 || segments.first?["type"] == "place")
    let offsets = Set(
      segments.flatMap { [$0["startTime"]?.string, $0["endTime"]?.string] }
        .compactMap { $0.map { String($0.suffix(5)) } })
    #expect(offsets == ["+0200", "+0300"])
  }

  @Test("updatedSince leaves out what has not changed since")
  func updatedSince() {
    let all = Self.days("storyline/daily/201804")
    let recent = Self.days("storyline/daily/201804?updatedSince=20180420T000000Z")
    #expect(all.count == 25)
    #expect((5...7).contains(recent.count))
    #expect(recent.allSatisfy { ($0["lastUpdate"]?.string ?? "") >= "20180420T000000Z" })
    let kept = Self.days("storyline/daily/201804?updatedSince=20180420T000000Z") {
      $0.updatedSinceOmits = false
    }
    #expect(kept == all)
    #expect(Self.days("storyline/daily/201804?updatedSince=20300101T000000Z").isEmpty)
  }

  @Test("today grows while it goes on and settles on the day after")
  func growth() {
    var client = MovesClient.signedIn(now: moment("2018-04-24T22:00:00"))
    var bodies: [[UInt8]] = []
    for hour in 0..<60 {
      client.now = moment("2018-04-24T22:00:00") + .hours(Int64(hour))
      bodies.append(client.get("/user/storyline/daily/20180425").body)
    }
    #expect(Set(bodies).count > 8)
    #expect(Set(bodies[40...]).count == 1)
    #expect(bodies[3] != bodies[20] && bodies[20] != bodies[39])
  }

  @Test("lastUpdate of a day is the latest of its segments", arguments: [0.0, 1.0])
  func lastUpdate(late: Double) {
    for day in Self.days("storyline/daily/201801", { $0.lateRate = late }) {
      let updates = (day["segments"]?.elements ?? []).compactMap { $0["lastUpdate"]?.string }
      #expect(day["lastUpdate"]?.string == updates.max())
      #expect(updates.allSatisfy { $0.hasSuffix("Z") && $0.utf8.count == 16 })
    }
  }
}
