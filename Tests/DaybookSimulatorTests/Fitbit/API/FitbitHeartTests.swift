import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitHeartTests {
  static func points(_ value: JSONValue) -> [JSONValue] {
    value["activities-heart-intraday"]?["dataset"]?.elements ?? []
  }

  @Test("a series has zones and a resting rate for each day")
  func series() {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/activities/heart/date/2024-06-01/2024-06-10.json"))
    #expect(value.keys == ["activities-heart"])
    let days = value["activities-heart"]?.elements ?? []
    #expect(days.count == 10)
    for day in days {
      #expect(day.keys == ["dateTime", "value"])
      #expect(
        day["value"]?.keys == ["customHeartRateZones", "heartRateZones", "restingHeartRate"])
      #expect(day["value"]?["customHeartRateZones"] == [])
      let zones = day["value"]?["heartRateZones"]?.elements ?? []
      #expect(
        zones.map { $0["name"]?.string } == ["Out of Range", "Fat Burn", "Cardio", "Peak"])
      #expect(zones.allSatisfy { $0.keys == ["caloriesOut", "max", "min", "minutes", "name"] })
      let minutes = zones.reduce(0) { $0 + ($1["minutes"]?.int ?? 0) }
      #expect((1_350...1_440).contains(minutes))
      #expect((45...75).contains(day["value"]?["restingHeartRate"]?.int ?? 0))
    }
  }

  @Test("by seconds a day has some ten thousand points, missing seconds left out")
  func seconds() {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/activities/heart/date/2024-06-10/1d/1sec.json"))
    #expect(value.keys == ["activities-heart", "activities-heart-intraday"])
    #expect(value["activities-heart-intraday"]?["datasetType"] == "second")
    #expect(value["activities-heart-intraday"]?["datasetInterval"] == 1)
    let points = Self.points(value)
    #expect((9_000...20_000).contains(points.count))
    #expect(points.allSatisfy { $0.keys == ["time", "value"] })
    let times = points.compactMap { $0["time"]?.string }
    #expect(times.count == points.count && times.allSatisfy { $0.utf8.count == 8 })
    #expect(times == times.sorted() && Set(times).count == times.count)
  }

  @Test("by minutes a day has the means, minutes without a measurement left out")
  func minutes() {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/activities/heart/date/2024-06-10/1d/1min.json"))
    #expect(value["activities-heart-intraday"]?["datasetType"] == "minute")
    #expect(value["activities-heart-intraday"]?["datasetInterval"] == 1)
    let heart = WearerHeart(client.model.wearers[0], day("2024-06-10"), revision: 0)
    let means = heart.means(every: 60, before: 86_400)
    let points = Self.points(value)
    #expect(points.compactMap { $0["value"]?.int } == means.filter { $0 > 0 }.map(Int64.init))
  }

  @Test("longer slots name their length", arguments: [("5min", 5), ("15min", 15)])
  func slots(detail: String, minutes: Int64) {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/activities/heart/date/2024-06-10/1d/\(detail).json"))
    #expect(value["activities-heart-intraday"]?["datasetInterval"]?.int == minutes)
    #expect(Self.points(value).count <= 1_440 / Int(minutes))
  }

  @Test(
    "of points that are to be further apart, each span tells its first",
    arguments: ["1sec", "1min"])
  func apart(detail: String) {
    var dense = FitbitClient.signedIn()
    var loose = FitbitClient.signedIn { $0.pointEvery = 600 }
    let path = "/activities/heart/date/2024-06-10/1d/\(detail).json"
    let all = Self.points(document(dense.get(path)))
    let few = Self.points(document(loose.get(path)))
    #expect((100...144).contains(few.count) && all.count > 5 * few.count)
    #expect(few.allSatisfy(all.contains))
    let spans = few.map { $0["time"]?.string?.prefix(4) }
    #expect(Set(spans).count == few.count, "one in ten minutes")
  }

  @Test("times of day cut the measurements")
  func clock() {
    var client = FitbitClient.signedIn()
    let base = "/activities/heart/date/2024-06-10/1d/1sec"
    let whole = Self.points(document(client.get(base + ".json")))
    let part = Self.points(document(client.get(base + "/time/02:00/02:59.json")))
    #expect(!part.isEmpty)
    #expect(part == whole.filter { $0["time"]?.string?.hasPrefix("02:") == true })
    let minutes = document(
      client.get("/activities/heart/date/2024-06-10/1d/1min/time/02:00/02:59.json"))
    #expect(Self.points(minutes).count == 60)
  }

  @Test("without approval there are zones and no measurements", arguments: ["1sec", "1min"])
  func unapproved(detail: String) {
    var client = FitbitClient.signedIn()
    client.model.approved = false
    let answer = client.get("/activities/heart/date/2024-06-10/1d/\(detail).json")
    #expect(answer.status == 200)
    #expect(document(answer).keys == ["activities-heart"])
  }

  @Test("without the tracker there is no measurement and no resting rate")
  func unworn() throws {
    var client = FitbitClient.signedIn { $0.emptyRate = 1 }
    let wearer = client.model.wearers[0]
    let off = try #require((1..<30).map { FitbitClient.today - $0 }.first { !wearer.isWorn($0) })
    let value = document(client.get("/activities/heart/date/\(off)/1d/1sec.json"))
    #expect(Self.points(value).isEmpty)
    let day = value["activities-heart"]?.elements.first?["value"]
    #expect(day?["restingHeartRate"] == nil)
    #expect(day?["heartRateZones"]?.elements.allSatisfy { $0["minutes"] == 0 } == true)
  }

  @Test("measurements end at the last synchronisation")
  func partial() {
    var client = FitbitClient.signedIn()
    client.model.syncHeldAt = moment("2024-06-10T03:00:00")
    let value = document(client.get("/activities/heart/date/2024-06-10/1d/1sec.json"))
    #expect((Self.points(value).last?["time"]?.string ?? "9") < "05:00:00")
    #expect(!Self.points(value).isEmpty)
  }
}
