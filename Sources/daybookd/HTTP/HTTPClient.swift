import CCurl
import DaybookCore
import DaybookEngine
import Dispatch

/// Performs calls: HTTP/1.1 and HTTP/2 by libcurl, bodies to their sinks on a few queues.
///
/// Theory of operation
///
///     send ──► waiting ──► Transfer ──► CurlMulti ──► sockets        the client's queue
///                             │ ▲
///                       offer ▼ │ drained, failed
///                           BodyPipe ──► BodySink ──► disk           one of four body queues
///                                            │
///     complete ◄── Reply ◄── finished ◄──────┘                       the client's queue
///
/// - Everything but ``BodyPipe`` and the sinks is confined to one serial queue. libcurl runs there
///   only, and never waits: names are resolved in threads of its own, sockets do not block, disks
///   are the body queues' business.
/// - The way through libcurl is always the same: let it act (sockets ready, timer, a transfer added
///   or resumed), then ``turn()``, which serves its zero timers and ends what has ended. Callbacks
///   only take notes, in their ``Transfer``; they never call libcurl.
/// - A call is in exactly one place: `waiting` (there are ``Limits/transfers`` places), in libcurl,
///   received (its sink finishing), or answered. It leaves by ``reply(_:_:sends:)``, once.
/// - Memory does not follow the body: past ``Limits/bodyQueueBytes`` the transfer is paused, the
///   socket's buffer fills and the server waits. The pipe wakes it when half is drained.
/// - Completeness is not libcurl's to prove: it takes a cut gzip stream or a close for an end. The
///   sink's scanner decides whether a body is whole.
/// - libcurl repeats a request by itself when a reused connection dies before the first byte of the
///   answer. ``Reply/sends`` counts what left; `freshConnection` rules it out.
///
/// Thread-safe. Needs SIGPIPE ignored (TLS shutdown may write to a closed socket).
final class HTTPClient: @unchecked Sendable {
  let queue: DispatchQueue
  let bodyQueues: [DispatchQueue]
  let userAgent: String
  let timeouts: Timeouts
  let caFile: String?
  let openReceiver: @Sendable (Call) -> BodySink
  let complete: @Sendable (CallID, Reply) -> Void

  // The queue's own, for HTTPClientLife.swift. `multi` is nil once everything is closed.
  var multi: CurlMulti?
  var waiting: [Call] = []
  var transfers: [CallID: Transfer] = [:]
  var idleHandles: [CurlMulti.Easy] = []
  var whenStopped: [@Sendable () -> Void] = []
  var isStopping = false
  var peak = 0

  /// - Parameters:
  ///   - queue: serial, and nobody else's.
  ///   - caFile: certificates (PEM) to trust instead of the system's.
  ///   - openReceiver: called on a body queue before the first byte of an answer, or at its end.
  ///   - complete: called on `queue`, once for each call sent.
  /// - Throws: ``SetupFailure`` when libcurl or the kernel has nothing left to give.
  init(
    queue: DispatchQueue = DispatchQueue(label: "daybook.http"), userAgent: String,
    timeouts: Timeouts = Timeouts(), caFile: String? = nil,
    openReceiver: @escaping @Sendable (Call) -> BodySink,
    complete: @escaping @Sendable (CallID, Reply) -> Void
  ) throws(SetupFailure) {
    self.queue = queue
    self.bodyQueues = (0..<Limits.bodyQueues).map { DispatchQueue(label: "daybook.body.\($0)") }
    self.userAgent = userAgent
    self.timeouts = timeouts
    self.caFile = caFile
    self.openReceiver = openReceiver
    self.complete = complete
    self.multi = CurlMulti(
      queue: queue, connections: Limits.transfers,
      socketsReady: { [weak self] in self?.socketsReady() },
      timerFired: { [weak self] in self?.timerFired() })
    guard multi != nil else { throw SetupFailure() }
  }

  struct SetupFailure: Error, CustomStringConvertible {
    let description = "libcurl cannot start: no memory or no file descriptor left"
  }

  /// Nobody holds the client, so nothing of it runs: what is in flight ends without an answer.
  deinit {
    for transfer in transfers.values where !transfer.isReceived { multi?.remove(transfer.easy) }
    for transfer in transfers.values {
      transfer.pipe.abandon()
      if !transfer.isReceived { curl_easy_cleanup(transfer.easy) }
    }
    shutDown()
  }

  /// Performs the call. Its id must not be in flight. After ``stop(then:)`` it ends `.cancelled`.
  func send(_ call: Call) { queue.async { self.accept(call) } }

  /// Ends the call with `.cancelled`; nothing happens if it is not in flight.
  func cancel(_ id: CallID) {
    queue.async {
      self.withdraw(id)
      self.turn()
    }
  }

  /// Ends every call with `.cancelled`, in the order of their ids.
  func cancelAll() { queue.async { self.withdraw { _ in true } } }

  /// Ends every call but token calls with `.cancelled`: a refresh that was cut off could cost a
  /// sign-in. When the last is answered, connections are closed and `then` is called, on `queue`;
  /// no call back follows. To end token calls too, call ``cancelAll()`` afterwards.
  func stop(then finished: @escaping @Sendable () -> Void) {
    queue.async {
      self.isStopping = true
      self.whenStopped.append(finished)
      self.withdraw { $0.kind != .token }
    }
  }

  /// The most bytes of one body that waited for their queue so far, over all calls ended.
  var peakHeldBytes: Int { queue.sync { peak } }
}
