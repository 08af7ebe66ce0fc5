import DaybookCore

/// Statuses that the tests show.
enum Samples {
  static let daemon: DaemonStatus = {
    var daemon = DaemonStatus(
      version: "1.0.0", pid: 812, state: .ready, since: Instant(seconds: 1_795_340_000),
      archive: "/var/lib/daybook/archive")
    daemon.days = 4_204
    daemon.missing = 2_296
    return daemon
  }()

  static func stream(_ name: String, _ edit: (inout StreamStatus) -> Void = { _ in })
    -> StreamStatus
  {
    var stream = StreamStatus(name: name)
    edit(&stream)
    return stream
  }

  /// In the middle of a backfill.
  static let working: AccountStatus = {
    var account = AccountStatus(name: "me-moves", provider: "moves", state: .working)
    account.firstDay = Day("2014-01-12")
    account.zone = "Europe/Helsinki"
    account.streams = [
      stream("storyline") {
        $0.missing = 2_296
        $0.open = 4
        $0.final = 1_200
        $0.confirmed = 1_100
      }
    ]
    account.windows = [
      WindowStatus(name: "minute", per: .app, seconds: 60, limit: 60, used: 58),
      WindowStatus(name: "hour", per: .app, seconds: 3_600, limit: 2_000, used: 1_204),
    ]
    account.calls = 1_250
    account.rate = 58.4
    account.eta = 2_400
    account.lastDay = Day("2016-06-18")
    account.lastAt = testNow - .minutes(2)
    return account
  }()

  /// Everything is there.
  static let idle: AccountStatus = {
    var account = AccountStatus(name: "phone", provider: "owntracks", state: .idle)
    account.streams = [
      stream("places") {
        $0.open = 3
        $0.final = 2_997
        $0.confirmed = 2_990
      }
    ]
    return account
  }()

  /// Its provider has ended before the last days were final.
  static let sealed: AccountStatus = {
    var account = AccountStatus(name: "fit", provider: "fit", state: .sealed)
    account.reason = "the provider has ended"
    account.sunset = Day("2026-11-02")
    account.daysLeft = -20
    account.successor = "health"
    account.lastSeen = Day("2026-11-01")
    account.streams = [
      stream("steps") {
        $0.missing = 10
        $0.open = 9
        $0.final = 2_991
      }
    ]
    return account
  }()

  static let waiting: AccountStatus = {
    var account = working
    account.name = "her-moves"
    account.state = .waiting
    account.reason = "hour window"
    account.until = testNow + .minutes(12)
    account.rate = 0
    return account
  }()

  static let troubled: AccountStatus = {
    var account = AccountStatus(name: "old", provider: "fitbit", state: .signInNeeded)
    account.reason = "the grant has ended"
    account.sunset = Day("2027-01-31")
    account.successor = "google-health"
    account.streams = [
      stream("steps") {
        $0.final = 90
        $0.failing = 3
        $0.damaged = 1
      },
      stream("sleep") { $0.refused = 94 },
    ]
    return account
  }()
}

/// A status as the daemon streams it: one account in each reply.
func statusSteps(_ accounts: [AccountStatus], _ daemon: DaemonStatus = Samples.daemon)
  -> [FakeDaemon.Step]
{
  guard let last = accounts.last else { return [.reply(.status(daemon, []))] }
  return accounts.dropLast().map { .more(.status(daemon, [$0])) } + [
    .reply(.status(daemon, [last]))
  ]
}
