import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated Google Health API.
struct GoogleHealthOptions: ParsableArguments {
  @OptionGroup var people: PeopleOptions

  @Option(help: ArgumentHelp("Id of the registered client.", valueName: "id"))
  var clientID = "daybook.apps.googleusercontent.com"

  @Option(help: ArgumentHelp("Secret of the registered client.", valueName: "secret"))
  var clientSecret = "s3cret-of-the-simulator"

  @Option(
    name: .customLong("redirect-uri"),
    help: ArgumentHelp("A registered redirect URI; may be repeated.", valueName: "uri"))
  var redirectURIs: [String] = ["http://127.0.0.1/", "http://localhost/"]

  @Flag(
    inversion: .prefixedNo,
    help: "A loopback redirect URI may have any port, as for a desktop client.")
  var anyPort = true

  @Flag(help: "An app that is not verified: at most 150 calls in a minute for each person.")
  var unverified = false

  @Flag(help: "An app in Testing: grants end by themselves.")
  var testing = false

  @Option(help: ArgumentHelp("Seconds that a grant in Testing lives.", valueName: "seconds"))
  var testingLife = 604_800

  @Option(help: ArgumentHelp("Seconds that count as a minute.", valueName: "seconds"))
  var minute = 60.0

  @Option(help: ArgumentHelp("Calls in a minute for each person.", valueName: "calls"))
  var minuteLimit = 300

  @Option(help: ArgumentHelp("Calls in a minute for all together.", valueName: "calls"))
  var projectLimit = 120_000

  @Option(help: ArgumentHelp("A minute is rolling, clock or first-call.", valueName: "how"))
  var align = "rolling"

  @Option(help: ArgumentHelp("Seconds that an access token lives.", valueName: "seconds"))
  var tokenLife = 3_600

  @Option(help: ArgumentHelp("Part of the days that change late, 0 to 1.", valueName: "part"))
  var late = 0.05

  @Option(help: ArgumentHelp("Part of the fortnights with empty days, 0 to 1.", valueName: "part"))
  var empty = 0.25

  @Option(help: ArgumentHelp("Seconds between two heart rates.", valueName: "seconds"))
  var heartRateEvery = 30

  @Option(
    help: ArgumentHelp("Seconds between two other points, at least.", valueName: "seconds"))
  var pointEvery = 1

  @Option(
    help: ArgumentHelp(
      "Number of a person without a Fitbit profile; may be repeated.", valueName: "person"))
  var withoutFitbit: [Int] = []

  @Option(
    help: ArgumentHelp(
      "Number of a person whose account is not linked; may be repeated.", valueName: "person"))
  var notLinked: [Int] = []

  func validate() throws {
    try check(redirectURIs: redirectURIs)
    try check(life: testingLife, "--testing-life")
    try check(window: minute, "--minute")
    try check(limits: minuteLimit, projectLimit)
    try check(QuotaAlignment(rawValue: align) != nil, "--align is rolling, clock or first-call")
    try check(life: tokenLife, "--token-life")
    try check(parts: late, empty)
    try check((1...86_400).contains(heartRateEvery), "--heart-rate-every is 1 to 86400 seconds")
    try check((1...86_400).contains(pointEvery), "--point-every is 1 to 86400 seconds")
    let known = 0..<people.persons
    try check(withoutFitbit.allSatisfy(known.contains), "--without-fitbit is 0 to --persons less 1")
    try check(notLinked.allSatisfy(known.contains), "--not-linked is 0 to --persons less 1")
  }

  func model(_ server: ServerOptions) -> GoogleHealthModel {
    var settings = GoogleHealthSettings(
      firstDay: server.firstDay(people.place), zone: people.place)
    settings.seed = server.seed
    settings.persons = people.persons
    settings.clientID = clientID
    settings.clientSecret = clientSecret
    settings.redirectURIs = redirectURIs
    settings.isDesktop = anyPort
    settings.isVerified = !unverified
    settings.testing = testing
    settings.testingLife = .seconds(testingLife)
    limit(&settings)
    settings.tokenLife = .seconds(tokenLife)
    settings.lateRate = late
    settings.emptyRate = empty
    settings.heartRateEvery = heartRateEvery
    settings.pointEvery = pointEvery
    settings.withoutFitbit = withoutFitbit
    settings.notLinked = notLinked
    return GoogleHealthModel(settings)
  }

  /// The limits of a day stay as they are.
  private func limit(_ settings: inout GoogleHealthSettings) {
    settings.userWindow.length = .seconds(minute)
    settings.userWindow.limit = minuteLimit
    settings.projectWindows[0].length = .seconds(minute)
    settings.projectWindows[0].limit = projectLimit
    settings.alignment = QuotaAlignment(rawValue: align) ?? .rolling
  }
}
