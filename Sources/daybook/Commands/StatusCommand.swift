import ArgumentParser
import DaybookCore

struct StatusCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows how far each account is.",
    discussion: """
      Ends with 1 when the daemon is in trouble, else 4 when an account needs a
      sign-in, else 1 when days fail or are damaged or an account has stopped,
      else 0.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "Only this account, with all its streams.", transform: ArgumentValue.name)
  var account: String?

  @Flag(help: "Keep showing, with progress, until Ctrl-C or the daemon's end.")
  var watch = false

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    if watch {
      var watcher = try Watcher(session, account: account)
      return try watcher.run()
    }
    let (daemon, accounts) = try read(session)
    if session.json {
      try session.print(
        ControlReply.status(daemon, accounts).response().parameters)
    } else {
      let text = StatusText(look: session.look, clock: session.clock)
      try session.context.out.write(
        account == nil ? text.overview(daemon, accounts) : text.details(daemon, accounts))
    }
    return StatusCommand.exit(daemon, accounts)
  }

  private func read(_ session: Session) throws(Failure) -> (DaemonStatus, [AccountStatus]) {
    let client = try session.connect()
    var daemon: DaemonStatus?
    var accounts: [AccountStatus] = []
    try client.stream(.status(account: account)) { answer in
      guard case .status(let now, let more) = answer.reply else { return }
      daemon = now
      accounts += more
    }
    guard let daemon else { throw client.gone }
    return (daemon, accounts)
  }

  /// What a monitor is to think.
  static func exit(_ daemon: DaemonStatus, _ accounts: [AccountStatus]) -> ExitStatus {
    switch daemon.state {
    case .archiveAway, .diskFull, .clockUntrusted, .stopping: return .problems
    case .ready, .paused: break
    }
    if accounts.contains(where: { $0.state == .signInNeeded }) { return .signInNeeded }
    let trouble = accounts.contains { account in
      account.state == .stopped || account.streams.contains { $0.failing + $0.damaged > 0 }
    }
    return trouble ? .problems : .ok
  }
}
