/// Reads requests from the bytes of a connection (HTTP/1.1, RFC 9112). Bytes go in as they come;
/// requests come out when they are whole.
public struct RequestParser: Sendable {
  private var buffer: [UInt8] = []
  private var start = 0
  /// Length of the head that was found, while its body is awaited.
  private var pending: Head?

  public struct Parsed: Hashable, Sendable {
    public var request: SimRequest
    /// The client wants the connection kept.
    public var keepAlive: Bool
  }

  /// Why the bytes are no request, as the status to answer.
  public enum Fault: Int, Error, Sendable {
    case bad = 400
    case bodyTooLarge = 413
    case headTooLarge = 431
    case version = 505
  }

  struct Head {
    var method: String
    var target: String
    var headers: [SimField]
    var keepAlive: Bool
    var framing: Framing
    enum Framing { case length(Int), chunked }
  }

  public init() {}

  public mutating func append(_ bytes: UnsafeRawBufferPointer) { buffer.append(contentsOf: bytes) }
  public mutating func append(_ bytes: [UInt8]) { buffer.append(contentsOf: bytes) }

  /// Bytes not yet understood.
  public var waiting: Int { buffer.count - start }

  /// The head is there and the client waits for leave to send the body (RFC 9110 §10.1.1).
  public var expectsContinue: Bool {
    guard let pending else { return false }
    return pending.headers.contains {
      $0.name == "expect" && $0.value.lowercased() == "100-continue"
    }
  }

  /// The next whole request; nil: more bytes are needed.
  public mutating func next() throws(Fault) -> Parsed? {
    if pending == nil {
      guard let end = headEnd() else {
        if waiting > SimLimits.headBytes { throw .headTooLarge }
        return nil
      }
      if end - start > SimLimits.headBytes { throw .headTooLarge }
      pending = try Head(buffer[start..<end])
      consume(end + 4)
    }
    guard let head = pending, let body = try body(head.framing) else { return nil }
    pending = nil
    let request = SimRequest(head.method, head.target, headers: head.headers, body: body)
    return Parsed(request: request, keepAlive: head.keepAlive)
  }

  private mutating func consume(_ end: Int) {
    start = end
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      start = 0
    } else if start > 1 << 16 {
      buffer.removeFirst(start)
      start = 0
    }
  }

  /// Index of the empty line that ends the head.
  private func headEnd() -> Int? {
    guard waiting >= 4 else { return nil }
    return buffer.withUnsafeBufferPointer { bytes in
      var i = start
      while i + 3 < bytes.count {
        if bytes[i + 3] > 13 {
          i += 4
        } else if bytes[i] == 13, bytes[i + 1] == 10, bytes[i + 2] == 13, bytes[i + 3] == 10 {
          return i
        } else {
          i += 1
        }
      }
      return nil
    }
  }

  private mutating func body(_ framing: Head.Framing) throws(Fault) -> [UInt8]? {
    switch framing {
    case .length(let count):
      guard waiting >= count else { return nil }
      let body = Array(buffer[start..<start + count])
      consume(start + count)
      return body
    case .chunked:
      guard let (body, end) = try chunks() else { return nil }
      consume(end)
      return body
    }
  }

  /// All chunks and where they end; nil while the last one is missing.
  private func chunks() throws(Fault) -> ([UInt8], Int)? {
    var body: [UInt8] = []
    var at = start
    while true {
      guard let line = lineEnd(from: at) else {
        if buffer.count - at > 33 { throw .bad }
        return nil
      }
      // However it came: 32 bytes, and an end of which half may be there.
      guard line - at <= 32 else { throw .bad }
      let digits = buffer[at..<line].prefix { $0 != UInt8(ascii: ";") }
      guard let size = RequestParser.hex(digits) else { throw .bad }
      guard body.count + size <= SimLimits.requestBodyBytes else { throw .bodyTooLarge }
      guard buffer.count >= line + 2 + size + 2 else { return nil }
      let data = buffer[line + 2..<line + 2 + size]
      at = line + 2 + size
      guard buffer[at] == 13, buffer[at + 1] == 10 else { throw .bad }
      at += 2
      if size == 0 { return (body, at) }
      body += data
    }
  }

  private func lineEnd(from: Int) -> Int? {
    var i = from
    while i + 1 < buffer.count {
      if buffer[i] == 13, buffer[i + 1] == 10 { return i }
      i += 1
    }
    return nil
  }

  private static func hex(_ digits: ArraySlice<UInt8>) -> Int? {
    guard (1...7).contains(digits.count) else { return nil }
    var value = 0
    for digit in digits {
      guard let n = FormText.hexValue(digit) else { return nil }
      value = value << 4 | Int(n)
    }
    return value
  }
}
