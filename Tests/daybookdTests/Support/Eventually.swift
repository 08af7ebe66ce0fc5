import Glibc
import Locking

/// True as soon as `condition` is; false when it is not within the time, which is long because the
/// machine may be busy. Looks from a thread of its own: the tests' pool may be busy for seconds.
func eventually(
  within limit: Duration = .seconds(60), every pause: Duration = .milliseconds(2),
  _ condition: @escaping () -> Bool
) async -> Bool {
  if condition() { return true }
  // The caller waits, so nobody else touches what the condition uses.
  struct Lent: @unchecked Sendable {
    let condition: () -> Bool
  }
  let lent = Lent(condition: condition)
  // ThreadSanitizer does not see that a continuation hands over; a lock it sees.
  let fence = Mutex(0)
  defer { fence.withLock { _ in } }
  let microseconds = UInt32(pause.components.attoseconds / 1_000_000_000_000)
  return await withCheckedContinuation { continuation in
    startThread {
      let end = ContinuousClock.now + limit
      while !lent.condition() {
        guard ContinuousClock.now < end else { return continuation.resume(returning: false) }
        usleep(microseconds)
      }
      fence.withLock { _ in }
      continuation.resume(returning: true)
    }
  }
}
