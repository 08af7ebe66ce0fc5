import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// What one simulated installation is like.
struct WorldOptions {
  var seed: UInt64 = 1
  var start = Instant(rfc3339: "2018-06-01T12:00:00Z") ?? Instant(seconds: 1_527_854_400)
  /// Round trip.
  var latency = Duration.milliseconds(200)
  /// Of a log-normal latency, whose median is half of the round trip each way; 0: the usual one.
  var latencySpread = 0.0
  /// No call takes longer than another.
  var latencyIsFixed = false
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

  /// Days from the start until Moves ends, as its provider file says; at its own address then.
  var endsIn: Int?
  /// Of all accounts at Moves.
  var timeline: String?
  /// Accounts at Fitbit and at Google Health, each a person, all of one client each.
  var fitbits: [String] = []
  var googles: [String] = []
  /// Accounts at Fitbit's web site.
  var sites: [String] = []
  /// What is special about these models, and about the accounts' settings.
  var changeFitbit: (inout FitbitSettings) -> Void = { _ in }
  var changeGoogle: (inout GoogleHealthSettings) -> Void = { _ in }
  var changeSite: (inout FitbitSiteSettings) -> Void = { _ in }
  var changeAccount: (inout AccountSettings) -> Void = { _ in }

  /// In the place of accounts and providers: what the daemon reads.
  var own: Configuration?
  /// Whether every event is looked at and noted: not where only the calls are of interest.
  var isWatched = true

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
    var providers = Providers(moves: MovesModel(moves), ownTracks: OwnTracksModel(tracks))
    providers.fitbit = fitbits.isEmpty ? nil : FitbitModel(fitbitSettings)
    providers.googleHealth = googles.isEmpty ? nil : GoogleHealthModel(googleSettings)
    providers.fitbitSite = sites.isEmpty ? nil : FitbitSiteModel(siteSettings)
    return providers
  }

  var siteSettings: FitbitSiteSettings {
    var settings = FitbitSiteSettings(firstDay: firstDay, zone: SimZone(id: "UTC", standard: 0))
    settings.seed = seed
    settings.persons = sites.count + 1
    settings.lateRate = 0
    changeSite(&settings)
    return settings
  }

  private var fitbitSettings: FitbitSettings {
    var settings = FitbitSettings(memberSince: firstDay)
    settings.seed = seed
    settings.persons = fitbits.count + 1
    settings.redirectURIs = [Engine.defaultRedirect]
    settings.lateRate = 0
    changeFitbit(&settings)
    return settings
  }

  private var googleSettings: GoogleHealthSettings {
    var settings = GoogleHealthSettings(firstDay: firstDay)
    settings.seed = seed
    settings.persons = googles.count + 1
    settings.clientID = "daybook"
    settings.lateRate = 0
    // Few points, so that a test of many days is quick.
    settings.heartRateEvery = 600
    changeGoogle(&settings)
    return settings
  }

  /// As the daemon would read it, from the provider files that are shipped.
  var configuration: Configuration {
    var settings = Settings()
    settings.fresh = fresh
    let clients = [("app", "moves"), ("fitbit", "fitbit"), ("google", "google-health")]
    settings.clients = clients.map { name, provider in
      ClientSettings(name: name, provider: provider, clientID: "daybook", secret: .credential("s"))
    }
    settings.accounts =
      accounts.map(person) + trackers.map(tracker) + fitbits.map { wearer($0, "fitbit", "fitbit") }
      + googles.map { wearer($0, "google-health", "google") } + sites.map(visitor)
    return Configuration(
      settings: settings, providers: providersOfFiles,
      secrets: Dictionary(
        uniqueKeysWithValues: clients.map { ($0.0, Secret("s3cret-of-the-simulator")) }))
  }

  /// The site does not tell where the history begins.
  private func visitor(_ name: String) -> AccountSettings {
    var account = wearer(name, "fitbit-site", "")
    account.client = nil
    account.since = firstDay
    return account
  }

  private func wearer(_ name: String, _ provider: String, _ client: String) -> AccountSettings {
    var account = AccountSettings(name: name, provider: provider)
    account.client = client
    account.origin = "http://127.0.0.1:1"
    account.timeout = timeout
    changeAccount(&account)
    return account
  }

  private var providersOfFiles: [String: Provider] {
    var all = Shipped.all
    all["moves"] = moves
    return all
  }

  private var moves: Provider {
    var moves = Shipped.moves
    if let endsIn {
      moves.sunset = Zone.utc.day(at: start) + endsIn
      moves.successor = "health"
    }
    return moves
  }

  func person(_ name: String) -> AccountSettings {
    var account = AccountSettings(name: name, provider: "moves")
    account.client = "app"
    account.origin = endsIn == nil ? "http://127.0.0.1:1" : nil
    account.timeline = timeline
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
