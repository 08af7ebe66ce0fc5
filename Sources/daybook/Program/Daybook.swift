import ArgumentParser
import DaybookCore

/// The command `daybook`: asks the daemon over its control socket and shows what it says.
struct Daybook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daybook",
    abstract: "Talks to daybookd, which keeps a copy of your days.",
    discussion: """
      Most commands need the daemon running, and membership in the group daybook.
      login, logout, reload and verify --repair need root or the daemon's own user.

      The socket is --socket, else $DAYBOOK_SOCKET, else
      $XDG_RUNTIME_DIR/daybook/control.sock or
      ~/.local/state/daybook/run/control.sock if it exists,
      else \(SocketPath.system).

      \(ExitStatus.help)
      """,
    version: "daybook \(Product.version)",
    groupedSubcommands: [
      CommandGroup(
        name: "Looking",
        subcommands: [StatusCommand.self, DaysCommand.self, PlanCommand.self]),
      CommandGroup(
        name: "Signing in", subcommands: [LoginCommand.self, LogoutCommand.self]),
      CommandGroup(
        name: "Directing",
        subcommands: [
          ResyncCommand.self, PauseCommand.self, ResumeCommand.self, VerifyCommand.self,
          ReloadCommand.self,
        ]),
      CommandGroup(
        name: "Helping",
        subcommands: [CheckCommand.self, DoctorCommand.self, VersionCommand.self]),
    ])

  @OptionGroup var common: CommonOptions

  /// Parses the arguments (without the program's name) and runs the command they name.
  static func execute(_ arguments: [String], in context: Context) -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if let command = command as? any ClientCommand {
        return command.execute(in: context).rawValue
      }
      try command.run()
      return ExitStatus.ok.rawValue
    } catch {
      return tell(error, in: context)
    }
  }

  /// Help goes to standard output, mistakes to standard error.
  private static func tell(_ error: any Error, in context: Context) -> Int32 {
    let code = exitCode(for: error).rawValue
    let text = fullMessage(for: error)
    do throws(Failure) {
      if !text.isEmpty { try (code == 0 ? context.out : context.err).line(text) }
    } catch { return error.status.rawValue }
    return code
  }
}
