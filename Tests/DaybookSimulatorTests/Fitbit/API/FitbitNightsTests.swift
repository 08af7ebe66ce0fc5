import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitNightsTests {
  /// Days of June that have measurements, up to the 17th.
  static func measured(_ client: FitbitClient) -> [String] {
    let wearer = client.model.wearers[0]
    return (1...17).compactMap { number in
      let date = day("2024-06-01") + (number - 1)
      let sleep = wearer.mainSleep(date, revision: 0)
      return sleep.flatMap { WearerMeasures(wearer, $0) } == nil ? nil : date.description
    }
  }

  @Test("variability has the shape of the facts, days without it are left out")
  func variability() {
    var client = FitbitClient.signedIn()
    let value = document(client.get("/hrv/date/2024-06-01/2024-06-17/all.json"))
    #expect(value.keys == ["hrv"])
    let days = value["hrv"]?.elements ?? []
    #expect(days.compactMap { $0["dateTime"]?.string } == Self.measured(client))
    for day in days {
      #expect(day.keys == ["dateTime", "minutes"])
      let minutes = day["minutes"]?.elements ?? []
      #expect(minutes.count > 40)
      #expect(minutes.allSatisfy { $0.keys == ["minute", "value"] })
      #expect(minutes.allSatisfy { $0["value"]?.keys == ["coverage", "hf", "lf", "rmssd"] })
      #expect(minutes.allSatisfy { (0.88...1).contains($0["value"]?["coverage"]?.double ?? 0) })
    }
  }

  @Test("the evening before belongs to the night")
  func evening() {
    var client = FitbitClient.signedIn()
    let days = document(client.get("/hrv/date/2024-06-01/2024-06-17/all.json"))["hrv"]?.elements
    var evenings = 0
    for entry in days ?? [] {
      let first = entry["minutes"]?.elements.first?["minute"]?.string ?? ""
      let date = entry["dateTime"]?.string ?? ""
      if first.hasPrefix((day(date) - 1).description) { evenings += 1 }
      #expect(first.count == 23 && first <= date + "T03")
    }
    #expect(evenings > 3)
  }

  @Test("saturation is an object by date, an array by range")
  func saturation() throws {
    var client = FitbitClient.signedIn()
    let date = try #require(Self.measured(client).first)
    let one = document(client.get("/spo2/date/\(date)/all.json"))
    #expect(one.keys == ["dateTime", "minutes"])
    #expect(one["dateTime"]?.string == date)
    let minutes = one["minutes"]?.elements ?? []
    #expect(minutes.allSatisfy { $0.keys == ["minute", "value"] })
    #expect(minutes.allSatisfy { (93.0...100).contains($0["value"]?.double ?? 0) })
    let range = document(client.get("/spo2/date/\(date)/\(date)/all.json"))
    #expect(range == .array([one]))
    let before = client.model.settings.memberSince - 1
    #expect(
      document(client.get("/spo2/date/\(before)/all.json"))
        == ["dateTime": .string(before.description), "minutes": []])
    #expect(document(client.get("/spo2/date/\(before)/\(before)/all.json")) == [])
  }

  @Test("breathing has a summary for each stage")
  func breathing() {
    var client = FitbitClient.signedIn()
    let days = document(client.get("/br/date/2024-06-01/2024-06-17/all.json"))["br"]?.elements ?? []
    #expect(days.compactMap { $0["dateTime"]?.string } == Self.measured(client))
    for day in days {
      let value = day["value"]
      #expect(
        value?.keys == [
          "deepSleepSummary", "fullSleepSummary", "lightSleepSummary", "remSleepSummary",
        ])
      #expect((10.0...20).contains(value?["fullSleepSummary"]?["breathingRate"]?.double ?? 0))
    }
  }

  @Test("a night is there once it was handed over, its saturation an hour later")
  func delays() throws {
    var client = FitbitClient.signedIn()
    let wearer = client.model.wearers[0]
    let date = day(try #require(Self.measured(client).last))
    let sleep = try #require(wearer.mainSleep(date, revision: 0))
    let end = client.model.zone.start(of: date) + sleep.end
    let handed = client.model.sync(0, client.now).uploads.first(from: end)
    let times = [
      (handed - 1, 0, 0), (handed, 1, 0), (handed + 3_599, 1, 0), (handed + 3_600, 1, 1),
    ]
    for (time, variability, saturation) in times {
      client.now = Instant(seconds: Int64(time))
      client.signIn()
      let hrv = document(client.get("/hrv/date/\(date)/all.json"))["hrv"]?.elements.count
      let br = document(client.get("/br/date/\(date)/all.json"))["br"]?.elements.count
      let spo2 = document(client.get("/spo2/date/\(date)/\(date)/all.json")).elements.count
      #expect(hrv == variability && br == variability && spo2 == saturation, "\(time - handed)")
    }
  }
}
