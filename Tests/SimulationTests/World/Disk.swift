import DaybookCore
import Glibc
import Locking

@testable import DaybookEngine

/// What the disk does to the archive: all it should, nothing more that takes room, or, when the
/// process dies, nothing at all from the n-th operation on.
final class Disk: Sendable {
  private enum State {
    case fine
    case full
    case failing
    case dying(after: Int)
    case dead
  }
  private let state = Mutex(State.fine)
  private let drawn = Mutex(SeededRandom(seed: 7))

  var operations: FileOperations { FileOperations(hook: { self.verdict($0) }) }

  var isFull: Bool {
    get { state.withLock { if case .full = $0 { true } else { false } } }
    set { state.withLock { $0 = newValue ? .full : .fine } }
  }
  /// What is written never becomes durable.
  var failsToSync: Bool {
    get { state.withLock { if case .failing = $0 { true } else { false } } }
    set { state.withLock { $0 = newValue ? .failing : .fine } }
  }
  var isDead: Bool { state.withLock { if case .dead = $0 { true } else { false } } }

  func dies(after operations: Int) { state.withLock { $0 = .dying(after: operations) } }

  /// A process starts: what ended the one before is over; a full disk stays full.
  func begin() {
    state.withLock { state in
      switch state {
      case .fine, .full, .failing: break
      case .dying, .dead: state = .fine
      }
    }
  }

  /// Names of temporary files, the same for the same seed.
  func names(_ seed: UInt64) -> @Sendable () -> UInt64 {
    { self.drawn.withLock { random in random.next() } ^ seed }
  }

  private func verdict(_ operation: FileOperation) -> Int32 {
    state.withLock { state in
      switch state {
      case .fine: return 0
      case .full:
        switch operation {
        case .write, .makeFolder: return ENOSPC
        default: return 0
        }
      case .failing:
        if case .syncFile = operation { return EIO }
        return 0
      case .dying(0), .dead:
        state = .dead
        return EIO
      case .dying(let rest):
        state = .dying(after: rest - 1)
        return 0
      }
    }
  }
}
