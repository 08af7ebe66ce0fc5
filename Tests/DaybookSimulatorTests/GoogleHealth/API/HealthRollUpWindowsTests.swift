import DaybookCore
import Testing

@testable import DaybookSimulator

/// The roll-up of physical windows.
struct HealthRollUpWindowsTests {
  static func sums(_ value: JSONValue) -> [Int] { HealthRollUpTests.sums(value) }

  static func physical(_ from: String, _ to: String, _ window: String, more: String = "") -> String
  {
    "{\"range\":{\"startTime\":\"\(from)\",\"endTime\":\"\(to)\"},"
      + "\"windowSize\":\"\(window)\"\(more)}"
  }

  @Test("physical windows begin where the request begins")
  func grid() {
    var client = GoogleHealthClient.signedIn()
    for minute in ["00", "17"] {
      let body = Self.physical(
        "2026-02-03T06:\(minute):00Z", "2026-02-03T22:00:00Z", "3600s")
      let value = document(client.post("steps", "rollUp", body))
      let points = value["rollupDataPoints"]?.elements ?? []
      #expect(points.count > 8)
      let starts = points.compactMap { $0["startTime"]?.string }
      #expect(starts.allSatisfy { $0.hasSuffix(":\(minute):00Z") })
      #expect(starts == starts.sorted(by: >))
      #expect(points.allSatisfy { $0.keys == ["startTime", "endTime", "steps"] })
    }
  }

  @Test(
    "physical windows add up to the whole", arguments: ["1s", "60s", "900s", "86400s", "100000s"])
  func addUp(window: String) {
    var client = GoogleHealthClient.signedIn()
    let (from, to) = ("2026-02-02T23:00:00Z", "2026-02-03T23:00:00Z")
    let whole = Self.sums(document(client.daily("steps", "2026-02-03", "2026-02-04")))
    var sum = 0
    var more = ",\"pageSize\":300"
    for _ in 0..<20 {
      let page = document(
        client.post("steps", "rollUp", Self.physical(from, to, window, more: more)))
      sum += Self.sums(page).reduce(0, +)
      guard let token = page["nextPageToken"]?.string else { break }
      more = ",\"pageSize\":300,\"pageToken\":\"\(token)\""
    }
    #expect([sum] == whole)
  }

  @Test("a window is at least a second long", arguments: ["0s", "-60s", "60", "x", ""])
  func wrongWindow(window: String) {
    var client = GoogleHealthClient.signedIn()
    let body = Self.physical("2026-02-03T00:00:00Z", "2026-02-04T00:00:00Z", window)
    #expect(client.post("steps", "rollUp", body).status == 400)
  }
}
