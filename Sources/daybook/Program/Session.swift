import DaybookCore

/// One run of a command: where it says things, in which form, and how it reaches the daemon.
struct Session {
  let context: Context
  /// Print JSON instead of text.
  let json: Bool
  let socket: SocketPath

  init(_ context: Context, _ options: CommonOptions) {
    self.context = context
    json = options.json
    socket = SocketPath(option: options.socket, environment: context.environment)
  }

  var look: Look { context.out.look }

  func connect() throws(Failure) -> DaemonClient { try DaemonClient(socket) }

  /// Prints a value as one line of JSON.
  func print(_ json: JSONValue) throws(Failure) { try context.out.line(JSONText.line(json)) }

  /// Says something that is not the result: on standard error, and never an error itself.
  func remark(_ text: String) { try? context.err.line(text) }

  /// Says a longer text that somebody else wrote, in lines that fit.
  func explain(_ text: String) {
    let room = max(context.err.look.columns, Look.narrowest)
    for line in wrapped(escapedForTerminal(text), to: room) { remark(line) }
  }

  /// A moment for people.
  var clock: LocalClock { LocalClock(now: context.now(), offset: context.utcOffset) }

  /// Tells a failure: on standard error in words, with `--json` on standard output as the daemon's
  /// error too.
  func report(_ failure: Failure) {
    if json, let response = failure.response, let error = response.error {
      let object: JSONValue = ["error": .string(error), "parameters": response.parameters]
      try? print(object)
    }
    guard !failure.text.isEmpty else { return }
    remark("daybook: \(failure.text)")
    if let hint = failure.hint { remark("  \(hint)") }
  }
}
