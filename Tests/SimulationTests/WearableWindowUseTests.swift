import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// The same for the providers of one wearable: each with its own windows, beside the model's, behind
/// a server that counts in the strictest way.
@Suite("Use of windows: Fitbit, its site, Google Health")
struct WearableWindowUseTests {
  struct Case: CustomTestStringConvertible {
    var name: String
    var gate: RateGate
    var windows = 10
    var days: Int
    /// Of the wire. A pause between two calls lasts from an answer to the next call, so what a
    /// window of one call wastes is the wire's time.
    var latency = Duration.milliseconds(200)
    var change: @Sendable (inout WorldOptions) -> Void
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "fitbit", gate: RateGate(.rolling, 150, per: .hours(1)), days: 260) {
      $0.fitbits = ["me"]
      $0.changeAccount = {
        $0.streams = ["steps", "calories", "distance", "floors", "elevation", "heart"]
      }
    },
    Case(name: "google-health", gate: RateGate(.rolling, 150, per: .minutes(1)), days: 1_200) {
      $0.googles = ["me"]
      $0.changeGoogle = {
        $0.isVerified = false
        $0.heartRateEvery = 3_600
      }
    },
    Case(
      name: "fitbit-site", gate: RateGate(.rolling, 1, per: .seconds(1)), windows: 400, days: 120,
      latency: .milliseconds(5)
    ) { $0.sites = ["me"] },
  ]

  @Test("at least 99 % of what is allowed is used, and no call is refused", arguments: cases)
  func use(of c: Case) throws {
    let world = try World.signedIn(history: c.days) { options in
      options.start = Instant(rfc3339: "2016-06-01T12:00:00Z") ?? options.start
      options.accounts = []
      options.latency = c.latency
      c.change(&options)
    }
    // Behind the sign-in: a site's pages for it are outside every window.
    world.gate = c.gate
    let calls = c.gate.limit * c.windows
    try world.run(for: c.gate.length * (2 * c.windows)) {
      (world.gate?.arrivals.count ?? 0) > calls
    }
    let gate = try #require(world.gate)
    let use = try gate.use(windows: c.windows)
    #expect(use >= 0.99, "\(use)")
    #expect(gate.refused == 0)
    let models = world.providers.providers
    #expect((models.fitbit?.stats.refused ?? 0) == 0)
    #expect((models.googleHealth?.stats.refused ?? 0) == 0)
    #expect((models.fitbitSite?.stats.refused ?? 0) == 0)
    #expect(world.violations() == [])
  }
}
