import DaybookCore
import DaybookEngine
import Dispatch
import Locking

/// Carries one body from the client's queue to a body queue, in order, with bounded memory.
///
/// The client's side calls ``offer(_:status:mayPause:)`` and does what it is told; the other side
/// feeds a ``BodySink`` block by block. What waits is one buffer, however small the pieces are.
final class BodyPipe: @unchecked Sendable {
  /// What is to become of the bytes offered.
  enum Admission {
    case taken
    /// Too much is waiting: nothing was taken, the transfer rests until `drained` is called.
    case pause
    /// One read of the network expanded to more than ``Limits/expansionBytes``.
    case bomb
    /// Nothing was taken, nor will be: the sink failed like this, or the body is unwanted.
    case refused(TransportFailure)
  }

  private struct State {
    var status = 0
    /// Offered, not yet in hand.
    var waiting: [UInt8] = []
    /// Taken by the body queue, not yet through the sink.
    var inHand = 0
    var scheduled = false
    var paused = false
    /// Why nothing more is taken.
    var closed: TransportFailure?
    var peak = 0
    var held: Int { waiting.count + inHand }
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue
  private let open: @Sendable () -> BodySink
  private let drained: @Sendable () -> Void
  private let failed: @Sendable (TransportFailure) -> Void
  // The body queue's own.
  private var sink: BodySink?

  /// `drained` and `failed` are called on `queue`, `failed` at most once.
  init(
    queue: DispatchQueue, open: @escaping @Sendable () -> BodySink,
    drained: @escaping @Sendable () -> Void, failed: @escaping @Sendable (TransportFailure) -> Void
  ) {
    self.queue = queue
    self.open = open
    self.drained = drained
    self.failed = failed
  }

  /// The most bytes that were held at one moment.
  var peak: Int { state.withLock { $0.peak } }

  /// Copies `bytes`, or says why not. With `mayPause` the answer may be `pause`: the client sets it
  /// for the first bytes of a network read, so that a read's expansion is seen, and bounded, here
  /// and not hidden inside libcurl.
  func offer(_ bytes: UnsafeRawBufferPointer, status: Int, mayPause: Bool) -> Admission {
    let (admission, schedule) = state.withLock { s -> (Admission, Bool) in
      if let why = s.closed { return (.refused(why), false) }
      if mayPause, s.held > Limits.bodyQueueBytes {
        s.paused = true
        return (.pause, false)
      }
      guard s.held + bytes.count <= Limits.expansionBytes else { return (.bomb, false) }
      s.status = status
      s.waiting.append(contentsOf: bytes)
      s.peak = max(s.peak, s.held)
      defer { s.scheduled = true }
      return (.taken, !s.scheduled)
    }
    if schedule { queue.async { self.drain() } }
    return admission
  }

  /// The transport has delivered everything. `then` is called on the body queue, unless the sink
  /// has failed or ``abandon()`` came first.
  func finish(
    status: Int, headers: [Field],
    then: @escaping @Sendable (Result<Answer, TransportFailure>) -> Void
  ) {
    queue.async {
      self.state.withLock { $0.status = status }
      while self.deliver() {}
      guard self.state.withLock({ $0.closed == nil }) else { return }
      then(self.opened(status).finish(status, headers))
    }
  }

  /// Nobody wants the body any more; what was kept of it is dropped.
  func abandon() {
    close(TransportFailure(.cancelled))
    queue.async { self.dropSink() }
  }

  /// One block, then to the end of the line: transfers on one queue take turns.
  private func drain() {
    guard deliver() else { return }
    queue.async { self.drain() }
  }

  /// Feeds the sink with what waits; false when nothing is left.
  private func deliver() -> Bool {
    let (block, status) = take()
    guard !block.isEmpty else { return false }
    do throws(TransportFailure) {
      let sink = opened(status)
      try block.withUnsafeBufferPointer { bytes throws(TransportFailure) in
        try sink.receive(UnsafeRawBufferPointer(bytes))
      }
    } catch {
      close(error)
      dropSink()
      failed(error)
      return false
    }
    if settled() { drained() }
    return true
  }

  private func take() -> ([UInt8], Int) {
    state.withLock { s in
      guard s.closed == nil, !s.waiting.isEmpty else {
        s.scheduled = false
        return ([], s.status)
      }
      var block: [UInt8] = []
      swap(&block, &s.waiting)
      s.inHand = block.count
      return (block, s.status)
    }
  }

  /// Notes that the block in hand is done; true when a resting transfer may go on.
  private func settled() -> Bool {
    state.withLock { s in
      s.inHand = 0
      guard s.paused, s.closed == nil, s.held <= Limits.bodyQueueBytes / 2 else { return false }
      s.paused = false
      return true
    }
  }

  private func close(_ why: TransportFailure) {
    state.withLock { s in
      s.closed = s.closed ?? why
      s.waiting = []
    }
  }

  private func opened(_ status: Int) -> BodySink {
    if let sink { return sink }
    let sink = open()
    sink.begin(status)
    self.sink = sink
    return sink
  }

  private func dropSink() {
    sink?.abandon()
    sink = nil
  }
}
