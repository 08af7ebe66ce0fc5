import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitWeightTests {
  static let range = "/body/log/weight/date/2024-05-19/2024-06-18.json"

  @Test("weighings are in order with the members of the facts")
  func log() {
    var client = FitbitClient.signedIn()
    let value = document(client.get(Self.range))
    #expect(value.keys == ["weight"])
    let logs = value["weight"]?.elements ?? []
    #expect((5...22).contains(logs.count))
    for log in logs {
      #expect(log.keys == ["bmi", "date", "fat", "logId", "source", "time", "weight"])
      #expect(log["source"] == "Aria")
      #expect((17.0...35).contains(log["bmi"]?.double ?? 0))
      #expect((40.0...125).contains(log["weight"]?.double ?? 0))
      #expect(log["time"]?.string?.utf8.count == 8)
    }
    let times = logs.map { ($0["date"]?.string ?? "") + ($0["time"]?.string ?? "") }
    #expect(times == times.sorted())
  }

  @Test("what was entered by hand has no fat")
  func byHand() throws {
    var client = FitbitClient.signedIn()
    let before = document(client.get(Self.range))["weight"]?.elements ?? []
    _ = client.model.change(day("2024-06-01"), now: client.now)
    let after = document(client.get(Self.range))["weight"]?.elements ?? []
    #expect(after.count == before.count + 1)
    let added = try #require(after.first { $0["source"] == "Web" })
    #expect(added.keys == ["bmi", "date", "logId", "source", "time", "weight"])
    #expect(added["date"] == "2024-06-01" && added["time"] == "23:59:59")
  }

  @Test("what was not handed over is not there")
  func held() {
    var client = FitbitClient.signedIn()
    client.model.syncHeldAt = moment("2024-06-01T00:00:00")
    let logs = document(client.get(Self.range))["weight"]?.elements ?? []
    #expect(!logs.isEmpty)
    #expect(logs.allSatisfy { ($0["date"]?.string ?? "9") < "2024-06-01" })
  }
}
