/// Cuts a stream of bytes, in whatever pieces it arrives, into Varlink messages: each ends with
/// one NUL byte (https://varlink.org/Wire-Format). Give it bytes, then take messages until nil.
public struct VarlinkFramer: Sendable {
  /// Bytes of one message at most, its NUL not counted.
  public let limit: Int
  private var buffer: [UInt8] = []
  /// Where the message in hand begins, and how far it was already searched for its NUL.
  private var begin = 0
  private var searched = 0
  private var broken = false

  public init(limit: Int) { self.limit = limit }

  /// Bytes of a message that has begun but not ended. Call ``next()`` to the end first.
  public var pending: Int { buffer.count - begin }

  public mutating func append(_ bytes: some Sequence<UInt8>) {
    guard !broken else { return }
    if begin > 0 {
      buffer.removeFirst(begin)
      searched -= begin
      begin = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next whole message without its NUL, or nil until more bytes come. After
  /// ``VarlinkFault/tooLarge(limit:)`` nothing more is taken: the stream cannot be trusted.
  public mutating func next() throws(VarlinkFault) -> [UInt8]? {
    guard !broken else { throw .tooLarge(limit: limit) }
    guard let end = buffer[searched...].firstIndex(of: 0) else {
      searched = buffer.count
      if pending > limit { try overflow() }
      return nil
    }
    if end - begin > limit { try overflow() }
    let message = Array(buffer[begin..<end])
    begin = end + 1
    searched = begin
    return message
  }

  private mutating func overflow() throws(VarlinkFault) {
    broken = true
    buffer = []
    begin = 0
    searched = 0
    throw .tooLarge(limit: limit)
  }
}

/// Why what a peer sent is no Varlink. Its connection is closed; nobody else notices.
public enum VarlinkFault: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLarge(limit: Int)
  /// Not a JSON document.
  case json(DocumentFault)
  /// A JSON document, but not the envelope of a message. Says what is wrong with it.
  case envelope(String)

  public var description: String {
    switch self {
    case .tooLarge(let limit): "a message of more than \(limit) bytes"
    case .json(let fault): "a message that is not JSON: \(fault)"
    case .envelope(let why): "a message that is not Varlink: \(why)"
    }
  }
}
