import ArgumentParser
import DaybookCore

struct LoginCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "login",
    abstract: "Signs an account in at its provider.",
    discussion: """
      Prints a URL and opens it in a browser if there is one. Sign in there. The
      browser is then sent to this machine, where the command waits for it. On
      another machine, or when that fails: copy the URL that the browser ended at
      and paste it here.
      """)

  @ParentCommand var root: Daybook
  @OptionGroup var common: CommonOptions

  @Argument(help: "The account.", transform: ArgumentValue.name)
  var account: String

  @Flag(help: "Open no browser; standard output has the URL and nothing else.")
  var noBrowser = false

  func perform(_ session: Session) throws(Failure) -> ExitStatus {
    let begun = try LoginBegun(try session.connect(), account: account)
    // From here on, Ctrl-C is told apart from an answer.
    let signals = try session.context.signals()
    try announce(begun, session)
    var wait = LoginWait(
      gate: begun.gate, listener: begun.listener, input: session.context.input, signals: signals,
      deadline: uptime() + begun.secondsLeft(session.context.now()), remark: session.remark)
    let outcome = wait.run()
    begun.listener?.close()
    guard case .url(let url) = outcome else { return try unfinished(outcome, session) }
    return try complete(url, session, signals)
  }

  private func announce(_ begun: LoginBegun, _ session: Session) throws(Failure) {
    let opened = !noBrowser && session.context.browse(begun.url)
    if session.json {
      try session.print(begun.response.parameters)
    } else {
      let url = escapedForTerminal(begun.url)
      try session.context.out.line(url)
    }
    session.remark(
      opened ? "the browser opens; sign in there" : "open this URL in a browser and sign in there")
    let paste = "paste the URL that the browser ended at, then Enter"
    if begun.listener == nil {
      session.remark(paste)
    } else {
      session.remark("then wait; or, if the browser is on another machine,")
      session.remark(paste)
    }
  }

  private func unfinished(
    _ outcome: LoginWait.Outcome, _ session: Session
  ) throws(Failure) -> ExitStatus {
    let again = "daybook login \(account)"
    switch outcome {
    case .url, .interrupted:
      session.remark("not signed in")
      return .interrupted
    case .expired:
      throw Failure(.signInNeeded, "the time for this sign-in is over", hint: "run again: \(again)")
    case .abandoned:
      throw Failure(
        .signInNeeded, "the input ended without a URL", hint: "run again on a terminal: \(again)")
    }
  }

  private func complete(
    _ url: Secret, _ session: Session, _ signals: Signals
  ) throws(Failure) -> ExitStatus {
    session.remark("signing in")
    let client = try DaemonClient(session.socket, signals: signals)
    let answer = try client.call(.loginComplete(account: account, url: url))
    guard case .loginCompleted(let result) = answer.reply else { return .ok }
    if session.json {
      try session.print(answer.response.parameters)
      return .ok
    }
    let text = LoginText.text(result, account: account)
    if noBrowser { session.remark(text) } else { try session.context.out.line(text) }
    return .ok
  }
}
