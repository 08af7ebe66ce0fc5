import DaybookCore
import Locking

/// The temporary files this process has in hand, by name: from before they are made until they have
/// their final name or are gone. The sweeper leaves these alone.
///
/// Their descriptors stay open until the fsync, since only a descriptor that was open when a write
/// went wrong is sure to hear of it.
final class Spools: Sendable {
  private enum Entry {
    case writing
    case written(Descriptor?)
  }
  private struct State {
    var entries: [String: Entry] = [:]
    var held = 0
  }
  private let state = Mutex(State())

  func begin(_ name: String) { state.withLock { $0.entries[name] = .writing } }

  /// True when the descriptor is kept; past the limit it is not, and the caller closes it.
  func keep(_ name: String, _ file: Descriptor) -> Bool {
    state.withLock { state in
      let fits = state.held < Limits.heldSpools
      state.entries[name] = .written(fits ? file : nil)
      if fits { state.held += 1 }
      return fits
    }
  }

  /// Hands the descriptor over. The file stays in hand.
  func take(_ name: String) -> Descriptor? {
    state.withLock { state in
      guard case .written(let file?)? = state.entries[name] else { return nil }
      state.entries[name] = .written(nil)
      state.held -= 1
      return file
    }
  }

  /// The file has its final name or is gone.
  func end(_ name: String) {
    _ = take(name)
    state.withLock { _ = $0.entries.removeValue(forKey: name) }
  }

  func contains(_ name: String) -> Bool { state.withLock { $0.entries[name] != nil } }

  var count: Int { state.withLock { $0.entries.count } }
}
