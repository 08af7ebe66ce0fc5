import DaybookCore

@testable import DaybookEngine

/// What the engine hears.
extension World {
  /// What comes at the same moment is one batch, as in the daemon's queue.
  func hear(_ item: Happening) {
    var events = [event(item)]
    while let next = agenda.removeFirst(at: clock.boot, where: \.isHeard) {
      events.append(event(next))
    }
    let heard = events.compactMap { $0 }
    if !heard.isEmpty { handle(heard) }
  }

  /// Nil: it is about an earlier process.
  private func event(_ item: Happening) -> Event? {
    guard engine != nil else { return nil }
    switch item {
    case .replied(let id, let reply, let life) where life == self.life:
      checks.replied(id)
      checks.heard(id, reply, said.removeValue(forKey: id))
      return .replied(id, reply)
    case .persisted(let outcomes, let life) where life == self.life: return .persisted(outcomes)
    case .event(let event, let life) where life == self.life: return event
    case .arrives, .replied, .persisted, .event, .wake, .restart: return nil
    }
  }
}

extension World.Happening {
  fileprivate var isHeard: Bool {
    switch self {
    case .replied, .persisted, .event: true
    case .arrives, .wake, .restart: false
    }
  }
}
