import CLinux
import DaybookCore
import Glibc

/// The one thread of a ``SimServer``: waits for sockets and times, and asks for answers.
final class ServerLoop {
  private let listener: Int32
  private let stopper: Int32
  private let poll: Int32
  private let answer: (SimRequest) -> SimResponse
  private var connections: [Int32: Connection] = [:]
  /// Events last asked for, by descriptor.
  private var interests: [Int32: UInt32] = [:]
  /// Descriptors whose connection has a deadline.
  private var timed: Set<Int32> = []

  /// `stopper` becomes readable when the loop is to end.
  init(
    listener: Int32, stopper: Int32, answer: @escaping (SimRequest) -> SimResponse
  ) throws(SystemError) {
    self.listener = listener
    self.stopper = stopper
    self.answer = answer
    self.poll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard poll >= 0 else { throw SystemError("epoll_create1") }
    watch(listener, ServerLoop.read, adding: true)
    watch(stopper, ServerLoop.read, adding: true)
  }

  deinit { close(poll) }

  private static let read = EPOLLIN.rawValue
  private static let write = EPOLLOUT.rawValue

  private func watch(_ fd: Int32, _ events: UInt32, adding: Bool) {
    var event = epoll_event(events: events, data: epoll_data_t(fd: fd))
    epoll_ctl(poll, adding ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd, &event)
  }

  /// Until the stopper is readable; then everything is closed.
  func run() {
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    while true {
      let count = epoll_wait(poll, &events, 256, timeout())
      let now = ServerLoop.monotonic()
      for event in events.prefix(Int(max(0, count))) {
        if event.data.fd == stopper { return closeAll() }
        if event.data.fd == listener { accept() } else { handle(event, now) }
      }
      fireTimes(now)
    }
  }

  private func accept() {
    while true {
      let fd = clinux_accept(listener)
      guard fd >= 0 else { return }
      guard connections.count < SimLimits.connections else {
        close(fd)
        continue
      }
      clinux_nodelay(fd)
      connections[fd] = Connection(fd: fd)
      interests[fd] = ServerLoop.read
      watch(fd, ServerLoop.read, adding: true)
    }
  }

  private func handle(_ event: epoll_event, _ now: Instant) {
    guard let connection = connections[event.data.fd] else { return }
    if event.events & ServerLoop.write != 0 { connection.writable(now, answer) }
    if event.events & ServerLoop.read != 0, !connection.isClosed {
      connection.readable(now, answer)
    }
    // Gone in both directions: nothing can reach it any more.
    if event.events & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 { connection.close() }
    settle(connection)
  }

  /// Brings epoll and the list of times up to date with the connection.
  private func settle(_ connection: Connection) {
    let fd = connection.fd
    if connection.isClosed {
      connections[fd] = nil
      interests[fd] = nil
      timed.remove(fd)
      return
    }
    if connection.deadline == nil { timed.remove(fd) } else { timed.insert(fd) }
    let events =
      (connection.wantsRead ? ServerLoop.read : 0) | (connection.wantsWrite ? ServerLoop.write : 0)
    if interests[fd] != events {
      interests[fd] = events
      watch(fd, events, adding: false)
    }
  }

  // MARK: Times

  private static func monotonic() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
  }

  /// Milliseconds until the next deadline, rounded up; -1 when there is none.
  private func timeout() -> Int32 {
    guard let next = timed.compactMap({ connections[$0]?.deadline }).min() else { return -1 }
    let microseconds = (next - ServerLoop.monotonic()).inMicroseconds
    return Int32(clamping: max(0, (microseconds + 999) / 1_000))
  }

  private func fireTimes(_ now: Instant) {
    guard !timed.isEmpty else { return }
    for fd in timed.sorted() {
      guard let connection = connections[fd], let deadline = connection.deadline, deadline <= now
      else { continue }
      connection.timeIsUp(now, answer)
      settle(connection)
    }
  }

  private func closeAll() {
    for fd in connections.keys.sorted() { connections[fd]?.close() }
    connections = [:]
  }
}
