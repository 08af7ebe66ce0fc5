import ArgumentParser
import DaybookCore

struct StatusCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows how far each account is.",
    discussion: """
      Ends with 1 when the daemon is in trouble, else 4 when an account needs a
      sign-in, else 1 when days fail or are damaged or an account has stopped,
      else 0: that a provider has ended is no trouble.
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
    let (daemon, accounts, timelines) = try read(session)
    if session.json {
      try session.print(
        ControlReply.status(daemon, accounts, timelines).response().parameters)
    } else {
      let text = StatusText(look: session.look, clock: session.clock)
      let shown =
        account == nil ? text.overview(daemon, accounts) : text.details(daemon, accounts)
      try session.context.out.write(shown + text.timelines(timelines))
    }
    return StatusCommand.exit(daemon, accounts)
  }

  private func read(_ session: Session) throws(Failure)
    -> (DaemonStatus, [AccountStatus], [TimelineStatus])
  {
    let client = try session.connect()
    var daemon: DaemonStatus?
    var accounts: [AccountStatus] = []
    var timelines: [TimelineStatus] = []
    try client.stream(.status(account: account)) { answer in
      guard case .status(let now, let more, let lines) = answer.reply else { return }
      daemon = now
      accounts += more
      timelines += lines
    }
    guard let daemon else { throw client.gone }
    return (daemon, accounts, timelines)
  }

  /// What a monitor is to think. Days that a sealed account could not get are no news; a file that
  /// is gone still is.
  static func exit(_ daemon: DaemonStatus, _ accounts: [AccountStatus]) -> ExitStatus {
    switch daemon.state {
    case .archiveAway, .diskFull, .clockUntrusted, .stopping: return .problems
    case .ready, .paused: break
    }
    if accounts.contains(where: { $0.state == .signInNeeded }) { return .signInNeeded }
    let trouble = accounts.contains { account in
      let isSealed = account.state == .sealed
      return account.state == .stopped
        || account.streams.contains { $0.damaged + (isSealed ? 0 : $0.failing) > 0 }
    }
    return trouble ? .problems : .ok
  }
}
