import ArgumentParser
import DaybookSimulator

/// Several providers on one port.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the chosen providers on one port; all of them by default.")

  @Flag(name: .customLong("moves"), help: "Moves, under /oauth and /api/1.1.")
  var wantsMoves = false

  @Flag(name: .customLong("owntracks"), help: "OwnTracks Recorder, under /api/0 and /pub.")
  var wantsOwnTracks = false

  @Flag(name: .customLong("fitbit"), help: "Fitbit Web API, under /oauth2, /1, /1.1 and /1.2.")
  var wantsFitbit = false

  @Flag(name: .customLong("fitbit-site"), help: "Fitbit's web site, at / and under /graph.")
  var wantsFitbitSite = false

  @Flag(name: .customLong("google-health"), help: "Google Health API, under /o/oauth2 and /v4.")
  var wantsGoogleHealth = false

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Moves") var moves: MovesOptions
  @OptionGroup(title: "OwnTracks") var ownTracks: OwnTracksOptions

  func run() throws {
    let wanted = [wantsMoves, wantsOwnTracks, wantsFitbit, wantsFitbitSite, wantsGoogleHealth]
    let all = !wanted.contains(true)
    // The options of the others have the names of those of Moves: they are what they are without.
    try Running.serve(
      Providers(
        moves: all || wantsMoves ? moves.model(server) : nil,
        ownTracks: all || wantsOwnTracks ? ownTracks.model(server) : nil,
        fitbit: all || wantsFitbit ? try FitbitOptions.parse([]).model(server) : nil,
        fitbitSite: all || wantsFitbitSite ? try FitbitSiteOptions.parse([]).model(server) : nil,
        googleHealth: all || wantsGoogleHealth
          ? try GoogleHealthOptions.parse([]).model(server) : nil), server)
  }
}

/// Moves alone.
struct Moves: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the Moves API v1.1, under /oauth and /api/1.1.")

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Moves") var options: MovesOptions

  func run() throws { try Running.serve(Providers(moves: options.model(server)), server) }
}

/// OwnTracks alone.
struct OwnTracks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "owntracks",
    abstract: "Serves an OwnTracks Recorder, under /api/0 and /pub.",
    usage: "daybook-sim owntracks <options>")

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "OwnTracks") var options: OwnTracksOptions

  func run() throws { try Running.serve(Providers(ownTracks: options.model(server)), server) }
}

/// Fitbit's Web API alone.
struct Fitbit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the Fitbit Web API, under /oauth2, /1, /1.1 and /1.2.")

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Fitbit") var options: FitbitOptions

  func run() throws { try Running.serve(Providers(fitbit: options.model(server)), server) }
}

/// Fitbit's web site alone.
struct FitbitSite: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves Fitbit's web site of 2015: its login form, and /graph.")

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Fitbit's site") var options: FitbitSiteOptions

  func run() throws { try Running.serve(Providers(fitbitSite: options.model(server)), server) }
}

/// Google Health alone.
struct GoogleHealth: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the Google Health API v4, under /o/oauth2 and /v4.")

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Google Health") var options: GoogleHealthOptions

  func run() throws { try Running.serve(Providers(googleHealth: options.model(server)), server) }
}

/// The person in front of the browser.
struct Agree: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Plays the person in the browser: agrees at an authorize URL.",
    discussion: """
      Asks for the URL, which must be on this machine, and prints where the answer
      redirects to.
      """)

  @Argument(help: "The URL that 'daybook login' printed.")
  var url: String

  @Option(help: ArgumentHelp("Number of the person who agrees.", valueName: "number"))
  var person: Int?

  @Flag(help: "Follow the redirect too, as a browser would.")
  var follow = false

  func run() throws {
    let whole = person.map { url + (url.contains("?") ? "&" : "?") + "sim_person=\($0)" } ?? url
    do throws(SimClient.Failure) {
      let answer = try SimClient.send("GET", whole)
      guard let target = answer.header("location") else {
        Running.complain("no redirect but status \(answer.status): \(answer.bodyText)")
        throw SimClient.Failure.noAnswer
      }
      Running.say(target)
      if follow { _ = try SimClient.send("GET", target) }
    } catch {
      if error != .noAnswer { Running.complain(error.description) }
      throw ExitCode(69)
    }
  }
}
