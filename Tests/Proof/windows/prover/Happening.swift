import DaybookCore

@testable import DaybookEngine
@testable import World

/// What happens to the machine, or to the daemon, at some moment.
struct Happening {
  let at: Duration
  private let what: What
  private let amount: Int64

  private enum What: String {
    /// kill -9, and the next process at once.
    case kill
    /// SIGTERM, and the next process.
    case stop
    case reboot
    /// Somebody sets the clock, so many seconds ahead.
    case step
    /// The machine sleeps, or the process is stopped, for so many seconds.
    case sleep
  }

  /// `600:step=-3600`
  init?(_ text: String) {
    let parts = text.split(whereSeparator: { $0 == ":" || $0 == "=" })
    guard parts.count >= 2, let seconds = Int64(parts[0]),
      let what = What(rawValue: String(parts[1]))
    else { return nil }
    at = .seconds(seconds)
    self.what = what
    amount = parts.count > 2 ? Int64(parts[2]) ?? 0 : 0
  }

  func strike(_ world: World) throws {
    switch what {
    case .kill: try world.restart()
    case .stop: try world.stopAndStart()
    case .reboot:
      world.kill()
      world.clock.reboot()
      try world.begin()
    case .step: world.stepClock(.seconds(amount))
    case .sleep: world.suspend(.seconds(amount))
    }
  }
}
