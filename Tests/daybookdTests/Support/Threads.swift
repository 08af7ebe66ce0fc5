import Glibc

/// Runs `body` on a thread of its own: it may block without taking a thread from anybody's pool.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
  pthread_attr_setstacksize(&attributes, 256 << 10)
  var thread = pthread_t()
  let started = pthread_create(
    &thread, &attributes,
    { raw in
      if let raw { Unmanaged<Box>.fromOpaque(raw).takeRetainedValue().body() }
      return nil
    }, Unmanaged.passRetained(Box(body)).toOpaque())
  precondition(started == 0, "no thread")
  pthread_attr_destroy(&attributes)
}

/// Blocks the thread.
func rest(_ seconds: Double) { usleep(UInt32(seconds * 1_000_000)) }
