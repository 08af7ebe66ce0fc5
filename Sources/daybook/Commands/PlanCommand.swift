import ArgumentParser
import DaybookCore

struct PlanCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Shows what the daemon would do next, and why.")

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "Only this account.", transform: ArgumentValue.name)
  var account: String?

  @Option(help: ArgumentHelp("Steps at most.", valueName: "count"))
  var limit = 20

  func validate() throws {
    guard (1...Limits.planRows).contains(limit) else {
      throw ValidationError("--limit is 1 to \(Limits.planRows)")
    }
  }

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let answer = try session.connect().call(.plan(account: account, limit: limit))
    guard case .plan(let steps) = answer.reply else { return .ok }
    if session.json {
      try session.print(answer.response.parameters)
    } else {
      let text = PlanText.text(steps, session.look, session.clock)
      try session.context.out.write(text)
    }
    return .ok
  }
}
