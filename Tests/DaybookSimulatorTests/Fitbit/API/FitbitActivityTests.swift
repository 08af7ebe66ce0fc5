import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitActivityTests {
  static let intraday = FitbitResource.allCases.filter(\.isIntraday)

  @Test("a series has one text for each day", arguments: FitbitResource.allCases)
  func series(resource: FitbitResource) {
    var client = FitbitClient.signedIn()
    let name = resource.rawValue
    let value = document(client.get("/activities/\(name)/date/2024-05-20/2024-06-10.json"))
    #expect(value.keys == ["activities-\(name)"])
    let days = value["activities-\(name)"]?.elements ?? []
    #expect(days.count == 22)
    #expect(days.first?["dateTime"] == "2024-05-20" && days.last?["dateTime"] == "2024-06-10")
    #expect(days.allSatisfy { $0.keys == ["dateTime", "value"] && $0["value"]?.string != nil })
  }

  static func dataset(_ value: JSONValue, _ name: String) -> [JSONValue] {
    value["activities-\(name)-intraday"]?["dataset"]?.elements ?? []
  }

  @Test("a day has 1440 minutes, zeros included, which make its total", arguments: intraday)
  func minutes(resource: FitbitResource) {
    var client = FitbitClient.signedIn()
    let name = resource.rawValue
    let value = document(client.get("/activities/\(name)/date/2024-06-10/1d/1min.json"))
    #expect(value.keys == ["activities-\(name)", "activities-\(name)-intraday"])
    let intraday = value["activities-\(name)-intraday"]
    #expect(intraday?.keys == ["dataset", "datasetInterval", "datasetType"])
    #expect(intraday?["datasetInterval"] == 1 && intraday?["datasetType"] == "minute")
    let points = Self.dataset(value, name)
    #expect(points.count == 1_440)
    #expect(points.first?["time"] == "00:00:00" && points.last?["time"] == "23:59:00")
    let keys = resource == .calories ? ["level", "mets", "time", "value"] : ["time", "value"]
    #expect(points.allSatisfy { $0.keys == keys })
    let sum = points.reduce(0.0) { $0 + ($1["value"]?.double ?? .nan) }
    let total = value["activities-\(name)"]?.elements.first?["value"]?.string.flatMap(Double.init)
    #expect(abs(sum - (total ?? .infinity)) < 0.51)
  }

  @Test("calories have a level from 0 to 3 and the equivalents")
  func calories() {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/activities/calories/date/2024-06-10/1d/1min.json"))
    let points = Self.dataset(value, "calories")
    #expect(points.allSatisfy { (0...3).contains($0["level"]?.int ?? -1) })
    #expect(points.allSatisfy { ($0["mets"]?.int ?? 0) >= 10 })
    #expect(points.first?["level"] == 0 && points.first?["mets"] == 10)
  }

  @Test("both forms of a day give the same", arguments: intraday)
  func forms(resource: FitbitResource) {
    var client = FitbitClient.signedIn()
    let base = "/activities/\(resource.rawValue)/date/2024-06-10"
    let one = client.get(base + "/1d/1min.json")
    let two = client.get(base + "/2024-06-10/1min.json")
    #expect(one.status == 200 && one.body == two.body)
  }

  @Test("longer slots hold the sums", arguments: [("5min", 5), ("15min", 15)])
  func slots(detail: String, minutes: Int) {
    var client = FitbitClient.signedIn()
    let base = "/activities/steps/date/2024-06-10/1d/"
    let fine = Self.dataset(document(client.get(base + "1min.json")), "steps")
    let value = document(client.get(base + detail + ".json"))
    let coarse = Self.dataset(value, "steps")
    #expect(value["activities-steps-intraday"]?["datasetInterval"]?.int == Int64(minutes))
    #expect(coarse.count == 1_440 / minutes)
    for (i, slot) in coarse.enumerated() {
      let own = fine[i * minutes..<(i + 1) * minutes].reduce(0) { $0 + ($1["value"]?.int ?? 0) }
      #expect(slot["value"]?.int == own)
    }
  }

  @Test("times of day cut the minutes, not the total")
  func clock() {
    var client = FitbitClient.signedIn()
    let base = "/activities/steps/date/2024-06-10/1d/1min"
    let whole = document(client.get(base + ".json"))
    let part = document(client.get(base + "/time/17:00/17:59.json"))
    #expect(part["activities-steps"] == whole["activities-steps"])
    #expect(Self.dataset(part, "steps") == Array(Self.dataset(whole, "steps")[1_020..<1_080]))
  }

  @Test("a span over midnight has both days")
  func midnight() {
    var client = FitbitClient.signedIn()
    let value = document(
      client.get("/activities/steps/date/2024-06-09/2024-06-10/1min/time/22:00/05:59.json"))
    #expect(value["activities-steps"]?.elements.count == 2)
    let points = Self.dataset(value, "steps")
    #expect(points.count == 480)
    #expect(points.first?["time"] == "22:00:00" && points.last?["time"] == "05:59:00")
  }

  @Test("without approval the intraday key is missing from a good answer", arguments: intraday)
  func unapproved(resource: FitbitResource) {
    var client = FitbitClient.signedIn { $0.approved = false }
    let name = resource.rawValue
    let answer = client.get("/activities/\(name)/date/2024-06-10/1d/1min.json")
    #expect(answer.status == 200)
    #expect(document(answer).keys == ["activities-\(name)"])
  }

  @Test("today ends at the last synchronisation, and so does a day while it is held back")
  func partial() {
    var client = FitbitClient.signedIn()
    let today = "/activities/steps/date/today/1d/1min.json"
    let first = Self.dataset(document(client.get(today)), "steps")
    #expect((810...840).contains(first.count))
    client.now = client.now + .hours(2)
    let second = Self.dataset(document(client.get(today)), "steps")
    #expect(second.count > first.count && Array(second.prefix(first.count)) == first)
    client.model.syncHeldAt = moment("2024-06-16T10:00:00")
    for (date, count) in [("2024-06-15", 1_440), ("2024-06-16", 720), ("2024-06-17", 0)] {
      let value = document(client.get("/activities/steps/date/\(date)/1d/1min.json"))
      #expect(Self.dataset(value, "steps").count == count, "\(date)")
    }
  }

  @Test("points may be asked to be further apart, and are those of the others")
  func apart() {
    var dense = FitbitClient.signedIn()
    var loose = FitbitClient.signedIn { $0.pointEvery = 1_800 }
    for path in ["steps/date/2024-06-10/1d/1min", "steps/date/2024-06-10/1d/15min"] {
      let all = Self.dataset(document(dense.get("/activities/\(path).json")), "steps")
      let few = Self.dataset(document(loose.get("/activities/\(path).json")), "steps")
      let halves = all.filter { point in
        [":00:00", ":30:00"].contains { point["time"]?.string?.hasSuffix($0) == true }
      }
      #expect(few.count == 48 && few == halves, "\(path)")
    }
  }

  @Test("days before the account are left out")
  func before() {
    var client = FitbitClient.signedIn()
    let first = client.model.settings.memberSince
    let series = document(client.get("/activities/steps/date/\(first - 9)/\(first + 1).json"))
    #expect(
      series["activities-steps"]?.elements.map { $0["dateTime"]?.string } == [
        first.description, (first + 1).description,
      ])
    let day = document(client.get("/activities/steps/date/\(first - 1)/1d/1min.json"))
    #expect(day["activities-steps"] == [])
    #expect(Self.dataset(day, "steps").isEmpty)
  }

  @Test("without the tracker steps are zeros, and calories those of rest")
  func unworn() throws {
    var client = FitbitClient.signedIn { $0.emptyRate = 1 }
    let wearer = client.model.wearers[0]
    let off = try #require(
      (1..<30).map { FitbitClient.today - $0 }.first { !wearer.isWorn($0) })
    let steps = document(client.get("/activities/steps/date/\(off)/1d/1min.json"))
    #expect(steps["activities-steps"]?.elements.first?["value"] == "0")
    #expect(Self.dataset(steps, "steps").count == 1_440)
    #expect(Self.dataset(steps, "steps").allSatisfy { $0["value"] == 0 })
    let calories = document(client.get("/activities/calories/date/\(off)/1d/1min.json"))
    #expect(Self.dataset(calories, "calories").allSatisfy { $0["mets"] == 10 })
  }
}
