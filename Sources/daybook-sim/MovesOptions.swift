import ArgumentParser
import DaybookSimulator

/// What can be chosen about the simulated Moves.
struct MovesOptions: ParsableArguments {
  @Option(help: "A known zone (Europe/Helsinki) or NAME=+HHMM.")
  var zone = "Europe/Helsinki"

  @Option(help: ArgumentHelp("People with an account.", valueName: "count"))
  var persons = 1

  @Option(help: ArgumentHelp("Id of the registered client.", valueName: "id"))
  var clientID = "daybook"

  @Option(help: ArgumentHelp("Secret of the registered client.", valueName: "secret"))
  var clientSecret = "s3cret-of-the-simulator"

  @Option(
    name: .customLong("redirect-uri"),
    help: ArgumentHelp("A registered redirect URI, up to three times.", valueName: "uri"))
  var redirectURIs: [String] = ["http://localhost/", "http://127.0.0.1/"]

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

  @Option(help: ArgumentHelp("Part of the days that change late, 0 to 1.", valueName: "part"))
  var late = 0.08

  @Option(help: ArgumentHelp("Part of the fortnights with empty days, 0 to 1.", valueName: "part"))
  var empty = 0.25

  @Option(help: ArgumentHelp("Seconds between two track points.", valueName: "seconds"))
  var pointEvery = 60

  func validate() throws {
    guard SimZone(zone) != nil else {
      let known = SimZone.known.map(\.id).joined(separator: ", ")
      throw ValidationError("--zone '\(zone)' is none of \(known), nor NAME=+HHMM")
    }
    try check((1...1_000).contains(persons), "--persons is 1 to 1000")
    try check((0.01...86_400).contains(minute), "--minute is 0.01 to 86400 seconds")
    try check((minute...864_000).contains(hour), "--hour is --minute to 864000 seconds")
    try check(minuteLimit > 0 && hourLimit > 0, "a limit is at least 1")
    try check((1...1 << 31).contains(tokenLife), "--token-life is at least 1 second")
    try check(parsedGrace != nil, "--grace is none, until-used or a number of seconds")
    try check((0...1).contains(late) && (0...1).contains(empty), "a part is 0 to 1")
    try check((1...86_400).contains(pointEvery), "--point-every is 1 to 86400 seconds")
    try check(redirectURIs.count <= 3, "at most three --redirect-uri")
    try check(
      redirectURIs.allSatisfy { $0.contains("://") }, "--redirect-uri is a URI with its scheme")
  }

  private func check(_ holds: Bool, _ text: String) throws {
    guard holds else { throw ValidationError(text) }
  }

  private var parsedGrace: RefreshGrace? {
    switch grace {
    case "none": RefreshGrace.none
    case "until-used": .untilUsed
    default: Int(grace).flatMap { $0 >= 0 ? .seconds($0) : nil }
    }
  }

  func model(_ server: ServerOptions) -> MovesModel {
    let zone = SimZone(self.zone) ?? SimZone(id: "UTC", standard: 0)
    var settings = MovesSettings(firstDay: server.firstDay(zone), zone: zone)
    settings.seed = server.seed
    settings.persons = persons
    settings.clientID = clientID
    settings.clientSecret = clientSecret
    settings.redirectURIs = redirectURIs
    settings.anyLoopbackPort = anyPort
    settings.windows = [
      SimWindow("Minute", length: .seconds(minute), limit: minuteLimit),
      SimWindow("Hour", length: .seconds(hour), limit: hourLimit),
    ]
    settings.limitsPerApp = !limitsPerGrant
    settings.freshFactor = freshDoubles ? 2 : 1
    settings.tokenLife = .seconds(tokenLife)
    settings.grace = parsedGrace ?? RefreshGrace.none
    settings.reuseEndsGrant = reuseEndsGrant
    settings.lateRate = late
    settings.emptyRate = empty
    settings.pointEvery = pointEvery
    return MovesModel(settings)
  }
}
