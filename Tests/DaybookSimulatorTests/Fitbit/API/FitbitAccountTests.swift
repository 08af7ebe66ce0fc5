import DaybookCore
import Testing

@testable import DaybookSimulator

struct FitbitAccountTests {
  @Test("the profile has the members of the facts")
  func profile() {
    var client = FitbitClient.signedIn()
    let answer = client.get("/profile.json")
    let value = document(answer)
    #expect(answer.status == 200 && value.keys == ["user"])
    let user = value["user"]
    let names = [
      "encodedId", "memberSince", "timezone", "offsetFromUTCMillis", "distanceUnit", "weightUnit",
      "startDayOfWeek", "locale",
    ]
    #expect(names.allSatisfy { user?[$0] != nil })
    #expect(user?["encodedId"]?.string == client.model.userID(0))
    #expect(user?["memberSince"]?.string == client.model.settings.memberSince.description)
    #expect(user?["timezone"] == "Europe/Berlin")
    #expect(user?["offsetFromUTCMillis"] == 7_200_000)
  }

  @Test(
    "the offset is the one of the moment",
    arguments: [
      ("Europe/Berlin", "2024-01-18T12:00:00", 3_600_000),
      ("America/New_York", "2024-06-18T12:00:00", -14_400_000),
      ("Asia/Kolkata", "2024-06-18T12:00:00", 19_800_000),
    ])
  func offset(id: String, time: String, offset: Int64) throws {
    var client = FitbitClient.signedIn(now: moment(time))
    client.model.travel(to: try #require(SimZone(id)), now: client.now)
    let user = document(client.get("/profile.json"))["user"]
    #expect(user?["timezone"]?.string == id)
    #expect(user?["offsetFromUTCMillis"]?.int == offset)
  }

  static func tracker(_ client: inout FitbitClient) -> JSONValue? {
    document(client.get("/devices.json")).elements.first { $0["type"] == "TRACKER" }
  }

  @Test("devices are a list with the members of the facts")
  func devices() {
    var client = FitbitClient.signedIn()
    let devices = document(client.get("/devices.json")).elements
    #expect(devices.map { $0["type"]?.string } == ["SCALE", "TRACKER"])
    for device in devices {
      #expect(
        device.keys == [
          "battery", "batteryLevel", "deviceVersion", "features", "id", "lastSyncTime", "mac",
          "type",
        ])
      #expect((0...100).contains(device["batteryLevel"]?.int ?? -1))
      #expect(["High", "Medium", "Low", "Empty"].contains(device["battery"]?.string))
      #expect(device["features"] == [])
      #expect(device["mac"]?.string?.count == 12)
    }
  }

  @Test("without a scale there is the tracker alone")
  func noScale() {
    var client = FitbitClient.signedIn { $0.hasScale = false }
    #expect(document(client.get("/devices.json")).elements.map { $0["type"] } == ["TRACKER"])
  }

  @Test("the last synchronisation is local, without a zone, at most half an hour ago")
  func lastSync() {
    var client = FitbitClient.signedIn()
    var texts: [String] = []
    for minute in stride(from: 0, to: 120, by: 5) {
      client.now = FitbitClient.noon + .minutes(Int64(minute))
      let text = Self.tracker(&client)?["lastSyncTime"]?.string ?? ""
      #expect(text.count == 23 && text.hasSuffix(".000") && text.hasPrefix("2024-06-18T"))
      let local = RecorderTime.read(text) ?? 0
      let age = Int(client.now.seconds) + 7_200 - local
      #expect((0..<1_800).contains(age), "\(text)")
      texts.append(text)
    }
    #expect(texts == texts.sorted())
    #expect((7...9).contains(Set(texts).count))
  }

  @Test("held back, the last synchronisation stays")
  func held() {
    var client = FitbitClient.signedIn { $0.syncHeldAt = moment("2024-06-17T05:30:00") }
    #expect(Self.tracker(&client)?["lastSyncTime"] == "2024-06-17T07:30:00.000")
    client.model.syncHeldAt = nil
    #expect(Self.tracker(&client)?["lastSyncTime"]?.string?.hasPrefix("2024-06-18T13:") == true)
  }
}
