import DaybookCore

/// Runs `daybook status --watch`: takes what the daemon tells, and shows it at a pace that a
/// person, or a log file, can bear.
struct Watcher {
  private let session: Session
  private let account: String?
  private let client: DaemonClient
  private let signals: Signals
  private var state = WatchState()
  private var painting: Painting
  private var nextShow: Double
  private var pending = true

  /// Seconds between two redrawings, and between two batches of lines.
  private static let redraw = 0.2
  private static let batch = 2.0
  /// A screen without news is redrawn this often: times left go down.
  private static let idle = 1.0

  init(_ session: Session, account: String?) throws(Failure) {
    self.session = session
    self.account = account
    client = try session.connect()
    signals = try session.context.signals()
    painting = Painting(session.context.out, hidesCursor: true)
    nextShow = uptime() + Watcher.redraw
  }

  mutating func run() throws(Failure) -> ExitStatus {
    do {
      let status = try follow()
      try show()
      painting.end()
      if status == .ok { try farewell() }
      return status
    } catch {
      painting.end()
      throw error
    }
  }

  private mutating func follow() throws(Failure) -> ExitStatus {
    try client.begin(.watch(account: account), more: true)
    while true {
      switch try client.connection.next(also: [signals.descriptor], until: nextShow) {
      case .message(let response):
        guard try take(response) else { return .ok }
      case .closed:
        guard state.daemon != nil else { throw client.gone }
        return .ok
      case .ready:
        switch signals.next() {
        case .stop: return .interrupted
        case .resized: nextShow = uptime()
        case nil: break
        }
      case .timeout: try show()
      }
      if uptime() >= nextShow { try show() }
    }
  }

  /// False: that was the last message.
  private mutating func take(_ response: VarlinkResponse) throws(Failure) -> Bool {
    if response.error == ControlError.shuttingDown.name { return false }
    let answer = try client.read(response, as: .watch(account: account))
    if session.json { try session.print(response.parameters) }
    if case .watch(let daemon, let accounts, let entries) = answer.reply {
      state.apply(daemon, accounts, entries)
      pending = true
    }
    return response.continues
  }

  private mutating func show() throws(Failure) {
    if session.json {
      nextShow = uptime() + Watcher.idle
      return
    }
    let text = WatchText(look: session.look, clock: session.clock)
    if session.context.out.redraws {
      try painting.show(text.screen(state, rows: session.context.out.rows))
      nextShow = uptime() + (pending ? Watcher.redraw : Watcher.idle)
    } else {
      let lines = text.lines(state.takeNews())
      if !lines.isEmpty { try session.context.out.line(lines.joined(separator: "\n")) }
      nextShow = uptime() + Watcher.batch
    }
    pending = false
  }

  private func farewell() throws(Failure) {
    if !session.json { try session.context.out.line("the daemon has stopped") }
  }
}
