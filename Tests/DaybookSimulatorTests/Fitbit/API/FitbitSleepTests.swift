import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitSleepTests {
  static let range = "2024-05-01/2024-06-17"

  @Test("a log has the members of the facts")
  func log() {
    var client = FitbitClient.signedIn()
    let value = client.sleep(Self.range)
    #expect(value.keys == ["sleep", "summary"])
    let logs = value["sleep"]?.elements ?? []
    #expect(logs.count > 40)
    for log in logs {
      #expect(
        log.keys == [
          "dateOfSleep", "duration", "efficiency", "endTime", "infoCode", "isMainSleep", "levels",
          "logId", "logType", "minutesAfterWakeup", "minutesAsleep", "minutesAwake",
          "minutesToFallAsleep", "startTime", "timeInBed", "type",
        ])
      let staged = log["type"] == "stages"
      #expect(
        log["levels"]?.keys == (staged ? ["data", "shortData", "summary"] : ["data", "summary"]))
      let levels = staged ? ["deep", "light", "rem", "wake"] : ["asleep", "awake", "restless"]
      #expect(log["levels"]?["summary"]?.keys == levels)
      #expect((log["infoCode"] == 0) == staged)
      #expect((60...100).contains(log["efficiency"]?.int ?? 0))
    }
    #expect(logs.contains { $0["type"] == "classic" } && logs.contains { $0["type"] == "stages" })
  }

  @Test("a sleep belongs to the day on which it ends, the newest comes first")
  func dates() {
    var client = FitbitClient.signedIn()
    let logs = client.sleep(Self.range)["sleep"]?.elements ?? []
    for log in logs {
      let date = log["dateOfSleep"]?.string ?? "-"
      #expect(log["endTime"]?.string?.hasPrefix(date) == true)
      let start = RecorderTime.read(log["startTime"]?.string ?? "") ?? 0
      let end = RecorderTime.read(log["endTime"]?.string ?? "") ?? 0
      #expect(log["duration"]?.int == Int64(end - start) * 1_000)
      #expect(log["timeInBed"]?.int == Int64(end - start) / 60)
    }
    let dates = logs.compactMap { $0["dateOfSleep"]?.string }
    #expect(dates == dates.sorted().reversed())
  }

  @Test("the levels join from start to end, in local times without a zone")
  func levels() {
    var client = FitbitClient.signedIn()
    for log in client.sleep(Self.range)["sleep"]?.elements ?? [] {
      let data = log["levels"]?["data"]?.elements ?? []
      #expect(data.allSatisfy { $0.keys == ["dateTime", "level", "seconds"] })
      #expect(data.first?["dateTime"] == log["startTime"])
      let seconds = data.reduce(0) { $0 + ($1["seconds"]?.int ?? 0) }
      #expect(seconds * 1_000 == log["duration"]?.int)
      let short = log["levels"]?["shortData"]?.elements ?? []
      #expect(short.allSatisfy { $0["level"] == "wake" && ($0["seconds"]?.int ?? 999) <= 180 })
      if log["type"] == "stages" {
        let deep = log["levels"]?["summary"]?["deep"]
        #expect(deep?.keys == ["count", "minutes", "thirtyDayAvgMinutes"])
        #expect(deep?["count"]?.int == Int64(data.count { $0["level"] == "deep" }))
      }
    }
  }

  @Test("ids are whole numbers beyond a double")
  func ids() {
    var client = FitbitClient.signedIn()
    let ids = client.sleep(Self.range)["sleep"]?.elements.compactMap { $0["logId"]?.int } ?? []
    #expect(Set(ids).count == ids.count && ids.allSatisfy { $0 > 1 << 53 })
  }

  @Test("the summary sums up what is in the answer")
  func summary() {
    var client = FitbitClient.signedIn()
    let value = client.sleep("2024-06-10")
    let logs = value["sleep"]?.elements ?? []
    let summary = value["summary"]
    func sum(_ name: String) -> Int64 { logs.reduce(0) { $0 + ($1[name]?.int ?? 0) } }
    #expect(summary?["totalSleepRecords"]?.int == Int64(logs.count))
    #expect(summary?["totalMinutesAsleep"]?.int == sum("minutesAsleep"))
    #expect(summary?["totalTimeInBed"]?.int == sum("timeInBed"))
    let hasStages = logs.contains { $0["type"] == "stages" }
    #expect(summary?["stages"]?.keys == (hasStages ? ["deep", "light", "rem", "wake"] : nil))
  }

  @Test("naps are logs beside the main sleep")
  func naps() {
    var client = FitbitClient.signedIn()
    let logs = client.sleep(Self.range)["sleep"]?.elements ?? []
    let naps = logs.filter { $0["isMainSleep"] == false }
    #expect(!naps.isEmpty)
    #expect(naps.allSatisfy { $0["type"] == "classic" && $0["infoCode"] == 2 })
  }

  @Test("before the account, and without the tracker, there is none")
  func empty() {
    var client = FitbitClient.signedIn()
    let first = client.model.settings.memberSince
    let value = client.sleep("\(first - 3)")
    #expect(value["sleep"] == [])
    #expect(
      value["summary"] == [
        "totalMinutesAsleep": 0, "totalSleepRecords": 0, "totalTimeInBed": 0,
      ])
  }

  /// A client in the second in which the last recorded night was handed over.
  static func handedOver(_ adjust: (inout FitbitSettings) -> Void) -> (FitbitClient, String)? {
    var client = FitbitClient(adjust)
    for back in 1..<9 {
      let date = FitbitClient.today - back
      guard let sleep = client.model.wearers[0].mainSleep(date, revision: 0) else { continue }
      let end = client.model.zone.start(of: date) + sleep.end
      let handed = client.model.sync(0, client.now).uploads.first(from: end)
      client.now = Instant(seconds: Int64(handed))
      client.signIn()
      return (client, date.description)
    }
    return nil
  }

  @Test("a night is pending while it is computed, then it is there")
  func computing() throws {
    var (client, date) = try #require(Self.handedOver { $0.sleepComputing = .minutes(10) })
    let handed = client.now
    client.now = handed - .seconds(1)
    #expect(client.sleep(date).keys == ["sleep", "summary"])
    for (seconds, isPending) in [(0, true), (599, true), (600, false)] as [(Int64, Bool)] {
      client.now = handed + .seconds(seconds)
      let value = client.sleep(date)
      #expect(value["meta"]?["state"] == (isPending ? "pending" : nil), "\(seconds)")
      #expect(value["sleep"]?.elements.isEmpty == isPending, "\(seconds)")
    }
  }

  @Test("the switch makes the last night pending, older ones stay")
  func pending() throws {
    var (client, date) = try #require(Self.handedOver { _ in })
    client.now = client.now + .hours(3)
    #expect(client.sleep(date)["meta"] == nil)
    client.model.sleepPending = true
    #expect(client.sleep(date)["meta"]?["state"] == "pending")
    let range = client.sleep("2024-06-01/\(date)")
    #expect(range["meta"]?["retryDuration"] == 3_000)
    #expect((range["sleep"]?.elements.count ?? 0) > 5)
    client.model.sleepPending = false
    #expect(client.sleep(date)["meta"] == nil)
  }
}
