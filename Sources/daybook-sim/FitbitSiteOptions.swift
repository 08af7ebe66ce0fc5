import ArgumentParser
import DaybookSimulator

/// What can be chosen about Fitbit's simulated web site.
struct FitbitSiteOptions: ParsableArguments {
  @OptionGroup var people: PeopleOptions

  @Option(
    help: ArgumentHelp(
      "With which the first person signs in; the others are jane+1@example.org and so on.",
      valueName: "address"))
  var email = "jane@example.org"

  @Option(help: ArgumentHelp("Of everybody.", valueName: "text"))
  var password = "s3cret of the simulator"

  @Option(help: ArgumentHelp("Seconds that a session lives.", valueName: "seconds"))
  var sessionLife = 3_600

  @Option(
    help: ArgumentHelp(
      "Seconds in which one graph is served, and no second one; without it: no limit.",
      valueName: "seconds"))
  var gap: Double?

  @Flag(help: "The login page is there without a cookie too.")
  var noCookieGate = false

  @Flag(help: "Who does not call itself Mozilla is answered too.")
  var noAgentGate = false

  @Flag(name: .customLong("clock-24"), help: "Sleep times as 23:58 instead of 11:58PM.")
  var clock24 = false

  @OptionGroup var days: DaysOptions<FitbitSiteDefaults>

  func validate() throws {
    let parts = email.split(separator: "@", omittingEmptySubsequences: false)
    try check(parts.count == 2 && !parts.contains(""), "--email '\(email)' is not NAME@HOST")
    try check(!password.isEmpty, "--password is not empty")
    try check(life: sessionLife, "--session-life")
    if let gap { try check(window: gap, "--gap") }
  }

  func model(_ server: ServerOptions) -> FitbitSiteModel {
    var settings = FitbitSiteSettings(firstDay: server.firstDay(people.place), zone: people.place)
    settings.seed = server.seed
    settings.persons = people.persons
    settings.email = email
    settings.password = password
    settings.sessionLife = .seconds(sessionLife)
    if let gap {
      settings.enforcesQuota = true
      settings.windows = [SimWindow("Gap", length: .seconds(gap), limit: 1)]
    }
    settings.cookieGate = !noCookieGate
    settings.agentGate = !noAgentGate
    settings.clock24 = clock24
    settings.lateRate = days.late
    settings.emptyRate = days.empty
    return FitbitSiteModel(settings)
  }
}

enum FitbitSiteDefaults: OptionDefaults {
  static let late = 0.05
  static let lateHelp = "Part of the days that arrive late, 0 to 1."
}
