import DaybookCore
import Testing

@testable import DaybookSimulator

struct WearerChangesTests {
  static let days = (0..<500).map { FitbitClient.today - 600 + $0 }

  @Test("without a rate no day changes by itself")
  func never() {
    let wearer = Wearer.steady()
    #expect(Self.days.allSatisfy { wearer.changes($0).isEmpty })
    #expect(Self.days.allSatisfy { wearer.revision($0, now: .max) == 0 })
  }

  @Test("as many days change as the rate says", arguments: [0.1, 0.5, 1.0])
  func rate(rate: Double) {
    let wearer = Wearer(seed: 2, memberSince: Self.days[0], lateRate: rate, emptyRate: 0)
    let changed = Self.days.count { !wearer.changes($0).isEmpty }
    #expect(abs(Double(changed) / 500 - rate) < 0.07)
  }

  @Test("a change comes after the end of the day in every zone, within eleven months")
  func delays() {
    let wearer = Wearer(seed: 2, memberSince: Self.days[0], lateRate: 1, emptyRate: 0)
    let delays = Self.days.flatMap { day in
      wearer.changes(day).map { $0 - (day.number + 1) * 86_400 }
    }
    #expect(delays.count == 500)
    #expect(delays.allSatisfy { (15 * 3_600...330 * 86_400).contains($0) })
    #expect(delays.contains { $0 > 100 * 86_400 })
    #expect(delays.count { $0 < 3 * 86_400 } > 200)
  }

  @Test("changes by hand are counted from their moments on")
  func forced() {
    var wearer = Wearer.steady()
    let day = FitbitClient.today - 9
    wearer.forced[day.number] = [2_000, 1_000]
    #expect(wearer.changes(day) == [1_000, 2_000])
    let revisions = [999, 1_000, 1_999, 2_000].map { wearer.revision(day, now: $0) }
    #expect(revisions == [0, 1, 1, 2])
    #expect(wearer.revision(day + 1, now: .max) == 0)
  }
}
