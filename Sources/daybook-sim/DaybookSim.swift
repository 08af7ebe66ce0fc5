import ArgumentParser
import DaybookSimulator

/// `daybook-sim`: simulated providers on 127.0.0.1.
@main
struct DaybookSim: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daybook-sim",
    abstract: "Simulated providers for demos and tests, on 127.0.0.1 only.",
    discussion: """
      The first line on standard output is 'ready http://127.0.0.1:PORT'. SIGTERM
      and SIGINT end the program in order, with 0. It ends with 64 when the command
      line is wrong, with 69 when the port is taken or nobody answers.

      While it runs:
      \(SimWorld.controlGuide)

      A fault, for --fault and /sim/faults?add=, is written
      \(FaultRule.grammar)
      """,
    subcommands: [
      Serve.self, Moves.self, OwnTracks.self, Fitbit.self, FitbitSite.self, GoogleHealth.self,
      Agree.self,
    ])
}
