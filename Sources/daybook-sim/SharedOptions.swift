import ArgumentParser
import DaybookSimulator

/// Whose days a provider has.
struct PeopleOptions: ParsableArguments {
  @Option(help: "A known zone (Europe/Helsinki) or NAME=+HHMM.")
  var zone = "Europe/Helsinki"

  @Option(help: ArgumentHelp("People with an account.", valueName: "count"))
  var persons = 1

  func validate() throws {
    guard SimZone(zone) != nil else {
      let known = SimZone.known.map(\.id).joined(separator: ", ")
      throw ValidationError("--zone '\(zone)' is none of \(known), nor NAME=+HHMM")
    }
    try check((1...1_000).contains(persons), "--persons is 1 to 1000")
  }

  /// The zone, which `validate` has seen.
  var place: SimZone { SimZone(zone) ?? SimZone(id: "UTC", standard: 0) }
}

/// What differs between the providers in options that several have.
protocol OptionDefaults: Sendable {
  static var clientID: String { get }
  static var redirectURIs: [String] { get }
  static var redirectHelp: String { get }
  static var late: Double { get }
  static var lateHelp: String { get }
}

extension OptionDefaults {
  static var clientID: String { "daybook" }
  static var redirectURIs: [String] { [] }
  static var redirectHelp: String { "A registered redirect URI; may be repeated." }
  static var lateHelp: String { "Part of the days that change late, 0 to 1." }
}

/// The app that is registered at a provider.
struct ClientOptions<Defaults: OptionDefaults>: ParsableArguments {
  @Option(help: ArgumentHelp("Id of the registered client.", valueName: "id"))
  var clientID = Defaults.clientID

  @Option(help: ArgumentHelp("Secret of the registered client.", valueName: "secret"))
  var clientSecret = "s3cret-of-the-simulator"

  @Option(
    name: .customLong("redirect-uri"),
    help: ArgumentHelp(stringLiteral: Defaults.redirectHelp).named("uri"))
  var redirectURIs: [String] = Defaults.redirectURIs

  func validate() throws {
    try check(
      redirectURIs.allSatisfy { $0.contains("://") }, "--redirect-uri is a URI with its scheme")
  }
}

/// How whole a person's days are.
struct DaysOptions<Defaults: OptionDefaults>: ParsableArguments {
  @Option(help: ArgumentHelp(stringLiteral: Defaults.lateHelp).named("part"))
  var late = Defaults.late

  @Option(help: ArgumentHelp("Part of the fortnights with empty days, 0 to 1.", valueName: "part"))
  var empty = 0.25

  func validate() throws {
    try check([late, empty].allSatisfy((0...1).contains), "a part is 0 to 1")
  }
}

extension ArgumentHelp {
  fileprivate func named(_ valueName: String) -> ArgumentHelp {
    var help = self
    help.valueName = valueName
    return help
  }
}

/// What the options of several providers check in the same way.
extension ParsableArguments {
  func check(_ holds: Bool, _ text: String) throws {
    guard holds else { throw ValidationError(text) }
  }

  /// Seconds that a window lasts: very short ones too, for who does not want to wait.
  func check(window seconds: Double, _ name: String) throws {
    try check((0.01...86_400).contains(seconds), "\(name) is 0.01 to 86400 seconds")
  }

  /// Seconds between two points.
  func check(between seconds: Int, _ name: String) throws {
    try check((1...86_400).contains(seconds), "\(name) is 1 to 86400 seconds")
  }

  func check(limits: Int...) throws {
    try check(limits.allSatisfy { $0 > 0 }, "a limit is at least 1")
  }

  /// Seconds that something lives.
  func check(life seconds: Int, _ name: String) throws {
    try check((1...1 << 31).contains(seconds), "\(name) is at least 1 second")
  }
}

/// How long a used refresh token lives on: none, until-used or seconds.
extension RefreshGrace {
  init?(_ text: String) {
    switch text {
    case "none": self = .none
    case "until-used": self = .untilUsed
    default:
      guard let seconds = Int(text), seconds >= 0 else { return nil }
      self = .seconds(seconds)
    }
  }

  static let complaint = "--grace is none, until-used or a number of seconds"
}
