import ArgumentParser
import DaybookCore

struct PauseCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "pause",
    abstract: "Stops calls, for one account or for all.",
    discussion: "Calls in flight end. The pause lasts until resume, over restarts too.")

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "Only this account.", transform: ArgumentValue.name)
  var account: String?

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let answer = try session.connect().call(.pause(account: account))
    let who = account ?? "all accounts"
    let command = "daybook resume" + (account.map { " \($0)" } ?? "")
    return try session.done(answer, "paused \(who); go on with: \(command)")
  }
}

struct ResumeCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Goes on after a pause.",
    discussion: """
      An account that was sealed because its provider has ended goes on only with
      --probe: one call is made, and if that succeeds the account is unsealed.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "Only this account.", transform: ArgumentValue.name)
  var account: String?

  @Flag(help: "Try a sealed account with one call.")
  var probe = false

  func validate() throws {
    if probe, account == nil { throw ValidationError("--probe needs an account") }
  }

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let answer = try session.connect().call(.resume(account: account, probe: probe))
    return try session.done(answer, "resumed \(account ?? "all accounts")")
  }
}

struct LogoutCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "logout",
    abstract: "Forgets an account's sign-in; its days stay.")

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "The account.", transform: ArgumentValue.name)
  var account: String

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let answer = try session.connect().call(.logout(account: account))
    return try session.done(
      answer, "signed out \(account); its days stay, sign in with: daybook login \(account)")
  }
}

struct ReloadCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Reads the settings and provider files again.",
    discussion: "With a mistake in them the daemon keeps the old ones and says so.")

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let answer = try session.connect().call(.reload)
    guard case .reloaded(let changes) = answer.reply else { return .ok }
    let lines = changes.map { escapedForTerminal($0) }
    return try session.done(
      answer, lines.isEmpty ? "nothing has changed" : lines.joined(separator: "\n"))
  }
}

extension Session {
  /// Tells that a call went well: the reply, or a sentence.
  func done(_ answer: DaemonClient.Answer, _ text: String) throws(Failure) -> ExitStatus {
    if json { try print(answer.response.parameters) } else { try context.out.line(text) }
    return .ok
  }
}
