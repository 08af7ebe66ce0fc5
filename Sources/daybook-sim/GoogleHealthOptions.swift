import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated Google Health API.
struct GoogleHealthOptions: ParsableArguments {
  @OptionGroup var people: PeopleOptions

  @OptionGroup var client: ClientOptions<GoogleHealthDefaults>

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

  @OptionGroup var days: DaysOptions<GoogleHealthDefaults>

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
    try check(life: testingLife, "--testing-life")
    try check(window: minute, "--minute")
    try check(limits: minuteLimit, projectLimit)
    try check(QuotaAlignment(rawValue: align) != nil, "--align is rolling, clock or first-call")
    try check(life: tokenLife, "--token-life")
    try check(between: heartRateEvery, "--heart-rate-every")
    try check(between: pointEvery, "--point-every")
    let known = 0..<people.persons
    try check(withoutFitbit.allSatisfy(known.contains), "--without-fitbit is 0 to --persons less 1")
    try check(notLinked.allSatisfy(known.contains), "--not-linked is 0 to --persons less 1")
  }

  func model(_ server: ServerOptions) -> GoogleHealthModel {
    var settings = GoogleHealthSettings(
      firstDay: server.firstDay(people.place), zone: people.place)
    settings.seed = server.seed
    settings.persons = people.persons
    settings.clientID = client.clientID
    settings.clientSecret = client.clientSecret
    settings.redirectURIs = client.redirectURIs
    settings.isDesktop = anyPort
    settings.isVerified = !unverified
    settings.testing = testing
    settings.testingLife = .seconds(testingLife)
    limit(&settings)
    settings.tokenLife = .seconds(tokenLife)
    settings.lateRate = days.late
    settings.emptyRate = days.empty
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

enum GoogleHealthDefaults: OptionDefaults {
  static let clientID = "daybook.apps.googleusercontent.com"
  static let redirectURIs = ["http://127.0.0.1/", "http://localhost/"]
  static let late = 0.05
}
