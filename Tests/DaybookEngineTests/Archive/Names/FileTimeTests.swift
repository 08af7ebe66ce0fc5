import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Times of files")
struct FileTimeTests {
  private let old = SHA256.digest(Array("old".utf8))
  private let new = SHA256.digest(Array("new".utf8))
  private let fetched = Instant(seconds: 1_466_416_800)

  @Test("the second is that of the fetch, whatever came after it; the fraction is never none")
  func second() {
    for n in 0..<2_000 {
      let sha256 = SHA256.digest(Array("\(n)".utf8))
      for moment in [fetched, fetched + .microseconds(999_999), Instant(seconds: -5)] {
        let time = FileTime.of(sha256, fetchedAt: moment)
        #expect(time.seconds == moment.seconds)
        #expect((1...999_999).contains(time.microseconds - time.seconds * 1_000_000))
      }
    }
  }

  @Test("other bytes have another time")
  func marks() {
    let times = Set(
      (0..<500).map { n in
        FileTime.of(SHA256.digest(Array("\(n)".utf8)), fetchedAt: fetched).microseconds
      })
    #expect(times.count >= 498, "\(times.count)")
  }

  @Test(
    "untouched is what has the time of its bytes, or whole seconds, and the second of its fetch")
  func untouched() {
    let stored = FileTime.of(old, fetchedAt: fetched)
    for (time, isUntouched) in [
      (stored, true), (fetched, true), (fetched + .microseconds(1), false),
      (stored + .seconds(1), false), (fetched - .seconds(1), false),
      (FileTime.of(new, fetchedAt: fetched), false),
    ] {
      #expect(FileTime.isUntouched(time, old, fetchedAt: fetched) == isUntouched, "\(time)")
    }
  }

  @Test(
    "later is what has the time of its bytes in that second or after it, or a later whole second")
  func later() {
    let stored = FileTime.of(new, fetchedAt: fetched)
    for (time, isLater) in [
      (stored, true), (stored + .seconds(60), true), (stored - .seconds(1), false),
      (fetched, false), (fetched + .seconds(1), true), (fetched + .milliseconds(1_500), false),
      (FileTime.of(old, fetchedAt: fetched + .seconds(60)), false),
    ] {
      #expect(FileTime.isLater(time, new, than: fetched) == isLater, "\(time)")
    }
  }
}
