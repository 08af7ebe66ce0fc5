import ArgumentParser
import DaybookCore

struct VerifyCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares the archive with the ledger.",
    usage: """
      daybook verify [--socket <path>] [--json] [<account>] [--deep] [--repair]
                     [--yes]
      """,
    discussion: """
      Sizes are compared, with --deep also hashes. Ends with 1 when something was
      found, whether or not it was mended.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "Only this account.", transform: ArgumentValue.name)
  var account: String?

  @Flag(help: "Read each file and compare its hash.")
  var deep = false

  @Flag(help: "Mend what is found; damaged days are asked for again.")
  var repair = false

  @Flag(help: "With --repair: go on although so much is missing that the archive may be away.")
  var yes = false

  func validate() throws {
    if yes, !repair { throw ValidationError("--yes is for --repair") }
  }

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    var request = VerifyRequest()
    request.account = account
    request.deep = deep
    request.repair = repair
    request.yes = yes
    var progress = VerifyCollector(ProgressLine(session))
    try session.connect().stream(.verify(request)) { (answer) throws(Failure) in
      if case .verify(let step) = answer.reply { try progress.add(step) }
    }
    let result = try progress.finish()
    if session.json {
      try session.print(ControlReply.verify(result).response().parameters)
    } else {
      try session.context.out.write(VerifyText.text(result, repair: repair))
    }
    return result.findings.isEmpty ? .ok : .problems
  }
}

/// Puts the replies of one verify together.
struct VerifyCollector {
  private var line: ProgressLine
  private var result = VerifyProgress()
  private var seen: Set<Finding> = []

  init(_ line: ProgressLine) { self.line = line }

  mutating func add(_ step: VerifyProgress) throws(Failure) {
    result.checked = max(result.checked, step.checked)
    result.total = max(result.total, step.total)
    result.done = step.done
    for finding in step.findings where seen.insert(finding).inserted {
      result.findings.append(finding)
    }
    try line.show(
      "checked \(grouped(result.checked)) of \(grouped(result.total)), "
        + "\(counted(result.findings.count, "finding"))")
  }

  mutating func finish() throws(Failure) -> VerifyProgress {
    try line.end()
    return result
  }
}
