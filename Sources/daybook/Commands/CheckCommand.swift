import ArgumentParser
import DaybookCore

struct CheckCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks the settings, or a provider file, without the daemon.",
    usage: """
      daybook check [--socket <path>] [--json] [<file>] [--providers <folder>]
      """,
    discussion: """
      Prints each problem as FILE:LINE:COLUMN: text, and ends with 1 if there is any.
      Provider files are looked for in the folder providers beside the file, in
      /etc/daybook/providers and in /usr/share/daybook/providers; with
      --providers in that folder only, as daybookd does.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "The file; without it, the settings of the daemon.")
  var file: String?

  @Option(
    help: ArgumentHelp("The folder of the provider files of settings.", valueName: "folder"))
  var providers: String?

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let standard = SettingsCheck.standardPath(session.socket, session.context.environment)
    let path = file ?? standard
    let check = providers.map { SettingsCheck(path: path, only: $0) } ?? SettingsCheck(path: path)
    let outcome = check.run()
    if session.json {
      try session.print([
        "problems": .array(outcome.problems.map(CheckText.json)),
        "warnings": .array(outcome.warnings.map(CheckText.json)),
      ])
    } else {
      try session.context.out.write(CheckText.text(outcome, path: path))
    }
    return outcome.problems.isEmpty ? .ok : .problems
  }
}

/// What `daybook check` says.
enum CheckText {
  static func text(_ outcome: SettingsCheck.Outcome, path: String) -> String {
    var lines = outcome.problems.map { escapedForTerminal($0.description) }
    lines += outcome.warnings.map {
      escapedForTerminal($0.description) + " (a warning: no account uses it)"
    }
    let shown = escapedForTerminal(path)
    let count = outcome.problems.count
    lines.append(count == 0 ? "\(shown) is in order" : counted(count, "problem"))
    return lines.joined(separator: "\n") + "\n"
  }

  static func json(_ problem: Problem) -> JSONValue {
    var members = [JSONMember("file", .string(problem.file))]
    if let position = problem.position {
      members.append(JSONMember("line", .int(Int64(position.line))))
      members.append(JSONMember("column", .int(Int64(position.column))))
    }
    return .object(members + [JSONMember("message", .string(problem.message))])
  }
}
