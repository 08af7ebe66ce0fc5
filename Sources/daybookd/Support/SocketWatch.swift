import CLinux
import Dispatch
import Glibc

/// Watches any number of sockets for one queue: one private epoll descriptor behind one read source,
/// which lives as long as the watch.
///
/// A source for each socket is no choice. It would have to be cancelled before its socket is closed,
/// and Dispatch (swift-corelibs-libdispatch, Swift 6.3) has been seen to finish such a source twice,
/// and to end the process for it, when peers came and went all the time. The kernel forgets a closed
/// socket by itself. Confined to its queue.
final class SocketWatch {
  struct Interest: OptionSet, Sendable {
    let rawValue: UInt32
    static let read = Interest(rawValue: EPOLLIN.rawValue)
    static let write = Interest(rawValue: EPOLLOUT.rawValue)
  }

  /// What can be done to a socket without waiting.
  struct Ready: Hashable {
    var socket: Int32
    var reads: Bool
    var writes: Bool
    /// The peer has gone, or the socket has failed: reading and writing say so.
    var failed: Bool
  }

  private let epoll: Int32
  private let source: any DispatchSourceRead

  /// Nil when no descriptor is left. `someReady` is called on `queue`, and again until ``ready()``
  /// has told everything and what it told was seen to.
  init?(queue: DispatchQueue, someReady: @escaping @Sendable () -> Void) {
    let epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard epoll >= 0 else { return nil }
    self.epoll = epoll
    source = DispatchSource.makeReadSource(fileDescriptor: epoll, queue: queue)
    source.setEventHandler(handler: someReady)
    // The descriptor outlives its source: Dispatch keys its books by the number.
    source.setCancelHandler { _ = Glibc.close(epoll) }
    source.activate()
  }

  /// What is to be told of a socket from now on. Nothing: not even that its peer has gone, which
  /// would be told for ever.
  func watch(_ socket: Int32, _ interest: Interest) {
    if interest.isEmpty {
      epoll_ctl(epoll, EPOLL_CTL_DEL, socket, nil)
      return
    }
    var event = epoll_event()
    event.events = interest.rawValue
    event.data.fd = socket
    // No book of our own about what is watched: it could only disagree with the kernel's.
    if epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0 {
      epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)
    }
  }

  /// The sockets that are ready, 64 at most: what is left comes with the next call.
  func ready() -> [Ready] {
    var events = [epoll_event](repeating: epoll_event(), count: 64)
    let count = epoll_wait(epoll, &events, Int32(events.count), 0)
    return events.prefix(max(0, Int(count))).map { event in
      let failed = event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
      return Ready(
        socket: event.data.fd, reads: event.events & EPOLLIN.rawValue != 0,
        writes: event.events & EPOLLOUT.rawValue != 0, failed: failed)
    }
  }

  /// Nothing is told after this. The sockets stay as they are.
  func close() { source.cancel() }
}
