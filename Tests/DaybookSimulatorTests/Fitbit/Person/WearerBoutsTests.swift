import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerBoutsTests {
  static let wearer = Wearer.steady()
  static let monday = day("2024-06-10")

  @Test("bouts lie within the day", arguments: 0..<30)
  func within(offset: Int) {
    let bouts = Self.wearer.bouts(Self.monday + offset, revision: 3)
    #expect(bouts.allSatisfy { $0.start >= 400 && $0.start + $0.length <= 1_440 })
    #expect(bouts.allSatisfy { $0.length > 0 })
  }

  @Test("a working day has two walks and a stroll, a day at the weekend one of each")
  func week() {
    for offset in 0..<70 {
      let bouts = Self.wearer.bouts(Self.monday + offset, revision: 0)
      let walks = bouts.count { $0.kind == .walk }
      #expect(walks == (offset % 7 < 5 ? 2 : 1))
      #expect(bouts.count { $0.kind == .stroll } == 1)
      #expect((3...8).contains(bouts.count { $0.kind == .stairs }))
      #expect(bouts.count { $0.kind == .run } <= 1)
    }
  }

  @Test("each change adds one walk at the end and leaves the others alone")
  func changes() {
    let before = Self.wearer.bouts(Self.monday, revision: 0)
    let once = Self.wearer.bouts(Self.monday, revision: 1)
    let twice = Self.wearer.bouts(Self.monday, revision: 2)
    #expect(Array(twice.dropLast()) == once)
    #expect(Array(once.dropLast()) == before)
    #expect(once.last?.kind == .walk && (5...15).contains(once.last?.length ?? 0))
    #expect(once.last != twice.last)
  }

  @Test("faster ways have more steps in a minute")
  func cadence() {
    #expect(WearerBout.Kind.stroll.cadence.upperBound < WearerBout.Kind.walk.cadence.lowerBound)
    #expect(WearerBout.Kind.walk.cadence.upperBound < WearerBout.Kind.run.cadence.lowerBound)
    #expect(WearerBout.Kind.allCases.allSatisfy { $0.cadence.lowerBound > 0 })
  }
}
