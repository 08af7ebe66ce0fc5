import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated Fitbit Web API.
struct FitbitOptions: ParsableArguments {
  @OptionGroup var people: PeopleOptions

  @Option(help: ArgumentHelp("Id of the registered client.", valueName: "id"))
  var clientID = "daybook"

  @Option(help: ArgumentHelp("Secret of the registered client.", valueName: "secret"))
  var clientSecret = "s3cret-of-the-simulator"

  @Option(
    name: .customLong("redirect-uri"),
    help: ArgumentHelp("A registered redirect URI; may be repeated.", valueName: "uri"))
  var redirectURIs: [String] = ["http://127.0.0.1:8754/", "http://localhost/", "http://127.0.0.1/"]

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

  @Option(help: ArgumentHelp("Part of the days that change late, 0 to 1.", valueName: "part"))
  var late = 0.08

  @Option(help: ArgumentHelp("Part of the fortnights with empty days, 0 to 1.", valueName: "part"))
  var empty = 0.25

  @Option(
    help: ArgumentHelp("Seconds between two points of a day, at least.", valueName: "seconds"))
  var pointEvery = 1

  func validate() throws {
    try check(redirectURIs: redirectURIs)
    try check(window: hour, "--hour")
    try check(limits: hourLimit)
    try check(life: tokenLife, "--token-life")
    try check(RefreshGrace(grace) != nil, RefreshGrace.complaint)
    try check(parts: late, empty)
    try check((1...86_400).contains(pointEvery), "--point-every is 1 to 86400 seconds")
  }

  func model(_ server: ServerOptions) -> FitbitModel {
    var settings = FitbitSettings(memberSince: server.firstDay(people.place), zone: people.place)
    settings.seed = server.seed
    settings.persons = people.persons
    settings.clientID = clientID
    settings.clientSecret = clientSecret
    settings.redirectURIs = redirectURIs
    settings.anyLoopbackPort = anyPort
    settings.approved = !notApproved
    settings.quota = SimWindow("Hour", length: .seconds(hour), limit: hourLimit)
    settings.tokenLife = .seconds(tokenLife)
    settings.grace = RefreshGrace(grace) ?? .untilUsed
    settings.lateRate = late
    settings.emptyRate = empty
    settings.pointEvery = pointEvery
    return FitbitModel(settings)
  }
}
