import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// What one simulated installation is like.
struct WorldOptions {
  var seed: UInt64 = 1
  var start = Instant(rfc3339: "2018-06-01T12:00:00Z") ?? Instant(seconds: 1_527_854_400)
  /// Round trip.
  var latency = Duration.milliseconds(200)
  var faults: [FaultRule] = []
  var synchronised = true
  /// First day before the start, of every account.
  var history = 60

  /// Accounts at Moves, each a person, all of one client.
  var accounts = ["me"]
  /// The model's own limits, in front of which a gate may stand.
  var windows = [
    SimWindow("Minute", length: .minutes(1), limit: 60),
    SimWindow("Hour", length: .hours(1), limit: 2_000),
  ]
  var gate: RateGate?
  /// The operator's, in the settings.
  var ownWindows: [WindowSpec] = []
  /// A fresh token has this many times the limits at first.
  var freshFactor = 2
  var tokenLife = Duration.days(180)
  var grace = RefreshGrace.seconds(120)
  var reuseEndsGrant = false
  var lateRate = 0.08
  var emptyRate = 0.25

  /// Accounts at a recorder of OwnTracks.
  var trackers: [String] = []
  var trackerZone: String?
  var trackerLateRate = 0.1
  /// Seconds between two points.
  var pointEvery = 14_400

  var timeout: Duration?
  var fresh = Duration.hours(3)

  var firstDay: Day { Zone.utc.day(at: start) - history }

  func providers() -> Providers {
    var moves = MovesSettings(firstDay: firstDay)
    moves.seed = seed
    moves.windows = windows
    moves.freshFactor = freshFactor
    moves.tokenLife = tokenLife
    moves.grace = grace
    moves.reuseEndsGrant = reuseEndsGrant
    moves.lateRate = lateRate
    moves.emptyRate = emptyRate
    moves.persons = max(1, accounts.count) + 1
    moves.pointEvery = 14_400
    moves.redirectURIs = [Engine.defaultRedirect]
    var tracks = OwnTracksSettings(firstDay: firstDay)
    tracks.seed = seed
    tracks.devices = trackers.map { .init(user: $0, device: "phone") }
    tracks.pointEvery = pointEvery
    tracks.lateRate = trackerLateRate
    return Providers(moves: MovesModel(moves), ownTracks: OwnTracksModel(tracks))
  }

  /// As the daemon would read it, from the provider files that are shipped.
  var configuration: Configuration {
    var settings = Settings()
    settings.fresh = fresh
    settings.clients = [
      ClientSettings(name: "app", provider: "moves", clientID: "daybook", secret: .credential("s"))
    ]
    settings.accounts = accounts.map(person) + trackers.map(tracker)
    return Configuration(
      settings: settings,
      providers: ["moves": Shipped.moves, "owntracks": Shipped.ownTracks],
      secrets: ["app": Secret("s3cret-of-the-simulator")])
  }

  func person(_ name: String) -> AccountSettings {
    var account = AccountSettings(name: name, provider: "moves")
    account.client = "app"
    account.origin = "http://127.0.0.1:1"
    account.timeout = timeout
    account.windows = ownWindows
    return account
  }

  func tracker(_ name: String) -> AccountSettings {
    var account = AccountSettings(name: name, provider: "owntracks")
    account.params = [Field("user", name), Field("device", "phone")]
    account.zone = trackerZone
    account.timeout = timeout
    return account
  }
}
