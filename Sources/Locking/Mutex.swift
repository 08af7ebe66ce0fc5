import Glibc

/// A value that only one thread at a time may touch.
///
/// Like the `Mutex` of Swift's Synchronization, which on Linux is a futex that ThreadSanitizer does
/// not know: it called every access behind it a race. This is pthread_mutex(3), which it knows.
public final class Mutex<Value>: @unchecked Sendable {
  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private var value: Value

  public init(_ value: sending Value) {
    lock = .allocate(capacity: 1)
    precondition(pthread_mutex_init(lock, nil) == 0, "no memory for a lock")
    self.value = value
  }

  deinit {
    pthread_mutex_destroy(lock)
    lock.deallocate()
  }

  /// Waits until no other thread is inside, and keeps them out for as long as `body` runs. Calling
  /// it again from within `body` blocks for ever.
  public func withLock<Result, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    pthread_mutex_lock(lock)
    defer { pthread_mutex_unlock(lock) }
    return try body(&value)
  }
}
