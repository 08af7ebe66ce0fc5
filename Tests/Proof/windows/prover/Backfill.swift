import DaybookCore
import Foundation

@testable import DaybookEngine
@testable import World

/// The daemon's loop with more days to read than it has time for.
struct Backfill {
  private let world: World
  private let judge = Judge()

  init(provider file: String, seed: UInt64, accounts: Int, days: Int) throws {
    var options = WorldOptions()
    options.seed = seed
    options.latencySpread = 0.5
    options.isWatched = false
    options.own = try Self.configuration(
      of: file, accounts: accounts, since: Zone.utc.day(at: options.start) - days)
    world = try World(options)
    world.provider = { [unowned world, judge] in judge.answer($0, at: world.clock.truth) }
  }

  /// All accounts are of one client, so that they share the windows that are per app.
  private static func configuration(of file: String, accounts: Int, since: Day) throws
    -> Configuration
  {
    let text = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
    let provider = try ProviderFile.load(text, file: file).get()
    var settings = Settings()
    settings.clients = [
      ClientSettings(name: "app", provider: provider.name, clientID: "app", secret: nil)
    ]
    settings.accounts = (0..<accounts).map { number in
      var account = AccountSettings(name: "a\(number)", provider: provider.name)
      account.client = "app"
      account.params = [Field("user", account.name)]
      account.since = since
      return account
    }
    return Configuration(settings: settings, providers: [provider.name: provider], secrets: [:])
  }

  func play(for length: Duration, _ happenings: [Happening]) throws {
    for happening in happenings {
      try run(for: happening.at)
      try happening.strike(world)
    }
    try run(for: length)
  }

  /// Until so long after the beginning.
  private func run(for length: Duration) throws {
    try world.run(until: world.options.start + length) { judge.isGone }
  }
}
