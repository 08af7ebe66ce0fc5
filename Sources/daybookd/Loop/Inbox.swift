import DaybookEngine
import Locking

/// Collects the events that other threads post, so that those that arrived together are handled
/// together.
final class Inbox: Sendable {
  private struct State {
    var events: [Event] = []
    var watchdog = false
    var scheduled = false
  }

  /// What had arrived.
  struct Batch: Sendable {
    var events: [Event]
    /// The service manager is to be told that this batch was handled.
    var watchdog: Bool
  }

  private let state = Mutex(State())

  /// True: nobody is on the way to ``take()`` yet; the caller must see to it.
  func post(_ event: Event) -> Bool {
    state.withLock { state in
      state.events.append(event)
      return Inbox.claim(&state)
    }
  }

  /// Asks for a sign of life from the other end of the loop. True as for ``post(_:)``.
  func postWatchdog() -> Bool {
    state.withLock { state in
      state.events.append(.tick)
      state.watchdog = true
      return Inbox.claim(&state)
    }
  }

  func take() -> Batch {
    state.withLock { state in
      defer { state = State() }
      return Batch(events: state.events, watchdog: state.watchdog)
    }
  }

  private static func claim(_ state: inout State) -> Bool {
    defer { state.scheduled = true }
    return !state.scheduled
  }
}
