import CLinux
import DaybookCore
import Glibc
import Locking

/// Serves a ``SimWorld`` over HTTP/1.1 on 127.0.0.1, with one thread of its own.
public final class SimServer: Sendable {
  /// The port it listens on.
  public let port: Int
  private let shared: Shared
  private let thread: Mutex<Thread>

  /// The world, and the end of the thread's life.
  private final class Shared: Sendable {
    let world: Mutex<SimWorld>
    let clock: @Sendable () -> Instant
    init(_ world: SimWorld, clock: @escaping @Sendable () -> Instant) {
      self.world = Mutex(world)
      self.clock = clock
    }
  }

  private struct Thread {
    var id: pthread_t
    var listener: Int32
    /// Whatever is written here ends the loop.
    var stop: Int32
    var reading: Int32
    var isRunning = true
  }

  /// What the thread gets.
  private final class Start {
    let loop: ServerLoop
    init(_ loop: ServerLoop) { self.loop = loop }
  }

  /// Listens at once; port 0 means any free one.
  public init(
    _ world: SimWorld, port: Int = 0, clock: @escaping @Sendable () -> Instant = SimServer.wallClock
  ) throws(SystemError) {
    let shared = Shared(world, clock: clock)
    let (listener, bound) = try SimServer.listen(port)
    var pipes: [Int32] = [-1, -1]
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, type, 0, &pipes) == 0 else { throw SystemError("socketpair") }
    let loop = try ServerLoop(listener: listener, stopper: pipes[0]) { request in
      let now = shared.clock()
      return shared.world.withLock { $0.answer(request, now: now) }
    }
    self.shared = shared
    self.port = bound
    self.thread = Mutex(
      Thread(
        id: try SimServer.spawn(loop), listener: listener, stop: pipes[1], reading: pipes[0]))
  }

  deinit { stop() }

  /// `http://127.0.0.1:PORT`
  public var origin: String { "http://127.0.0.1:\(port)" }

  /// Looks at or changes the world between two requests.
  public func withWorld<T: Sendable>(_ body: (inout SimWorld) -> T) -> T {
    shared.world.withLock(body)
  }

  /// Closes every connection and ends the thread. A second call does nothing.
  public func stop() {
    thread.withLock { thread in
      guard thread.isRunning else { return }
      thread.isRunning = false
      var byte: UInt8 = 1
      write(thread.stop, &byte, 1)
      pthread_join(thread.id, nil)
      for fd in [thread.listener, thread.stop, thread.reading] { close(fd) }
    }
  }

  /// CLOCK_REALTIME.
  public static let wallClock: @Sendable () -> Instant = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  private static func listen(_ port: Int) throws(SystemError) -> (fd: Int32, port: Int) {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let fd = socket(AF_INET, type, 0)
    guard fd >= 0 else { throw SystemError("socket") }
    let bound = clinux_bind_loopback(fd, Int32(port))
    guard bound > 0 else {
      let error = SystemError("cannot listen on 127.0.0.1:\(port)")
      close(fd)
      throw error
    }
    guard Glibc.listen(fd, 512) == 0 else { throw SystemError("listen") }
    return (fd, Int(bound))
  }

  private static func spawn(_ loop: ServerLoop) throws(SystemError) -> pthread_t {
    var id = pthread_t()
    let start = Unmanaged.passRetained(Start(loop))
    let status = pthread_create(
      &id, nil,
      { argument in
        if let argument {
          Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().loop.run()
        }
        return nil
      }, start.toOpaque())
    guard status == 0 else {
      start.release()
      errno = status
      throw SystemError("pthread_create")
    }
    return id
  }
}
