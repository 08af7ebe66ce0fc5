import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthAccountTests {
  @Test("the identity has both ids")
  func identity() {
    var client = GoogleHealthClient.signedIn()
    let value = document(client.get("identity"))
    #expect(value.keys == ["name", "healthUserId", "legacyUserId"])
    let id = value["healthUserId"]?.string ?? ""
    #expect(id.wholeMatch(of: /[1-9][0-9]{17}/) != nil)
    #expect(value["legacyUserId"]?.string?.wholeMatch(of: /[2-9B-Z]{6}/) != nil)
    #expect(value["name"]?.string == "users/\(id)/identity")
  }

  @Test("ids differ from person to person and stay", arguments: [1, 2, 77] as [UInt64])
  func ids(seed: UInt64) {
    let model = GoogleHealthClient { $0.seed = seed }.model
    let ids = (0..<20).map { model.healthUserID($0) }
    let legacy = (0..<20).map { model.legacyUserID($0) }
    #expect(Set(ids).count == 20)
    #expect(Set(legacy).count == 20)
    #expect(ids == (0..<20).map { model.healthUserID($0) })
  }

  @Test("an account without Fitbit has no legacy id, no profile and no devices")
  func withoutFitbit() {
    var client = GoogleHealthClient.signedIn { $0.withoutFitbit = [0] }
    #expect(document(client.get("identity")).keys == ["name", "healthUserId"])
    let profile = client.get("profile")
    #expect(profile.status == 403)
    #expect(document(profile)["error"]?["status"] == "PERMISSION_DENIED")
    #expect(client.get("pairedDevices").bodyText == "{}")
    #expect(client.get("settings").status == 200)
    let point = document(client.list("steps", "", [("pageSize", "1")]))["dataPoints"]?.elements
      .first
    #expect(point?["dataSource"]?["platform"] == "HEALTH_CONNECT")
    #expect(point?["dataSource"]?["application"]?["packageName"] != nil)
  }

  @Test("the profile tells where the history begins")
  func profile() {
    var client = GoogleHealthClient.signedIn()
    let value = document(client.get("profile"))
    #expect(value["membershipStartDate"] == ["year": 2020, "month": 1, "day": 1])
    #expect((25...70).contains(value["age"]?.int ?? 0))
    #expect(value["autoWalkingStrideLengthMm"]?.int ?? 0 > 600)
  }

  @Test(
    "the settings have the zone of the moment",
    arguments: [
      ("Europe/Berlin", "2026-01-25T12:00:00", "3600s"),
      ("Europe/Berlin", "2026-07-25T12:00:00", "7200s"),
      ("America/New_York", "2026-07-25T12:00:00", "-14400s"),
      ("UTC", "2026-07-25T12:00:00", "0s"),
    ])
  func settings(id: String, time: String, offset: String) throws {
    let zone = try #require(SimZone(id))
    var client = GoogleHealthClient.signedIn(now: moment(time)) { $0.zone = zone }
    let value = document(client.get("settings"))
    #expect(value["timeZone"]?.string == id)
    #expect(value["utcOffset"]?.string == offset)
  }

  @Test("a paired device has its last sync in RFC 3339")
  func devices() {
    var client = GoogleHealthClient.signedIn()
    let value = document(client.get("pairedDevices"))
    #expect(value.keys == ["pairedDevices"])
    let device = value["pairedDevices"]?.elements.first
    #expect(
      device?.keys == [
        "name", "deviceType", "deviceVersion", "batteryLevel", "batteryStatus", "lastSyncTime",
      ])
    let text = device?["lastSyncTime"]?.string ?? ""
    let last = Instant(rfc3339: text)
    #expect(text.hasSuffix("Z"))
    #expect(last.map { $0 <= client.now && client.now - $0 < .hours(4) } == true)
    #expect((1...100).contains(device?["batteryLevel"]?.int ?? 0))
  }

  @Test(
    "devices come in pages of 5, of at most 100",
    arguments: [
      (nil, 3, [3]),
      (nil, 5, [5]),
      (nil, 12, [5, 5, 2]),
      ("10", 12, [10, 2]),
      ("12", 12, [12]),
      ("0", 12, [5, 5, 2]),
      ("1000", 150, [100, 50]),
      (nil, 0, [0]),
    ] as [(String?, Int, [Int])])
  func paging(size: String?, devices: Int, pages: [Int]) {
    var client = GoogleHealthClient.signedIn { $0.devices = devices }
    var token: String?
    var seen: [Int] = []
    var names: Set<String> = []
    repeat {
      let query = [("pageSize", size), ("pageToken", token)].compactMap { name, value in
        value.map { (name, $0) }
      }
      let value = document(client.get("pairedDevices", query))
      let list = value["pairedDevices"]?.elements ?? []
      seen.append(list.count)
      for device in list { names.insert(device["name"]?.string ?? "") }
      token = value["nextPageToken"]?.string
    } while token != nil
    #expect(seen == pages)
    #expect(names.count == devices)
  }

  @Test("a wrong token or size is 400")
  func wrong() {
    var client = GoogleHealthClient.signedIn()
    #expect(client.get("pairedDevices", [("pageToken", "x")]).status == 400)
    #expect(client.get("pairedDevices", [("pageSize", "-1")]).status == 400)
    #expect(client.get("pairedDevices", [("page_size", "many")]).status == 400)
  }
}
