import CCurl
import Dispatch
import Glibc

/// A curl_multi handle driven by Dispatch. Confined to the queue of its sources.
///
/// libcurl's sockets are watched by a ``SocketWatch``: libcurl closes them by itself, and a source
/// for each would lose the wake-ups of the next socket with that number. libcurl's one timer is a timer source; a timer of 0 only raises a flag, which ``settle()`` serves, so that libcurl
/// is never entered from its own callback.
final class CurlMulti {
  /// A curl_easy handle.
  typealias Easy = UnsafeMutableRawPointer

  private let multi: UnsafeMutableRawPointer
  private let sockets: SocketWatch
  private let timer: any DispatchSourceTimer
  private var timeoutDue = false

  /// Nil when there is no memory or no descriptor left. `socketsReady` and `timerFired` are called
  /// on `queue`; they call ``act()`` and ``expire()``, then ``settle()``.
  init?(
    queue: DispatchQueue, connections: Int,
    socketsReady: @escaping @Sendable () -> Void, timerFired: @escaping @Sendable () -> Void
  ) {
    guard CurlMulti.library, let multi = curl_multi_init() else { return nil }
    guard let sockets = SocketWatch(queue: queue, someReady: socketsReady) else {
      curl_multi_cleanup(multi)
      return nil
    }
    self.multi = multi
    self.sockets = sockets
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler(handler: timerFired)
    configure(connections: connections)
    timer.activate()
  }

  /// Once for the process; safe from any thread.
  private static let library = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private func configure(connections: Int) {
    let me = Unmanaged.passUnretained(self).toOpaque()
    ccurl_multi_setopt_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections)
    ccurl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, connections)
    ccurl_multi_setopt_ptr(multi, CURLMOPT_SOCKETDATA, me)
    ccurl_multi_setopt_ptr(multi, CURLMOPT_TIMERDATA, me)
    ccurl_multi_setopt_socket_cb(multi) { _, socket, interest, me, _ in
      CurlMulti.from(me)?.watch(socket, interest)
      return 0
    }
    ccurl_multi_setopt_timer_cb(multi) { _, milliseconds, me in
      CurlMulti.from(me)?.arm(milliseconds)
      return 0
    }
  }

  private static func from(_ me: UnsafeMutableRawPointer?) -> CurlMulti? {
    me.map { Unmanaged<CurlMulti>.fromOpaque($0).takeUnretainedValue() }
  }

  // MARK: What libcurl asks for

  private func watch(_ socket: curl_socket_t, _ interest: Int32) {
    var wanted: SocketWatch.Interest = []
    if interest != CURL_POLL_REMOVE {
      if interest & CURL_POLL_IN != 0 { wanted.insert(.read) }
      if interest & CURL_POLL_OUT != 0 { wanted.insert(.write) }
    }
    sockets.watch(socket, wanted)
  }

  private func arm(_ milliseconds: Int) {
    timeoutDue = milliseconds == 0
    let deadline: DispatchTime =
      milliseconds > 0 ? .now() + .milliseconds(min(milliseconds, 86_400_000)) : .distantFuture
    timer.schedule(deadline: deadline, leeway: .milliseconds(1))
  }

  // MARK: What happened

  /// Tells libcurl which sockets are ready.
  func act() {
    for ready in sockets.ready() {
      var bits: Int32 = 0
      if ready.reads { bits |= CURL_CSELECT_IN }
      if ready.writes { bits |= CURL_CSELECT_OUT }
      if ready.failed { bits |= CURL_CSELECT_ERR }
      action(ready.socket, bits)
    }
  }

  /// libcurl's timer fired.
  func expire() { timeoutDue = true }

  /// To be called after anything that let libcurl run: serves timers of 0 and returns the
  /// transfers that ended. The handles are still in here.
  func settle() -> [(easy: Easy, code: CURLcode)] {
    var rounds = 0
    while timeoutDue {
      timeoutDue = false
      action(timeoutSocket, 0)
      rounds += 1
      if timeoutDue, rounds == 32 {
        // The queue is for others too.
        arm(1)
      }
    }
    return ended()
  }

  private func ended() -> [(easy: Easy, code: CURLcode)] {
    var out: [(easy: Easy, code: CURLcode)] = []
    var left: Int32 = 0
    while let message = curl_multi_info_read(multi, &left) {
      guard ccurl_msg_is_done(message) != 0 else { continue }
      out.append((ccurl_msg_handle(message), ccurl_msg_result(message)))
    }
    return out
  }

  private func action(_ socket: curl_socket_t, _ bits: Int32) {
    var running: Int32 = 0
    curl_multi_socket_action(multi, socket, bits, &running)
  }

  // MARK: Transfers

  func add(_ easy: Easy) -> Bool { curl_multi_add_handle(multi, easy) == CURLM_OK }

  /// Ends the transfer if it has not ended.
  func remove(_ easy: Easy) { curl_multi_remove_handle(multi, easy) }

  /// Closes all connections. The handles must have been removed; nothing may follow.
  func close() {
    curl_multi_cleanup(multi)
    timer.cancel()
    sockets.close()
  }
}

/// CURL_SOCKET_TIMEOUT, a macro that Swift does not import.
private let timeoutSocket: curl_socket_t = -1
