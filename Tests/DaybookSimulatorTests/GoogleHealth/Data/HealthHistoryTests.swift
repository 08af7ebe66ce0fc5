import DaybookCore
import Testing

@testable import DaybookSimulator

struct HealthHistoryTests {
  static let first = day("2020-01-01").number
  static let last = day("2026-10-30").number

  static func history(
    person: Int = 0, _ adjust: (inout GoogleHealthSettings) -> Void = { _ in }
  ) -> HealthHistory {
    HealthHistory(GoogleHealthClient(adjust).model.settings, person: person)
  }

  @Test("a day begins at midnight of the winter at home")
  func blocks() {
    let history = Self.history()
    let start = history.start(of: day("2026-02-03").number)
    #expect(start == Int(moment("2026-02-02T23:00:00").seconds))
    #expect(history.block(at: start) == day("2026-02-03").number)
    #expect(history.block(at: start - 1) == day("2026-02-02").number)
    #expect(history.block(at: -history.habit - 1) == -1)
  }

  @Test("nothing was worn before the membership began")
  func before() {
    let history = Self.history()
    #expect(!history.isWorn(Self.first - 1))
    #expect(history.isWorn(Self.first))
  }

  @Test("without an empty rate every day is worn")
  func worn() {
    let history = Self.history()
    #expect((Self.first...Self.last).allSatisfy { history.isWorn($0) })
  }

  @Test(
    "a part of the fortnights has a gap of one to four days",
    arguments: [(0.25, 20...80), (1.0, 165...180)])
  func gaps(rate: Double, expected: ClosedRange<Int>) {
    let history = Self.history { $0.emptyRate = rate }
    var gaps = 0
    var length = 0
    for block in Self.first...Self.last {
      if history.isWorn(block) {
        if length > 0 { gaps += 1 }
        #expect(length <= 8, "two gaps may touch")
        length = 0
      } else {
        length += 1
      }
    }
    #expect(expected.contains(gaps), "\(gaps)")
  }

  @Test("people get up in the morning and go to bed before midnight", arguments: 0..<3)
  func frame(person: Int) {
    let history = Self.history(person: person)
    for block in Self.first...Self.last {
      #expect((21_600..<28_800).contains(history.wakes(block)))
      #expect((78_300..<86_400).contains(history.goesToBed(block)))
      #expect((50...68).contains(history.resting(block)))
    }
  }

  @Test("people differ, and so do days")
  func differ() {
    let (a, b) = (Self.history(), Self.history(person: 1))
    let days = Self.first..<(Self.first + 50)
    #expect(days.map { a.wakes($0) } != days.map { b.wakes($0) })
    #expect(Set(days.map { a.wakes($0) }).count > 40)
    #expect(days.map { a.wakes($0) } == days.map { Self.history().wakes($0) })
  }

  @Test("without a late rate nothing changes by itself")
  func unchanged() {
    let history = Self.history()
    for block in Self.first...Self.last { #expect(history.changes(block, upTo: .max) == []) }
  }

  @Test("with one, about that part of the days changes, hours to a year after its end")
  func changes() {
    let history = Self.history { $0.lateRate = 0.1 }
    var count = 0
    for block in Self.first...Self.last {
      let changes = history.changes(block, upTo: .max)
      guard let change = changes.first else { continue }
      count += 1
      #expect(changes.count == 1)
      let delay = change - history.start(of: block + 1)
      #expect((3 * 3_600...330 * 86_400).contains(delay))
      #expect(history.changes(block, upTo: change - 1) == [])
      #expect(history.changes(block, upTo: change) == [change])
    }
    #expect((180...320).contains(count), "\(count)")
  }

  @Test("changes by hand come at their moments")
  func forced() {
    var history = Self.history()
    history.forced[Self.last] = [500, 300, 900]
    #expect(history.changes(Self.last, upTo: 299) == [])
    #expect(history.changes(Self.last, upTo: 500) == [300, 500])
    #expect(history.changes(Self.last - 1, upTo: .max) == [])
  }
}
