import ArgumentParser
import DaybookCore

struct ResyncCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "resync",
    abstract: "Reads days of an account again.",
    usage: """
      daybook resync [--socket <path>] [--json] <account> [--stream <name>]
                     [--from <day>] [--to <day>] [--all] [--wait]
                     [--timeout <time>]
      """,
    discussion: """
      Without days: those still open and the last 7. A resync is remembered by the
      daemon and keeps to the provider's limits.

      With --wait, ends with 0 when all days were read, 3 when some are refused or
      beyond reach, 4 when a sign-in is needed, 5 when the account is paused or
      --timeout has passed. Ctrl-C ends the waiting, not the resync.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "The account.", transform: ArgumentValue.name)
  var account: String

  @Option(
    help: ArgumentHelp("Only this stream.", valueName: "name"), transform: ArgumentValue.name)
  var stream: String?

  @Option(
    help: ArgumentHelp("The first day, YYYY-MM-DD.", valueName: "day"), transform: ArgumentValue.day
  )
  var from: Day?

  @Option(
    help: ArgumentHelp("The last day; without it, today.", valueName: "day"),
    transform: ArgumentValue.day)
  var to: Day?

  @Flag(help: "Every day there is.")
  var all = false

  @Flag(help: "Wait until each day has one good read or a verdict.")
  var wait = false

  @Option(
    help: ArgumentHelp("Wait no longer than this: 90s, 10m, 2h or 1d.", valueName: "time"),
    transform: ArgumentValue.span)
  var timeout: Int64?

  func validate() throws {
    if all, from != nil || to != nil { throw ValidationError("--all excludes --from and --to") }
    if to != nil, from == nil { throw ValidationError("--to needs --from") }
    if let from, let to, to < from { throw ValidationError("--to is before --from") }
    if timeout != nil, !wait { throw ValidationError("--timeout is for --wait") }
  }

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    var request = ResyncRequest(account: account)
    request.stream = stream
    request.from = from
    request.to = to
    request.all = all
    if wait {
      return try ResyncWait(session, request, seconds: timeout).run()
    }
    let answer = try session.connect().call(.resync(request))
    guard case .resync(let progress) = answer.reply else { return .ok }
    return try session.done(answer, ResyncText.begun(progress, account: account))
  }
}

/// Waits for the end of a resync, and for Ctrl-C and the time limit.
struct ResyncWait {
  private let session: Session
  private let request: ResyncRequest
  private let deadline: Double?

  init(_ session: Session, _ request: ResyncRequest, seconds: Int64?) {
    self.session = session
    self.request = request
    deadline = seconds.map { uptime() + Double($0) }
  }

  func run() throws(Failure) -> ExitStatus {
    let signals = try session.context.signals()
    let client = try session.connect()
    var line = ProgressLine(session)
    var last: ResyncProgress?
    try client.begin(.resync(request), more: true)
    while true {
      switch try client.connection.next(also: [signals.descriptor], until: deadline) {
      case .message(let response):
        let answer = try client.read(response, as: .resync(request))
        guard case .resync(let progress) = answer.reply else { continue }
        last = progress
        if session.json { try session.print(response.parameters) }
        let ended = !response.continues || ResyncText.isEnd(progress.state)
        if !ended { try line.show(ResyncText.progress(progress, account: request.account)) }
        if ended { return try end(progress, &line) }
      case .ready:
        guard signals.next() == .stop else { continue }
        try line.end()
        return leave(last, .interrupted)
      case .timeout:
        try line.end()
        return leave(last, .paused)
      case .closed: throw lost(client, last)
      }
    }
  }

  private func end(
    _ progress: ResyncProgress, _ line: inout ProgressLine
  ) throws(Failure) -> ExitStatus {
    try line.end()
    if !session.json {
      try session.context.out.line(ResyncText.ended(progress, account: request.account))
    }
    return ResyncText.status(progress)
  }

  private func leave(_ last: ResyncProgress?, _ status: ExitStatus) -> ExitStatus {
    let id = last.map { " \($0.id)" } ?? ""
    let why = status == .interrupted ? "" : "the time is over; "
    session.remark("\(why)the resync\(id) goes on; see: daybook status \(request.account)")
    return status
  }

  private func lost(_ client: DaemonClient, _ last: ResyncProgress?) -> Failure {
    guard let last else { return client.gone }
    return Failure(
      .unreachable, "the daemon has stopped",
      hint: "the resync \(last.id) goes on when it runs again")
  }
}
