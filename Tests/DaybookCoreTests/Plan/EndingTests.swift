import Testing

@testable import DaybookCore

@Suite("The end that a provider has announced")
struct EndingTests {
  private static let sunset = Day(number: 20_000)
  private let ending = Ending(sunset)

  @Test(
    "half a year before it what is missing is urgent, and stays so; it is over the day after",
    arguments: [
      (400, false, false), (181, false, false), (180, true, false), (1, true, false),
      (0, true, false), (-1, true, true), (-400, true, true),
    ])
  func near(left: Int, presses: Bool, isOver: Bool) {
    let today = Self.sunset - left
    #expect(ending.daysLeft(on: today) == left)
    #expect(ending.presses(on: today) == presses)
    #expect(ending.isOver(on: today) == isOver)
  }

  /// Days to go, days since it was said, and whether it is said again while running and at a start.
  @Test(
    "it is said monthly, weekly in the last month, daily in the last week, and once a day at most",
    arguments: [
      (200, 29, false, true), (200, 30, true, true), (31, 29, false, true), (31, 30, true, true),
      (30, 6, false, true), (30, 7, true, true), (8, 6, false, true), (8, 7, true, true),
      (7, 1, true, true), (7, 0, false, false), (0, 1, true, true), (0, 0, false, false),
      (-1, 1, false, true), (-1, 29, false, true), (-1, 30, true, true), (200, 0, false, false),
      (200, -1, true, true),
    ])
  func warns(left: Int, since: Int, running: Bool, atStart: Bool) {
    let today = Self.sunset - left
    #expect(ending.warns(on: today, last: today - since, atStart: false) == running)
    #expect(ending.warns(on: today, last: today - since, atStart: true) == atStart)
    #expect(ending.warns(on: today, last: nil, atStart: false), "it was never said")
  }

  @Test("from 200 days before the end to its day it is said 18 times")
  func count() {
    var said: [Int] = []
    var last: Day?
    for left in (0...200).reversed() {
      let today = Self.sunset - left
      guard ending.warns(on: today, last: last, atStart: false) else { continue }
      last = today
      said.append(left)
    }
    #expect(said == [200, 170, 140, 110, 80, 50, 30, 23, 16, 9, 7, 6, 5, 4, 3, 2, 1, 0])
  }

  @Test(
    "it is told by its date and the days to go",
    arguments: [
      (46, "ends on 2024-10-04, in 46 days", "ends in 46 days"),
      (1, "ends on 2024-10-04, in 1 day", "ends in 1 day"),
      (0, "ends on 2024-10-04, which is today", "ends today"),
      (-1, "ended on 2024-10-04", "ended on 2024-10-04"),
    ])
  func text(left: Int, text: String, brief: String) {
    #expect(ending.text(on: Self.sunset - left) == text)
    #expect(ending.brief(on: Self.sunset - left) == brief)
  }
}
