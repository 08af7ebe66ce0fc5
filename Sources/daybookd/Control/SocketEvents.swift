import Dispatch
import Glibc

/// Tells when a socket can be read or written, and closes it when nothing watches it any more.
/// Confined to its queue.
///
/// Dispatch takes a descriptor whose peer has gone out of epoll after one event. Whoever is told
/// `readable` must therefore read until EAGAIN or the end, or read on unasked later.
final class SocketEvents {
  private let reading: any DispatchSourceRead
  private let writing: any DispatchSourceWrite
  private let queue: DispatchQueue
  private var readsOn = true
  private var writesOn = true
  private var closed = false

  /// Takes `fd` over. Begins with reading wanted and writing not.
  init(
    _ fd: Int32, queue: DispatchQueue, readable: @escaping @Sendable () -> Void,
    writable: @escaping @Sendable () -> Void
  ) {
    dispatchPrecondition(condition: .onQueue(queue))
    self.queue = queue
    reading = DispatchSource.makeReadSource(fileDescriptor: fd, queue: queue)
    writing = DispatchSource.makeWriteSource(fileDescriptor: fd, queue: queue)
    let last = LastOfTwo { Glibc.close(fd) }
    reading.setCancelHandler { last.ended() }
    writing.setCancelHandler { last.ended() }
    reading.setEventHandler(handler: readable)
    writing.setEventHandler(handler: writable)
    reading.activate()
    writing.activate()
    wantsWrite = false
  }

  var wantsRead: Bool {
    get { readsOn }
    set {
      guard newValue != readsOn, !closed else { return }
      readsOn = newValue
      if newValue { reading.resume() } else { reading.suspend() }
    }
  }

  var wantsWrite: Bool {
    get { writesOn }
    set {
      guard newValue != writesOn, !closed else { return }
      writesOn = newValue
      if newValue { writing.resume() } else { writing.suspend() }
    }
  }

  /// No event comes after this. The descriptor is closed once both sources have ended.
  func close() {
    dispatchPrecondition(condition: .onQueue(queue))
    guard !closed else { return }
    reading.cancel()
    writing.cancel()
    // A suspended source neither ends nor may be released.
    wantsRead = true
    wantsWrite = true
    closed = true
  }
}

/// Runs its action when the second of two has ended. Both end on one serial queue.
private final class LastOfTwo: @unchecked Sendable {
  private var left = 2
  private let action: () -> Void

  init(_ action: @escaping () -> Void) { self.action = action }

  func ended() {
    left -= 1
    if left == 0 { action() }
  }
}
