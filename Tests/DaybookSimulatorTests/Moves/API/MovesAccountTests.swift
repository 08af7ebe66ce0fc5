import DaybookCore
import Testing

@testable import DaybookSimulator

struct MovesAccountTests {
  @Test("the profile has the fields of the facts")
  func profile() {
    var client = MovesClient.signedIn()
    let value = document(client.get("/user/profile"))
    #expect(value["userId"]?.int == Int64(client.model.userID(0)))
    let profile = value["profile"]
    #expect(
      profile?.keys == [
        "firstDate", "currentTimeZone", "localization", "caloriesAvailable", "platform",
      ])
    #expect(profile?["firstDate"]?.string == CivilText.compact(client.model.settings.firstDay))
    #expect(profile?["currentTimeZone"] == ["id": "Europe/Helsinki", "offset": 10_800])
    #expect(profile?["localization"]?.keys == ["language", "locale", "firstWeekDay", "metric"])
    #expect(profile?["platform"] == "ios")
  }

  @Test(
    "the zone is the current one, with the offset of the moment",
    arguments: [
      ("Europe/Helsinki", "2018-01-25T12:00:00", 7_200),
      ("Europe/Helsinki", "2018-04-25T12:00:00", 10_800),
      ("America/Los_Angeles", "2018-04-25T12:00:00", -25_200),
      ("Asia/Tokyo", "2018-04-25T12:00:00", 32_400),
    ])
  func zone(id: String, time: String, offset: Int64) throws {
    var client = MovesClient.signedIn(now: moment(time))
    client.model.zone = try #require(SimZone(id))
    let zone = document(client.get("/user/profile"))["profile"]?["currentTimeZone"]
    #expect(zone?["id"]?.string == id)
    #expect(zone?["offset"]?.int == offset)
  }

  @Test("the profile has a tag like days have")
  func tag() {
    var client = MovesClient.signedIn()
    let tag = client.get("/user/profile").header("etag") ?? ""
    let again = client.get("/user/profile", headers: [SimField("If-None-Match", tag)])
    #expect(again.status == 304)
  }

  @Test("the supported activities have the fields of the facts")
  func supported() {
    var client = MovesClient.signedIn()
    let all = document(client.get("/activities")).elements
    #expect(all.count == TravelMode.allCases.count)
    for entry in all {
      #expect(entry.keys == ["activity", "group", "geo", "place", "color", "units"])
      #expect(entry["units"]?.string?.hasPrefix("duration,distance") == true)
    }
    #expect(all.first?["units"] == "duration,distance,steps,calories")
  }

  @Test("both need no scope", arguments: ["/user/profile", "/activities"])
  func anyScope(path: String) {
    for scope in ["activity", "location"] {
      var client = MovesClient.signedIn(scopes: scope)
      #expect(client.get(path).status == 200)
    }
  }
}
