import Testing

@testable import DaybookCore

@Suite("The share of a budget that is used")
struct CallWindowBudgetTests {
  private static let minute = WindowSpec(60, in: 60)
  private static let hour = WindowSpec(2_000, in: 3_600)

  private func used(
    _ specs: [WindowSpec], of spec: WindowSpec, windows: Int, seed: Seed,
    _ change: (inout WindowSimulation.Options) -> Void = { _ in }
  ) -> Double {
    var options = WindowSimulation.Options(specs: specs, contacts: windows * spec.limit + 1)
    change(&options)
    var simulation = WindowSimulation(options, seed: seed.value)
    simulation.run()
    #expect(simulation.refusal() == nil, "\(seed)")
    return simulation.budgetUsed(of: spec)
  }

  @Test("60 a minute, eight at once or one by one: over 99 %", arguments: [8, 1])
  func minute(inFlight: Int) {
    let seed = Seed()
    let share = used([Self.minute], of: Self.minute, windows: 100, seed: seed) {
      $0.inFlight = inFlight
    }
    #expect(share >= 0.99 && share <= 1, "\(seed)")
  }

  @Test("2,000 an hour, at once or evenly paced: over 99 %", arguments: [0, 1.79])
  func hour(spacing: Double) {
    let seed = Seed()
    let share = used([Self.hour], of: Self.hour, windows: 10, seed: seed) {
      $0.spacing = spacing
    }
    #expect(share >= 0.99 && share <= 1, "\(seed)")
  }

  @Test("60 a minute and 2,000 an hour together: over 99 % of the hour") func both() {
    let seed = Seed()
    let share = used([Self.minute, Self.hour], of: Self.hour, windows: 10, seed: seed)
    #expect(share >= 0.99 && share <= 1, "\(seed)")
  }

  @Test("150 an hour and 100 in a quarter of an hour with 1,000 a day: over 99 %")
  func slow() {
    let seed = Seed()
    let fitbit = WindowSpec(150, in: 3_600)
    #expect(used([fitbit], of: fitbit, windows: 30, seed: seed) >= 0.99, "\(seed)")
    let day = WindowSpec(1_000, in: 86_400)
    let strava = [WindowSpec(100, in: 900), day]
    #expect(used(strava, of: day, windows: 10, seed: seed) >= 0.99, "\(seed)")
  }

  @Test("a kill every ten minutes, up again at once, costs 2,000 an hour less than 1 %")
  func crashes() {
    let seed = Seed()
    let share = used([Self.minute, Self.hour], of: Self.hour, windows: 10, seed: seed) {
      $0.crashes = 600
      $0.downtime = 0.1
    }
    #expect(share >= 0.99 && share <= 1, "\(seed)")
  }

  @Test("large windows are stored rarely: once for a thousandth of their limit") func commits() {
    let seed = Seed()
    let spec = WindowSpec(20_000, in: 60)
    var simulation = WindowSimulation(
      .init(specs: [spec], contacts: 20_000, inFlight: 64), seed: seed.value)
    simulation.run()
    #expect(simulation.commits <= 20_000 / 20 + 64, "\(seed)")
  }
}
