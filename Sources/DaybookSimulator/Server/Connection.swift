import CLinux
import DaybookCore
import Glibc

/// One client: bytes in, requests, answers, bytes out, strictly in that order (RFC 9112 §9.3.2).
/// Confined to the thread of its ``ServerLoop``. Times here are of a clock that never steps.
final class Connection {
  let fd: Int32
  private var parser = RequestParser()
  private var output: [UInt8] = []
  private var sent = 0
  private var state = State.open
  private var saidContinue = false
  /// The client sends nothing more.
  private var hasEnded = false

  enum State: Equatable {
    case open
    /// An answer waits for its time; nothing else is read until then.
    case delayed
    /// Everything is sent and the write side is closed; what still comes is thrown away.
    case draining
    case stalled
    case closed
  }

  /// When ``timeIsUp(_:)`` is wanted.
  private(set) var deadline: Instant?
  private var delayed: (response: SimResponse, parsed: RequestParser.Parsed)?
  /// What is to happen when the output is sent.
  private var then = ResponseWriter.Then.keep

  init(fd: Int32) { self.fd = fd }

  var isClosed: Bool { state == .closed }
  var wantsWrite: Bool { sent < output.count }
  var wantsRead: Bool {
    state != .closed && !hasEnded && output.count - sent < SimLimits.writeQueueBytes
      && parser.waiting <= SimLimits.headBytes + SimLimits.requestBodyBytes
  }

  // MARK: Events

  /// The socket is readable.
  func readable(_ now: Instant, _ answer: (SimRequest) -> SimResponse) {
    switch receive() {
    case .more: advance(now, answer)
    case .ended:
      hasEnded = true
      advance(now, answer)
      if state == .draining { close() }
    case .failed: close()
    }
  }

  func writable(_ now: Instant, _ answer: (SimRequest) -> SimResponse) {
    flush(now)
    advance(now, answer)
  }

  func timeIsUp(_ now: Instant, _ answer: (SimRequest) -> SimResponse) {
    deadline = nil
    if state == .draining { return close() }
    guard state == .delayed, let (response, parsed) = delayed else { return }
    delayed = nil
    state = .open
    enqueue(response, parsed, now)
    advance(now, answer)
  }

  func close() {
    guard state != .closed else { return }
    state = .closed
    deadline = nil
    Glibc.close(fd)
  }

  // MARK: Steps

  private enum Received { case more, ended, failed }

  private func receive() -> Received {
    withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
      while wantsRead {
        let count = recv(fd, buffer.baseAddress, buffer.count, 0)
        if count == 0 { return .ended }
        if count < 0 {
          return errno == EAGAIN || errno == EINTR ? .more : .failed
        }
        guard state == .open || state == .delayed else { continue }
        parser.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        if count < buffer.count { return .more }
      }
      return .more
    }
  }

  /// Answers what is whole, as long as nothing holds it up.
  private func advance(_ now: Instant, _ answer: (SimRequest) -> SimResponse) {
    while state == .open, then == .keep, output.count - sent < SimLimits.writeQueueBytes {
      let parsed: RequestParser.Parsed?
      do throws(RequestParser.Fault) { parsed = try parser.next() } catch {
        return refuse(error, now)
      }
      guard let parsed else {
        permit(now)
        return leave()
      }
      saidContinue = false
      let response = answer(parsed.request)
      guard response.delay == .zero else {
        delayed = (response, parsed)
        deadline = now + response.delay
        state = .delayed
        return
      }
      enqueue(response, parsed, now)
    }
    leave()
  }

  /// A client that has closed its side may still wait for what is on its way; then it is over.
  private func leave() {
    if hasEnded, state == .open || state == .stalled, !wantsWrite { close() }
  }

  /// `100 Continue` for a client that waits for it before it sends the body.
  private func permit(_ now: Instant) {
    guard parser.expectsContinue, !saidContinue else { return }
    saidContinue = true
    output += Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
    flush(now)
  }

  private func refuse(_ fault: RequestParser.Fault, _ now: Instant) {
    let response = SimResponse.text(fault.rawValue, "not a request this server reads\n")
    output += ResponseWriter.wire(response, keepAlive: false).bytes
    then = .close
    flush(now)
  }

  private func enqueue(_ response: SimResponse, _ parsed: RequestParser.Parsed, _ now: Instant) {
    let wire = ResponseWriter.wire(
      response, keepAlive: parsed.keepAlive, isHead: parsed.request.method == "HEAD")
    if output.isEmpty { output = wire.bytes } else { output += wire.bytes }
    then = wire.then
    flush(now)
  }

  /// Sends what it can; when all is out, does what was to follow.
  private func flush(_ now: Instant) {
    while sent < output.count {
      let count = output.withUnsafeBytes {
        send(fd, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        sent += count
      } else if count < 0, errno == EAGAIN || errno == EINTR {
        return
      } else {
        return close()
      }
    }
    output.removeAll(keepingCapacity: output.capacity <= 1 << 20)
    sent = 0
    finish(now)
  }

  private func finish(_ now: Instant) {
    switch then {
    case .keep: break
    case .stall: state = .stalled
    case .reset:
      var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
      setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
      close()
    case .close where state == .open:
      // Closing with unread bytes would send RST, which may destroy what the client has not read.
      shutdown(fd, Int32(SHUT_WR))
      state = .draining
      deadline = now + .seconds(2)
    case .close: break
    }
  }
}
