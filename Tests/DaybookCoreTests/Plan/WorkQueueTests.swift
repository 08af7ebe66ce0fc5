import Testing

@testable import DaybookCore

@Suite("The next days of a lane")
struct WorkQueueTests {
  private func days(_ numbers: ClosedRange<Int>, _ workClass: WorkClass) -> [DayWork] {
    numbers.map { DayWork(stream: 1, day: Day(number: $0), workClass: workClass) }
  }

  private func queue(pressing: Int, backfill: Int) -> WorkQueue {
    var queue = WorkQueue()
    queue.load(
      pressing: pressing > 0 ? days(1...pressing, .fresh) : [],
      backfill: backfill > 0 ? days(1_001...(1_000 + backfill), .backfill) : [])
    return queue
  }

  @Test("a new queue is empty and wants to be loaded") func fresh() {
    var queue = WorkQueue()
    #expect(queue.isEmpty && queue.count == 0 && !queue.isLoaded)
    #expect(queue.next == nil)
    #expect(queue.take() == nil)
  }

  @Test("one kind alone comes in its order", arguments: [(6, 0), (0, 6)])
  func order(pressing: Int, backfill: Int) {
    let queue = queue(pressing: pressing, backfill: backfill)
    #expect(queue.count == 6)
    #expect(queue.isLoaded)
    #expect(queue.upcoming.map(\.day.number) == Array(backfill > 0 ? 1_001...1_006 : 1...6))
  }

  @Test("with both, every fifth is backfill, until one of them ends") func mixed() {
    let order = queue(pressing: 6, backfill: 3).upcoming.map(\.day.number)
    #expect(order == [1, 2, 3, 4, 1_001, 5, 6, 1_002, 1_003])
    #expect(queue(pressing: 1, backfill: 2).upcoming.map(\.day.number) == [1, 1_001, 1_002])
  }

  @Test("next tells what is taken, and looking takes nothing") func next() {
    var queue = queue(pressing: 7, backfill: 7)
    var taken: [DayWork] = []
    let upcoming = queue.upcoming
    while let next = queue.next {
      #expect(queue.take() == next)
      taken.append(next)
      #expect(queue.count == 14 - taken.count)
    }
    #expect(taken == upcoming)
    #expect(queue.isEmpty)
  }

  @Test("the last day taken makes the ledger be asked again; an empty ledger is not asked twice")
  func loaded() {
    var queue = queue(pressing: 1, backfill: 1)
    _ = queue.take()
    #expect(queue.isLoaded)
    _ = queue.take()
    #expect(!queue.isLoaded)
    queue.load(pressing: [], backfill: [])
    #expect(queue.isLoaded && queue.isEmpty)
  }

  @Test("what no longer holds is forgotten") func invalidate() {
    var queue = queue(pressing: 3, backfill: 3)
    queue.invalidate()
    #expect(queue.isEmpty && !queue.isLoaded)
    #expect(queue.next == nil)
  }

  @Test("backfill gets a fifth however often the queue is loaded anew in between")
  func fairness() {
    let seed = Seed()
    var random = seed.random
    var queue = queue(pressing: 40, backfill: 40)
    var sinceBackfill = 0
    var backfilled = 0
    for _ in 0..<1_000 {
      if !queue.isLoaded || Int.random(in: 0..<3, using: &random) == 0 {
        queue.invalidate()
        queue.load(pressing: days(1...40, .forced), backfill: days(100...140, .backfill))
      }
      guard let work = queue.take() else {
        Issue.record("nothing to take: \(seed)")
        return
      }
      sinceBackfill = work.workClass == .backfill ? 0 : sinceBackfill + 1
      backfilled += work.workClass == .backfill ? 1 : 0
      #expect(sinceBackfill <= 4, "\(seed)")
    }
    #expect(backfilled >= 200, "\(seed)")
  }

  @Test("pressing work does not wait for backfill either: four of five are its own")
  func pressing() {
    var queue = queue(pressing: 400, backfill: 400)
    let first = (0..<100).compactMap { _ in queue.take()?.workClass }
    #expect(first.count { $0 == .fresh } == 80)
  }

  @Test("days that are read together with another one leave the queue, of this stream alone")
  func together() {
    var queue = WorkQueue()
    let other = DayWork(stream: 2, day: Day(number: 1_002), workClass: .backfill)
    queue.load(pressing: days(1...3, .fresh), backfill: days(1_001...1_004, .backfill) + [other])
    queue.remove(stream: 1, from: Day(number: 2), through: Day(number: 1_003))
    #expect(queue.upcoming.map(\.day.number) == [1, 1_004, 1_002])
    queue.remove(stream: 1, from: Day(number: 1), through: Day(number: 2_000))
    queue.remove(stream: 2, from: Day(number: 1), through: Day(number: 2_000))
    #expect(queue.isEmpty && !queue.isLoaded)
  }
}
