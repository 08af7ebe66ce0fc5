import ArgumentParser
import DaybookCore

struct DaysCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "days",
    abstract: "Shows a year of days as a calendar, one character a day.",
    usage: """
      daybook days [--socket <path>] [--json] [<account>] [--stream <name>]
                   [--year <year>]
      """,
    discussion: """
      Accounts of one timeline are shown as one; a day is there when one of them
      holds it. Without --year: the last year of which each stream has days.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "Only this account or timeline.", transform: ArgumentValue.name)
  var account: String?

  @Option(
    help: ArgumentHelp("Only this stream.", valueName: "name"), transform: ArgumentValue.name)
  var stream: String?

  @Option(help: "The year.")
  var year: Int?

  func validate() throws {
    if let year, !(1...9999).contains(year) { throw ValidationError("--year is 1 to 9999") }
  }

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    var rows: [DaysRow] = []
    let call = ControlCall.days(account: account, stream: stream, year: year)
    try session.connect().stream(call) { (answer) throws(Failure) in
      guard case .days(let row) = answer.reply else { return }
      if session.json { try session.print(answer.response.parameters) } else { rows.append(row) }
    }
    if !session.json {
      try session.context.out.write(Calendar(look: session.look).text(rows, year: year))
    }
    return .ok
  }
}
