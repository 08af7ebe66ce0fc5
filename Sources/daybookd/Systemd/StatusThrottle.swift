import DaybookCore

/// Decides when a status line goes out: only when it differs from the last one sent, at most one in
/// an interval, and the newest always in the end.
struct StatusThrottle {
  enum Action: Hashable {
    case nothing
    case send(String)
    /// Call ``due(at:)`` after this long.
    case wait(Duration)
  }

  let interval: Duration
  private var sent: String?
  private var sentAt: BootTime?
  private var waiting: String?

  init(interval: Duration = .seconds(1)) { self.interval = interval }

  /// The status is now `text`.
  mutating func set(_ text: String, at now: BootTime) -> Action {
    let armed = waiting != nil
    guard text != sent else {
      waiting = nil
      return .nothing
    }
    guard let last = sentAt, now - last < interval else { return send(text, at: now) }
    waiting = text
    return armed ? .nothing : .wait(interval - (now - last))
  }

  /// The wait is over, or the program ends: what is waiting goes out.
  mutating func due(at now: BootTime) -> Action {
    guard let text = waiting else { return .nothing }
    return send(text, at: now)
  }

  private mutating func send(_ text: String, at now: BootTime) -> Action {
    waiting = nil
    sent = text
    sentAt = now
    return .send(text)
  }
}
