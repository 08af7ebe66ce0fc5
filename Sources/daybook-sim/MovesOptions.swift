import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated Moves.
struct MovesOptions: ParsableArguments {
  @OptionGroup var people: PeopleOptions

  @OptionGroup var client: ClientOptions<MovesDefaults>

  @Flag(help: "A loopback redirect URI may have any port.")
  var anyPort = false

  @Option(help: ArgumentHelp("Seconds that count as a minute.", valueName: "seconds"))
  var minute = 60.0

  @Option(help: ArgumentHelp("Seconds that count as an hour.", valueName: "seconds"))
  var hour = 3_600.0

  @Option(help: ArgumentHelp("Calls in a minute.", valueName: "calls"))
  var minuteLimit = 60

  @Option(help: ArgumentHelp("Calls in an hour.", valueName: "calls"))
  var hourLimit = 2_000

  @Flag(help: "Limits for each grant instead of one pool for the client.")
  var limitsPerGrant = false

  @Flag(inversion: .prefixedNo, help: "Twice the limits in a token's first hour.")
  var freshDoubles = true

  @Option(help: ArgumentHelp("Seconds that an access token lives.", valueName: "seconds"))
  var tokenLife = 15_551_998

  @Option(
    help: ArgumentHelp(
      "How long a used refresh token lives on: none, until-used or seconds.", valueName: "time"))
  var grace = "none"

  @Flag(help: "A dead refresh token, sent again, ends the grant.")
  var reuseEndsGrant = false

  @OptionGroup var days: DaysOptions<MovesDefaults>

  @Option(help: ArgumentHelp("Seconds between two track points.", valueName: "seconds"))
  var pointEvery = 60

  func validate() throws {
    try check(window: minute, "--minute")
    try check((minute...864_000).contains(hour), "--hour is --minute to 864000 seconds")
    try check(limits: minuteLimit, hourLimit)
    try check(life: tokenLife, "--token-life")
    try check(RefreshGrace(grace) != nil, RefreshGrace.complaint)
    try check(between: pointEvery, "--point-every")
    try check(client.redirectURIs.count <= 3, "at most three --redirect-uri")
  }

  func model(_ server: ServerOptions) -> MovesModel {
    var settings = MovesSettings(firstDay: server.firstDay(people.place), zone: people.place)
    settings.seed = server.seed
    settings.persons = people.persons
    settings.clientID = client.clientID
    settings.clientSecret = client.clientSecret
    settings.redirectURIs = client.redirectURIs
    settings.anyLoopbackPort = anyPort
    settings.windows = [
      SimWindow("Minute", length: .seconds(minute), limit: minuteLimit),
      SimWindow("Hour", length: .seconds(hour), limit: hourLimit),
    ]
    settings.limitsPerApp = !limitsPerGrant
    settings.freshFactor = freshDoubles ? 2 : 1
    settings.tokenLife = .seconds(tokenLife)
    settings.grace = RefreshGrace(grace) ?? RefreshGrace.none
    settings.reuseEndsGrant = reuseEndsGrant
    settings.lateRate = days.late
    settings.emptyRate = days.empty
    settings.pointEvery = pointEvery
    return MovesModel(settings)
  }
}

enum MovesDefaults: OptionDefaults {
  static let redirectURIs = ["http://localhost/", "http://127.0.0.1/"]
  static let redirectHelp = "A registered redirect URI, up to three times."
  static let late = 0.08
}
