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

      Where the provider has no such page, asks for a token, or for user name and
      password, without showing them; or reads them from standard input, a line
      each, when that is no terminal.
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
    let deadline = uptime() + begun.secondsLeft(session.context.now())
    switch begun.kind {
    case .code: return try wait(begun, session, signals, deadline)
    case .key, .token, .form, .none: return try ask(begun, session, signals, deadline)
    }
  }

  private func wait(
    _ begun: LoginBegun, _ session: Session, _ signals: Signals, _ deadline: Double
  ) throws(Failure) -> ExitStatus {
    try announce(begun, session)
    var wait = LoginWait(
      gate: begun.gate, listener: begun.listener, input: session.context.input, signals: signals,
      deadline: deadline, remark: session.remark)
    let outcome = wait.run()
    begun.listener?.close()
    switch outcome {
    case .url(let url): return try complete(.url(url), session, signals)
    case .interrupted: return interrupted(session)
    case .expired: throw late
    case .abandoned: throw abandoned("a URL")
    }
  }

  private func ask(
    _ begun: LoginBegun, _ session: Session, _ signals: Signals, _ deadline: Double
  ) throws(Failure) -> ExitStatus {
    if session.json { try session.print(begun.response.parameters) }
    var prompt = Prompt(
      input: session.context.input, signals: signals, deadline: deadline,
      output: session.context.err)
    if prompt.isTerminal {
      if let help = begun.help { session.explain(help) }
      if let text = LoginQuestions.introduction(begun.kind) { session.remark(text) }
    }
    switch LoginQuestions.ask(begun.kind, &prompt) {
    case .answer(let answer): return try complete(answer, session, signals)
    case .none(.interrupted): return interrupted(session)
    case .none(.expired): throw late
    case .none(.ended), .none(.line):
      throw abandoned(
        begun.kind == .form ? "a user name and a password" : "a \(begun.kind.rawValue)")
    }
  }

  private func announce(_ begun: LoginBegun, _ session: Session) throws(Failure) {
    let opened = !noBrowser && session.context.browse(begun.url)
    if session.json {
      try session.print(begun.response.parameters)
    } else {
      let url = escapedForTerminal(begun.url)
      try session.context.out.line(url)
    }
    if let help = begun.help { session.explain(help) }
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

  private func interrupted(_ session: Session) -> ExitStatus {
    session.remark("not signed in")
    return .interrupted
  }

  private var again: String { "daybook login \(account)" }

  private var late: Failure {
    Failure(.signInNeeded, "the time for this sign-in is over", hint: "run again: \(again)")
  }

  private func abandoned(_ missing: String) -> Failure {
    Failure(
      .signInNeeded, "the input ended without \(missing)", hint: "run again on a terminal: \(again)"
    )
  }

  private func complete(
    _ answer: LoginAnswer, _ session: Session, _ signals: Signals
  ) throws(Failure) -> ExitStatus {
    session.remark("signing in")
    let client = try DaemonClient(session.socket, signals: signals)
    let end = try client.call(.loginComplete(account: account, answer))
    guard case .loginCompleted(let result) = end.reply else { return .ok }
    if session.json {
      try session.print(end.response.parameters)
      return .ok
    }
    let output = noBrowser ? session.context.err : session.context.out
    let text = LoginText.text(
      result, account: account, clock: session.clock, look: output.look)
    if noBrowser { session.remark(text) } else { try output.line(text) }
    return .ok
  }
}
