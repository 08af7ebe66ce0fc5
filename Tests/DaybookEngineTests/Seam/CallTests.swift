import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Calls")
struct CallTests {
  @Test(
    "a day's place is its date in folders of year and month",
    arguments: [
      ("2016-06-18", "json", "me/steps/2016/06", "2016-06-18.json"),
      ("0987-12-01", "fit", "me/steps/0987/12", "0987-12-01.fit"),
    ])
  func place(_ date: String, _ ext: String, _ folder: String, _ file: String) {
    let path = DayPath(
      account: "me", stream: "steps", day: ArchiveFixture.day(date), fileExtension: ext)
    #expect(path.folder == folder && path.file == file)
  }

  @Test("nothing that is no name becomes a path")
  func names() async {
    await #expect(processExitsWith: .failure) {
      _ = DayPath(account: "..", stream: "steps", day: Day(number: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = DayPath(account: "me", stream: "a/b", day: Day(number: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = DayPath(account: "me", stream: "steps", day: Day(number: 0), fileExtension: "")
    }
  }

  @Test("of two headers of one name the first counts")
  func header() {
    let answer = Answer(
      status: 200, headers: [Field("etag", "a"), Field("etag", "b")], body: .memory([]),
      scan: JSONScanner.scan([]))
    #expect(answer.header("etag") == "a" && answer.header("date") == nil)
  }

  @Test("a reception knows its plan")
  func plan() {
    let plan = ScanPlan(items: [.items])
    let path = DayPath(account: "me", stream: "steps", day: Day(number: 0))
    #expect(Reception.memory(plan).plan == plan && Reception.spool(path, plan).plan == plan)
  }

  @Test("calls are in the order in which they were made")
  func order() {
    #expect([CallID(3), CallID(1), CallID(2)].sorted().map(\.number) == [1, 2, 3])
  }
}
