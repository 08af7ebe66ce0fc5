import ArgumentParser
import DaybookCore

struct VerifyCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compares the archive with the ledger.",
    usage: """
      daybook verify [--socket <path>] [--json] [<account>] [--deep] [--repair]
                     [--yes] [--sha256sums]
      """,
    discussion: """
      Sizes are compared, with --deep also hashes. Ends with 1 when something was
      found, whether or not it was mended. With --sha256sums the output is a list
      of all files with their hashes; what was found goes to standard error.
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

  @Flag(help: "Print a line for each file, for sha256sum -c in the archive's folder.")
  var sha256sums = false

  func validate() throws {
    if yes, !repair { throw ValidationError("--yes is for --repair") }
  }

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    var request = VerifyRequest()
    request.account = account
    request.deep = deep
    request.repair = repair
    request.yes = yes
    request.sums = sha256sums
    var progress = VerifyCollector(ProgressLine(session))
    try session.connect().stream(.verify(request)) { (answer) throws(Failure) in
      if case .verify(let step) = answer.reply { try progress.add(step) }
    }
    let result = try progress.finish()
    if session.json {
      try session.print(ControlReply.verify(result).response().parameters)
    } else if sha256sums {
      try session.context.out.write((result.sums ?? []).map { $0 + "\n" }.joined())
      try session.context.err.write(VerifyText.text(result, repair: repair))
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
    if let sums = step.sums { result.sums = (result.sums ?? []) + sums }
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
