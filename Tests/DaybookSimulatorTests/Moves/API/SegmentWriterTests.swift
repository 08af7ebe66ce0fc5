import DaybookCore
import Testing

@testable import DaybookSimulator

struct SegmentWriterTests {
  /// All segments of January 2018.
  static func segments(
    _ stream: String, points: Bool = false, _ adjust: (inout MovesSettings) -> Void = { _ in }
  ) -> [JSONValue] {
    var client = MovesClient.signedIn { adjust(&$0) }
    var out: [JSONValue] = []
    for first in stride(from: 1, to: 29, by: 7) {
      let date = { (day: Int) in "201801" + (day < 10 ? "0" : "") + "\(day)" }
      let query = "from=\(date(first))&to=\(date(first + 6))" + (points ? "&trackPoints=true" : "")
      for day in document(client.get("/user/\(stream)/daily?\(query)")).elements {
        out += day["segments"]?.elements ?? []
      }
    }
    return out
  }

  @Test("a segment is a place or a move, and only a place has one")
  func types() {
    let all = Self.segments("storyline")
    #expect(Set(all.map { $0["type"]?.string ?? "" }) == ["place", "move"])
    for segment in all {
      #expect((segment["type"] == "place") == (segment["place"] != nil))
      #expect(segment["lastUpdate"]?.string != nil)
      if segment["type"] == "move" { #expect(segment["activities"]?.elements.isEmpty == false) }
    }
  }

  @Test("times are local with offset, and end after they start")
  func times() {
    for segment in Self.segments("storyline") {
      let start = segment["startTime"]?.string ?? ""
      let end = segment["endTime"]?.string ?? ""
      #expect(start.wholeMatch(of: /\d{8}T\d{6}\+0200/) != nil)
      #expect(start < end)
    }
  }

  @Test("the activities stream has no places and the places stream no activities")
  func streams() {
    let activities = Self.segments("activities")
    #expect(!activities.isEmpty)
    #expect(activities.allSatisfy { $0["place"] == nil && $0["activities"] != nil })
    let places = Self.segments("places")
    #expect(!places.isEmpty)
    #expect(places.allSatisfy { $0["type"] == "place" && $0["activities"] == nil })
  }

  @Test("a place is one of the API's types, named unless it is unknown")
  func places() {
    let kinds = ["unknown", "home", "work", "school", "user", "foursquare", "facebook"]
    var seen: Set<String> = []
    for place in (1...6).flatMap({ seed in
      Self.segments("places") { $0.seed = UInt64(seed) }
    }).compactMap({ $0["place"] }) {
      let kind = place["type"]?.string ?? ""
      seen.insert(kind)
      #expect(kinds.contains(kind))
      #expect((place["name"] == nil) == (kind == "unknown"))
      #expect(place["id"]?.int ?? 0 > 0)
      #expect(place["location"]?.keys == ["lat", "lon"])
      #expect((place["foursquareId"] != nil) == (kind == "foursquare"))
      #expect((place["foursquareCategoryIds"] != nil) == (kind == "foursquare"))
      #expect((place["facebookPlaceId"] != nil) == (kind == "facebook"))
    }
    #expect(seen.count >= 6)
  }

  @Test("activities have a known name and group")
  func activities() {
    for activity in Self.segments("storyline").flatMap({ $0["activities"]?.elements ?? [] }) {
      let mode = TravelMode(rawValue: activity["activity"]?.string ?? "")
      #expect(activity["group"]?.string == mode?.group)
      #expect(activity["duration"]?.double ?? -1 >= 0)
      #expect((activity["steps"] != nil) == ((mode?.metresPerStep10 ?? 0) > 0))
      #expect((activity["calories"] != nil) == ((mode?.caloriesPerHour ?? 0) > 0))
    }
  }

  @Test("what was entered by hand has no times")
  func manual() {
    let all = (1...20).flatMap { seed in
      Self.segments("storyline") { $0.seed = UInt64(seed) }
    }.flatMap { $0["activities"]?.elements ?? [] }
    let manual = all.filter { $0["manual"] == true }
    #expect(!manual.isEmpty)
    #expect(manual.allSatisfy { $0["startTime"] == nil && $0["endTime"] == nil })
    #expect(all.filter { $0["manual"] == false }.allSatisfy { $0["startTime"] != nil })
  }

  @Test("track points come only when asked, empty on places")
  func trackPoints() {
    let without = Self.segments("storyline").flatMap { $0["activities"]?.elements ?? [] }
    #expect(without.allSatisfy { $0["trackPoints"] == nil })
    for segment in Self.segments("storyline", points: true) {
      for activity in segment["activities"]?.elements ?? [] {
        let points = activity["trackPoints"]?.elements
        #expect(points != nil)
        #expect((points?.isEmpty == true) == (segment["type"] == "place"))
        for point in points ?? [] { #expect(point.keys == ["lat", "lon", "time"]) }
      }
    }
  }

  @Test("other streams never have track points", arguments: ["activities", "places"])
  func noTrackPoints(stream: String) {
    var client = MovesClient.signedIn()
    let answer = client.get("/user/\(stream)/daily/20180110?trackPoints=true")
    #expect(answer.status == 200)
    #expect(!answer.bodyText.contains("trackPoints"))
  }

  @Test("points lie within their activity, in order, as dense as wanted", arguments: [30, 60, 600])
  func density(every: Int) {
    for segment in Self.segments("storyline", points: true, { $0.pointEvery = every }) {
      for activity in segment["activities"]?.elements ?? [] where segment["type"] == "move" {
        let times = (activity["trackPoints"]?.elements ?? []).compactMap { $0["time"]?.string }
        #expect(times == times.sorted())
        #expect(times.first == activity["startTime"]?.string)
        #expect(times.last ?? "" <= activity["endTime"]?.string ?? "")
        let seconds = Int(activity["duration"]?.double ?? 0)
        #expect(times.count == seconds / every + 1)
      }
    }
  }

  @Test("a way begins near where it comes from and ends near where it leads")
  func ends() {
    let segments = Self.segments("storyline", points: true) { $0.pointEvery = 1 }
    var checked = 0
    for (place, move) in zip(segments, segments.dropFirst())
    where place["type"] == "place" && move["type"] == "move" {
      guard let point = move["activities"]?.elements.first?["trackPoints"]?.elements.first,
        let lat = point["lat"]?.double, let lon = point["lon"]?.double,
        let home = place["place"]?["location"]
      else { continue }
      #expect(abs(lat - (home["lat"]?.double ?? 0)) < 0.0003)
      #expect(abs(lon - (home["lon"]?.double ?? 0)) < 0.0003)
      checked += 1
    }
    #expect(checked > 30)
  }
}
