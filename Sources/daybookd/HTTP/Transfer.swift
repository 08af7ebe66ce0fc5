import CCurl
import DaybookCore
import DaybookEngine

/// One call on its way: what libcurl's callbacks find, and what they leave. Confined to the
/// client's queue.
final class Transfer {
  let call: Call
  let target: Target
  let easy: CurlMulti.Easy
  let pipe: BodyPipe
  /// libcurl has let go of the handle; the body queue still works.
  var isReceived = false
  /// Requests put on a wire, libcurl's own repetitions included.
  private(set) var sends = 0
  private(set) var head = ResponseHead()
  private let headers: HeaderList
  private var bodyBytes: Int64 = 0
  /// Why a callback ended the transfer.
  private var failure: TransportFailure?
  /// A callback ended the transfer because what is left of the body is not wanted.
  private var hasEnough = false
  private var isStartOfRead = false

  /// Throws `.forbidden` for a request that must not leave.
  init(
    _ call: Call, target: Target, easy: CurlMulti.Easy, pipe: BodyPipe
  ) throws(TransportFailure) {
    self.call = call
    self.target = target
    self.easy = easy
    self.pipe = pipe
    self.headers = try HeaderList(call.headers)
  }

  /// Decoded bytes that a body may have.
  private var capacity: Int64 {
    switch call.reception {
    case .memory: Int64(Limits.smallBodyBytes)
    case .spool: Limits.bodyBytes
    }
  }

  /// Bytes of the body that are kept; the rest of an error page is nobody's loss.
  private var wanted: Int64 {
    head.status == 200 ? capacity : Int64(Limits.smallBodyBytes)
  }

  /// Throws `.forbidden` when libcurl refuses an option.
  func configure(
    userAgent: String, caFile: String?, timeouts: Timeouts
  ) throws(TransportFailure) {
    var options = EasyOptions(easy)
    options.setRules(target, userAgent: userAgent, caFile: caFile)
    options.setLimits(call, timeouts, bodyBytes: capacity)
    options.setConnection(target, fresh: call.freshConnection)
    options.setRequest(call, headers: headers.list)
    setCallbacks(&options)
    guard options.fault == CURLE_OK else {
      let why = CurlFailure.failure(code: options.fault.rawValue, host: target.host)
      throw TransportFailure(.forbidden, "libcurl refuses an option for \(why.detail)")
    }
  }

  // MARK: libcurl's callbacks

  private func setCallbacks(_ options: inout EasyOptions) {
    let me = Unmanaged.passUnretained(self).toOpaque()
    for option in [
      CURLOPT_WRITEDATA, CURLOPT_HEADERDATA, CURLOPT_DEBUGDATA, CURLOPT_PRIVATE,
    ] {
      options.set(option, pointer: me)
    }
    options.note(
      ccurl_setopt_data_cb(easy, CURLOPT_WRITEFUNCTION) { data, size, count, me in
        Transfer.from(me).body(UnsafeRawBufferPointer(start: data, count: size * count))
      })
    options.note(
      ccurl_setopt_data_cb(easy, CURLOPT_HEADERFUNCTION) { data, size, count, me in
        Transfer.from(me).header(UnsafeRawBufferPointer(start: data, count: size * count))
      })
    // Nothing is printed: the debug function is libcurl's only sign of a request leaving.
    options.set(CURLOPT_VERBOSE, true)
    options.note(
      ccurl_setopt_debug_cb(easy) { _, kind, data, size, me in
        Transfer.from(me).note(kind, UnsafeRawBufferPointer(start: data, count: size))
        return 0
      })
  }

  private static func from(_ me: UnsafeMutableRawPointer?) -> Transfer {
    guard let me else { preconditionFailure("a libcurl callback without its transfer") }
    return Unmanaged<Transfer>.fromOpaque(me).takeUnretainedValue()
  }

  /// The transfer whose handle this is, while it is with libcurl.
  static func of(_ easy: CurlMulti.Easy) -> Transfer {
    var me: UnsafeMutableRawPointer?
    ccurl_getinfo_ptr(easy, CURLINFO_PRIVATE, &me)
    return from(me)
  }

  private func header(_ line: UnsafeRawBufferPointer) -> Int {
    if head.add(line) { return line.count }
    return end(.tooLarge, "more than \(Limits.headerBytes) bytes of headers")
  }

  /// What libcurl's write callback returns: the size of what was taken, or a word of its own.
  private func body(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard head.isComplete else { return end(.malformed, "a body without a response") }
    bodyBytes += Int64(bytes.count)
    if bodyBytes > wanted, wanted < capacity {
      hasEnough = true
      return 0
    }
    guard bodyBytes <= capacity else { return end(.tooLarge, "body over \(capacity) bytes") }
    switch pipe.offer(bytes, status: head.status, mayPause: isStartOfRead) {
    case .taken:
      isStartOfRead = false
      return bytes.count
    case .pause:
      bodyBytes -= Int64(bytes.count)
      isStartOfRead = false
      return Int(CURL_WRITEFUNC_PAUSE)
    case .bomb: return end(.tooLarge, "the body expands too far")
    case .refused(let why):
      failure = why
      return 0
    }
  }

  private func end(_ reason: TransportFailure.Reason, _ why: String) -> Int {
    failure = TransportFailure(reason, "\(target.host): \(why)")
    return 0
  }

  private func note(_ kind: curl_infotype, _ bytes: UnsafeRawBufferPointer) {
    switch kind {
    case CURLINFO_HEADER_OUT:
      // A long head goes out in several pieces; each request begins with its method.
      if bytes.starts(with: call.method.rawValue.uppercased().utf8) { sends += 1 }
    case CURLINFO_DATA_IN: isStartOfRead = true
    default: break
    }
  }

  // MARK: The end

  /// Lets a resting transfer go on; libcurl may call back before this returns. A failure on the
  /// way is told here and nowhere else.
  func resume() -> CURLcode { curl_easy_pause(easy, CURLPAUSE_CONT) }

  /// What libcurl's result means; nil: the answer arrived.
  func verdict(_ code: CURLcode) -> TransportFailure? {
    if let failure { return failure }
    if code == CURLE_WRITE_ERROR, hasEnough { return nil }
    guard code == CURLE_OK else {
      if code == CURLE_OPERATION_TIMEDOUT, head.status == 0 { endConnection() }
      var certificate = 0
      ccurl_getinfo_long(easy, CURLINFO_SSL_VERIFYRESULT, &certificate)
      return CurlFailure.failure(
        code: code.rawValue, host: target.host, certificate: certificate)
    }
    guard head.isComplete else {
      // libcurl takes a close in the middle of the headers for an end.
      return TransportFailure(.cut, "\(target.host): the answer ended in its headers")
    }
    return nil
  }

  /// A connection on which no answer came may be dead without a word. Of HTTP/2 libcurl (7.88) ends
  /// the stream alone, and would send the next call on the same connection.
  private func endConnection() {
    var socket = curl_socket_t(-1)
    ccurl_getinfo_socket(easy, CURLINFO_ACTIVESOCKET, &socket)
    if socket >= 0 { shutdown(socket, Int32(SHUT_RDWR)) }
  }
}
