import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Days that are read together")
struct DaysReadTests {
  private func work(_ number: Int) -> DayWork {
    DayWork(stream: 3, day: Day(number: number), workClass: .backfill)
  }

  private func page(_ second: Int64, size: Int64 = 5) -> DaysRead.Page {
    let path = DayPath(account: "me", stream: "s", day: Day(number: 1))
    let spooled = Spooled(
      path: path, temporary: "t\(second)", size: size, sha256: SHA256.digest([]))
    return .init(spooled: spooled, elements: [], fetchedAt: Instant(seconds: second))
  }

  @Test("it goes from its first to its last day, and names the rows of both")
  func days() {
    let read = DaysRead(stream: 3, works: [work(5), work(6), work(9)])
    #expect(read.first.number == 5 && read.last.number == 9 && !read.isSingle)
    #expect(
      read.keys(account: 2)
        == [5, 6, 9].map { DayKey(account: 2, stream: 3, day: Day(number: $0)) })
    #expect(DaysRead(work(7)).isSingle)
  }

  @Test("it is as old as its first page; pages are joined whole, in their order")
  func pages() {
    var read = DaysRead(work(7))
    #expect(read.fetchedAt == nil)
    read.pages = [page(20, size: 4), page(10, size: 6)]
    #expect(read.fetchedAt == Instant(seconds: 10))
    #expect(
      DaysRead.whole(read.pages) == [
        .init(source: 0, start: 0, length: 4), .init(source: 1, start: 0, length: 6),
      ])
  }
}
