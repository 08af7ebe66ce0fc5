import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSummaryTests {
  static let members = [
    "activeScore", "activityCalories", "caloriesBMR", "caloriesOut", "distances", "elevation",
    "fairlyActiveMinutes", "floors", "lightlyActiveMinutes", "marginalCalories",
    "restingHeartRate", "sedentaryMinutes", "steps", "veryActiveMinutes",
  ]

  @Test("the summary has the members of the facts")
  func members() {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/activities/date/2024-06-10.json"))
    #expect(value.keys == ["activities", "goals", "summary"])
    #expect(value["summary"]?.keys == Self.members)
    #expect(value["summary"]?["activeScore"] == -1)
    let distances = value["summary"]?["distances"]?.elements ?? []
    #expect(distances.first?["activity"] == "total")
    #expect((distances.first?["distance"]?.double ?? 0) > 0.5)
    #expect(value["goals"]?["steps"] == 10_000)
  }

  @Test(
    "its sums are those of the series",
    arguments: [
      ("steps", FitbitResource.steps), ("caloriesOut", .calories), ("floors", .floors),
      ("caloriesBMR", .caloriesBMR), ("activityCalories", .activityCalories),
      ("sedentaryMinutes", .minutesSedentary), ("lightlyActiveMinutes", .minutesLightlyActive),
      ("fairlyActiveMinutes", .minutesFairlyActive), ("veryActiveMinutes", .minutesVeryActive),
    ])
  func sums(member: String, resource: FitbitResource) {
    var client = FitbitClient.signedIn()
    for date in ["2024-06-08", "2024-06-10", "2024-06-18"] {
      let summary = document(client.get("/activities/date/\(date).json"))["summary"]
      let series = document(
        client.get("/activities/\(resource.rawValue)/date/\(date)/\(date).json"))
      let text = series["activities-\(resource.rawValue)"]?.elements.first?["value"]?.string
      #expect(summary?[member]?.int.map(String.init) == text, "\(date)")
    }
  }

  @Test("long walks and runs are logged, in order, with the members of the facts")
  func logged() {
    var client = FitbitClient.signedIn()
    var count = 0
    for offset in 1..<30 {
      let date = FitbitClient.today - offset
      let value = document(client.get("/activities/date/\(date).json"))
      let logs = value["activities"]?.elements ?? []
      count += logs.count
      for log in logs {
        #expect(
          log.keys == [
            "activityId", "calories", "distance", "duration", "hasStartTime", "lastModified",
            "logId", "name", "startDate", "startTime", "steps",
          ])
        #expect(log["startDate"]?.string == date.description)
        #expect((log["duration"]?.int ?? 0) >= 900_000)
        #expect((log["steps"]?.int ?? -1) >= 0)
      }
      let starts = logs.compactMap { $0["startTime"]?.string }
      #expect(starts == starts.sorted())
    }
    #expect(count > 15)
  }

  @Test("a day before the account, and one without the tracker, have no heart and no steps")
  func empty() throws {
    var client = FitbitClient.signedIn { $0.emptyRate = 1 }
    let wearer = client.model.wearers[0]
    let off = try #require((1..<30).map { FitbitClient.today - $0 }.first { !wearer.isWorn($0) })
    for day in [off, wearer.memberSince - 3] {
      let value = document(client.get("/activities/date/\(day).json"))
      #expect(value["activities"] == [])
      #expect(value["summary"]?["steps"] == 0)
      #expect(value["summary"]?.keys == Self.members.filter { $0 != "restingHeartRate" })
    }
  }

  @Test("what is logged is there once its end was handed over")
  func partial() {
    var client = FitbitClient.signedIn()
    client.model.syncHeldAt = moment("2024-06-09T22:30:00")
    let value = document(client.get("/activities/date/2024-06-10.json"))
    #expect(value["activities"] == [])
    #expect((value["summary"]?["caloriesOut"]?.int ?? 9_999) < 100)
  }
}
