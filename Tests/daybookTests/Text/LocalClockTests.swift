import DaybookCore
import Testing

@testable import daybook

@Suite("Moments for people")
struct LocalClockTests {
  private let utc = LocalClock(now: testNow, offset: { _ in 0 })

  @Test("a moment's day is that of the place")
  func day() {
    let east = LocalClock(now: testNow) { _ in 3 * 3_600 }
    #expect(east.day(testNow) == Day("2026-11-23") && east.today == east.day(testNow))
  }

  @Test("today has the time only, the days around it their name, all others the date")
  func text() {
    #expect(utc.text(testNow) == "21:15")
    #expect(utc.text(testNow + .hours(2)) == "23:15")
    #expect(utc.text(testNow + .hours(3)) == "Mon 00:15")
    #expect(utc.text(testNow - .days(6)) == "Mon 21:15")
    #expect(utc.text(testNow - .days(7)) == "2026-11-15 21:15")
    #expect(utc.text(testNow + .days(7)) == "2026-11-29 21:15")
  }

  @Test("local time decides which day it is")
  func offset() {
    let helsinki = LocalClock(now: testNow, offset: { _ in 7_200 })
    #expect(helsinki.text(testNow) == "23:15")
    #expect(helsinki.text(testNow + .hours(1)) == "Mon 00:15")
    #expect("\(helsinki.today)" == "2026-11-22")
    #expect("\(LocalClock(now: testNow, offset: { _ in 10_800 }).today)" == "2026-11-23")
    #expect(LocalClock(now: testNow, offset: { _ in -79_200 }).text(testNow) == "23:15")
  }

  @Test("each moment has the offset of its own time")
  func change() {
    let turn = testNow + .hours(1)
    let clock = LocalClock(now: testNow, offset: { $0 < turn ? 3_600 : 0 })
    #expect(clock.timeOfDay(turn - .seconds(1)) == "23:15:02")
    #expect(clock.timeOfDay(turn) == "22:15:03")
  }

  @Test("what is to come tells how long it takes, what is past does not")
  func until() {
    #expect(utc.until(testNow + .minutes(12)) == "21:27 (in 12 min)")
    #expect(utc.until(testNow) == "21:15")
    #expect(utc.until(testNow - .hours(1)) == "20:15")
  }
}
