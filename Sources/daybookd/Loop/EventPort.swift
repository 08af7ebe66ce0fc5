import DaybookEngine
import Locking

/// Where events go before the driver is there to take them: the parts around the loop are made
/// first, since the driver needs them. Events that come meanwhile wait.
final class EventPort: Sendable {
  private struct State {
    var take: (@Sendable (Event) -> Void)?
    var waiting: [Event] = []
  }
  private let state = Mutex(State())

  /// From any thread.
  func post(_ event: Event) {
    let take = state.withLock { state in
      if state.take == nil { state.waiting.append(event) }
      return state.take
    }
    take?(event)
  }

  /// Gives what waits, and from now on everything, to `take`. Called once.
  func connect(_ take: @escaping @Sendable (Event) -> Void) {
    let waiting = state.withLock { state in
      precondition(state.take == nil, "connected twice")
      state.take = take
      defer { state.waiting = [] }
      return state.waiting
    }
    for event in waiting { take(event) }
  }
}
