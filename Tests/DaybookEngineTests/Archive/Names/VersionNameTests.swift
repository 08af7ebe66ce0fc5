import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Names of versions")
struct VersionNameTests {
  @Test(
    "a moment is written in UTC, to the second below",
    arguments: [
      (Int64(0), "19700101T000000Z"), (1_466_416_800_000_000, "20160620T100000Z"),
      (1_466_416_800_999_999, "20160620T100000Z"), (-1, "19691231T235959Z"),
      (951_868_799_000_000, "20000229T235959Z"), (1_795_388_400_000_000, "20261122T230000Z"),
    ])
  func compact(microseconds: Int64, text: String) {
    #expect(VersionName.compact(Instant(microseconds: microseconds)) == text)
  }

  @Test("the first of a second is plain, the next are numbered")
  func numbered() {
    let path = ArchiveFixture.path()
    let time = ArchiveFixture.time()
    #expect(VersionName.make(path, fetchedAt: time) == "2016-06-18.20160620T100000Z.json")
    let second = VersionName.make(path, fetchedAt: time, copy: 2)
    #expect(second == "2016-06-18.20160620T100000Z-2.json")
  }

  @Test("a version is never taken for a day")
  func noDay() {
    let name = VersionName.make(ArchiveFixture.path(), fetchedAt: ArchiveFixture.time())
    #expect(DayName(name) == nil)
  }
}
