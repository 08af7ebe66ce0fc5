import Dispatch
import Glibc

/// What is wanted of one socket, which it owns. Confined to the queue of its watch.
final class SocketEvents {
  let socket: Int32
  private let watch: SocketWatch
  private var closed = false

  /// Takes `socket` over. Begins with reading wanted and writing not.
  init(_ socket: Int32, watch: SocketWatch) {
    self.socket = socket
    self.watch = watch
    tell()
  }

  var wantsRead = true {
    didSet { if wantsRead != oldValue { tell() } }
  }

  var wantsWrite = false {
    didSet { if wantsWrite != oldValue { tell() } }
  }

  private func tell() {
    guard !closed else { return }
    var interest: SocketWatch.Interest = []
    if wantsRead { interest.insert(.read) }
    if wantsWrite { interest.insert(.write) }
    watch.watch(socket, interest)
  }

  /// Closes the socket, and nothing is told of it any more.
  func close() {
    guard !closed else { return }
    closed = true
    watch.watch(socket, [])
    Glibc.close(socket)
  }
}
