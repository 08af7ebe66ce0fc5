import ArgumentParser
import DaybookSimulator

/// Several providers on one port.
struct Serve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the chosen providers on one port; all of them by default.")

  @Flag(help: "Moves, under /oauth and /api/1.1.")
  var moves = false

  @OptionGroup var server: ServerOptions
  @OptionGroup(title: "Moves") var movesOptions: MovesOptions

  func run() throws {
    let providers = Providers(moves: movesOptions.model(server))
    let faults = Faults(seed: server.seed, try server.rules())
    try Running.serve(SimWorld(providers, faults: faults), port: server.port)
  }
}

/// Moves alone.
struct Moves: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves the Moves API v1.1, under /oauth and /api/1.1.")

  @OptionGroup var server: ServerOptions
  @OptionGroup var options: MovesOptions

  func run() throws {
    let faults = Faults(seed: server.seed, try server.rules())
    let world = SimWorld(Providers(moves: options.model(server)), faults: faults)
    try Running.serve(world, port: server.port)
  }
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

  @Option(help: "Number of the person who agrees.")
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
