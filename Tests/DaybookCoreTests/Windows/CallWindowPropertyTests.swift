import Testing

@testable import DaybookCore

@Suite("Windows against servers that count")
struct CallWindowPropertyTests {
  /// The limits of real providers, and the smallest there can be.
  static let limits: [[WindowSpec]] = [
    [WindowSpec(60, in: 60)], [WindowSpec(2_000, in: 3_600)], [WindowSpec(150, in: 3_600)],
    [WindowSpec(1, in: 1)], [WindowSpec(5, in: 1)], [WindowSpec(1, in: 60)],
    [WindowSpec(300, in: 60)], [WindowSpec(20, in: 60), WindowSpec(500, in: 3_600)],
    [WindowSpec(60, in: 60), WindowSpec(2_000, in: 3_600)],
    [WindowSpec(100, in: 900), WindowSpec(1_000, in: 86_400)],
  ]

  private func check(_ options: WindowSimulation.Options, _ seed: Seed, crashes: Int = 0) {
    var simulation = WindowSimulation(options, seed: seed.value)
    simulation.run()
    let refusal = simulation.refusal()
    #expect(refusal == nil, "\(seed)")
    #expect(simulation.crashes >= crashes, "\(seed)")
    let restarts = crashes > 0 || options.lost > 0 ? Limits.storedRuns : Limits.windowRuns
    #expect(simulation.mostRuns <= restarts, "\(seed)")
    #expect(simulation.mostBytes <= 2_500, "\(seed)")
  }

  @Test("as many calls as possible: none is refused", arguments: limits)
  func greedy(specs: [WindowSpec]) {
    check(.init(specs: specs, contacts: 3_000), Seed())
  }

  @Test("answers that take as long as the window: none is refused", arguments: limits)
  func slow(specs: [WindowSpec]) {
    check(.init(specs: specs, contacts: 2_000, latency: specs[0].seconds), Seed())
  }

  @Test("work that comes and goes: none is refused", arguments: limits)
  func pauses(specs: [WindowSpec]) {
    check(.init(specs: specs, contacts: 3_000, pauses: 0.02), Seed())
  }

  @Test("calls that never connect or that nobody answers: none is refused", arguments: limits)
  func failures(specs: [WindowSpec]) {
    var options = WindowSimulation.Options(specs: specs, contacts: 2_000)
    options.unconnected = 0.2
    options.lost = 0.05
    check(options, Seed())
  }

  @Test("requests that libcurl repeats: all are counted once they are known", arguments: limits)
  func repeats(specs: [WindowSpec]) {
    check(.init(specs: specs, contacts: 2_000, repeated: 0.2), Seed())
  }

  @Test("kill -9 at any moment: none is refused", arguments: limits)
  func crashes(specs: [WindowSpec]) {
    var options = WindowSimulation.Options(specs: specs, contacts: 3_000, pauses: 0.01)
    options.lost = 0.005
    options.crashes = specs[0].seconds * 100 / Double(specs[0].limit)
    options.downtime = specs[0].seconds / 50
    check(options, Seed(), crashes: 2)
  }

  @Test("the machine goes down and loses the last commits: none is refused", arguments: limits)
  func reboots(specs: [WindowSpec]) {
    var options = WindowSimulation.Options(specs: specs, contacts: 3_000)
    options.crashes = specs[0].seconds * 100 / Double(specs[0].limit)
    options.downtime = specs[0].seconds / 50
    options.reboots = 0.5
    check(options, Seed(), crashes: 2)
  }

  @Test("slow answers and many crashes: none is refused", arguments: limits)
  func slowCrashes(specs: [WindowSpec]) {
    var options = WindowSimulation.Options(specs: specs, contacts: 1_500)
    options.latency = specs[0].seconds / 3
    options.timeout = specs[0].seconds
    options.crashes = specs[0].seconds * 2
    options.reboots = 0.2
    check(options, Seed(), crashes: 2)
  }

  @Test("the same seed gives the same calls") func deterministic() {
    let seed = Seed()
    func run() -> [Int64] {
      var options = WindowSimulation.Options(specs: [WindowSpec(5, in: 1)], contacts: 500)
      options.crashes = 20
      options.lost = 0.01
      var simulation = WindowSimulation(options, seed: seed.value)
      simulation.run()
      return simulation.log.map(\.arrived)
    }
    #expect(run() == run(), "\(seed)")
  }
}
