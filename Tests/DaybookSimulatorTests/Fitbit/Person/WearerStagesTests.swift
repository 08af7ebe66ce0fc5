import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerStagesTests {
  static let wearer = Wearer.steady(6)
  static let nights = (0..<200).compactMap {
    wearer.mainSleep(FitbitClient.today - $0, revision: 0)
  }

  @Test("pieces join without a hole from start to end")
  func joined() {
    for night in Self.nights {
      #expect(night.pieces.first?.start == night.start)
      #expect(night.pieces.last.map { $0.start + $0.seconds } == night.end)
      #expect(
        zip(night.pieces, night.pieces.dropFirst()).allSatisfy {
          $0.start + $0.seconds == $1.start && $0.level != $1.level
        })
      #expect(night.pieces.allSatisfy { $0.seconds > 0 })
    }
  }

  @Test("stages are made of thirty seconds, classic sleep of sixty")
  func grain() {
    for night in Self.nights {
      let grain = night.hasStages ? 30 : 60
      #expect(night.pieces.dropLast().allSatisfy { $0.seconds % grain == 0 })
      let levels = night.hasStages ? WearerSleep.Level.stages : WearerSleep.Level.classic
      #expect(night.pieces.allSatisfy { levels.contains($0.level) })
    }
  }

  @Test("short wakes last up to three minutes and lie within a piece of sleep")
  func shortWakes() {
    for night in Self.nights where night.hasStages {
      for wake in night.shortWakes {
        #expect(wake.level == .wake && (30...180).contains(wake.seconds))
        #expect(
          night.pieces.contains {
            $0.start < wake.start && wake.start + wake.seconds < $0.start + $0.seconds
              && !$0.level.isAwake
          })
      }
    }
    #expect(Self.nights.contains { $0.shortWakes.count > 5 })
  }

  @Test("a longer night goes on where the shorter one ends")
  func longer() {
    let day = Self.nights[0].day
    let before = Self.wearer.mainSleep(day, revision: 0)?.pieces ?? []
    let after = Self.wearer.mainSleep(day, revision: 1)?.pieces ?? []
    #expect(Array(after.prefix(before.count - 1)) == Array(before.dropLast()))
    let seconds = { (pieces: [WearerSleep.Piece]) in pieces.reduce(0) { $0 + $1.seconds } }
    #expect(seconds(after) == seconds(before) + 600)
  }

  @Test("a line is cut at its end, and equal neighbours become one")
  func line() {
    var line = PieceLine(0, 100)
    line.add(.light, 30)
    line.add(.light, 30)
    line.add(.deep, 0)
    #expect(!line.isFull)
    line.add(.rem, 90)
    line.add(.wake, 30)
    #expect(line.isFull)
    #expect(
      line.pieces == [
        WearerSleep.Piece(level: .light, start: 0, seconds: 60),
        WearerSleep.Piece(level: .rem, start: 60, seconds: 40),
      ])
  }
}
