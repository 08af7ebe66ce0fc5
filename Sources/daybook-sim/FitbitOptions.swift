import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated Fitbit Web API.
struct FitbitOptions: ParsableArguments {
  @OptionGroup var people: PeopleOptions

  @OptionGroup var client: ClientOptions<FitbitDefaults>

  @Flag(help: "A loopback redirect URI may have any port.")
  var anyPort = false

  @Flag(help: "The app may not read minutes: they are left out.")
  var notApproved = false

  @Option(help: ArgumentHelp("Seconds that count as an hour.", valueName: "seconds"))
  var hour = 3_600.0

  @Option(help: ArgumentHelp("Calls in an hour for each person.", valueName: "calls"))
  var hourLimit = 150

  @Option(help: ArgumentHelp("Seconds that an access token lives.", valueName: "seconds"))
  var tokenLife = 28_800

  @Option(
    help: ArgumentHelp(
      "How long a used refresh token lives on: none, until-used or seconds.", valueName: "time"))
  var grace = "until-used"

  @OptionGroup var days: DaysOptions<FitbitDefaults>

  @Option(
    help: ArgumentHelp("Seconds between two points of a day, at least.", valueName: "seconds"))
  var pointEvery = 1

  func validate() throws {
    try check(window: hour, "--hour")
    try check(limits: hourLimit)
    try check(life: tokenLife, "--token-life")
    try check(RefreshGrace(grace) != nil, RefreshGrace.complaint)
    try check(between: pointEvery, "--point-every")
  }

  func model(_ server: ServerOptions) -> FitbitModel {
    var settings = FitbitSettings(memberSince: server.firstDay(people.place), zone: people.place)
    settings.seed = server.seed
    settings.persons = people.persons
    settings.clientID = client.clientID
    settings.clientSecret = client.clientSecret
    settings.redirectURIs = client.redirectURIs
    settings.anyLoopbackPort = anyPort
    settings.approved = !notApproved
    settings.quota = SimWindow("Hour", length: .seconds(hour), limit: hourLimit)
    settings.tokenLife = .seconds(tokenLife)
    settings.grace = RefreshGrace(grace) ?? .untilUsed
    settings.lateRate = days.late
    settings.emptyRate = days.empty
    settings.pointEvery = pointEvery
    return FitbitModel(settings)
  }
}

enum FitbitDefaults: OptionDefaults {
  static let redirectURIs = [
    "http://127.0.0.1:8754/", "http://localhost/", "http://127.0.0.1/",
  ]
  static let late = 0.08
}
