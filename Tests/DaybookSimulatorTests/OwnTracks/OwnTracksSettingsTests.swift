import DaybookCore
import Testing

@testable import DaybookSimulator

struct OwnTracksSettingsTests {
  @Test("names are kept in lower case, as the recorder does")
  func names() {
    let device = OwnTracksSettings.Device(user: "Jane", device: "PHONE")
    #expect(device == OwnTracksSettings.Device(user: "jane", device: "phone"))
  }

  @Test("by default there is one device and the version that was compared with")
  func defaults() {
    let settings = OwnTracksSettings(firstDay: day("2015-01-01"))
    #expect(settings.devices == [.init(user: "jane", device: "phone")])
    #expect(settings.version == "1.0.1")
    #expect(settings.zone == nil)
  }

  @Test("where a zone is set, points carry it and their local time")
  func zone() {
    var recorder = Recorder { $0.zone = SimZone("Europe/Helsinki") }
    let answer = recorder.get(
      "locations?user=jane&device=phone&from=2015-01-05&to=2015-01-06&fields=tst,tzname,isolocal")
    let points = document(answer)["data"]?.elements ?? []
    #expect(!points.isEmpty)
    for point in points {
      #expect(point["tzname"] == "Europe/Helsinki")
      let local = point["isolocal"]?.string ?? ""
      #expect(local.wholeMatch(of: /2015-01-0[56]T\d\d:\d\d:\d\d\+0200/) != nil)
      #expect(RecorderTime.read(local).map { Int64($0 - 7_200) } == point["tst"]?.int)
    }
  }
}
