/// An answer, and how it is to reach the client.
public struct SimResponse: Hashable, Sendable {
  public var status: Int
  public var headers: [SimField]
  public var body: [UInt8]
  /// How the end of the body is marked.
  public var framing = Framing.length
  public var delivery = Delivery.whole
  /// What about the head is no HTTP.
  public var malformed: Malformation?
  /// Time that passes before the first byte.
  public var delay = Duration.zero

  /// How a client finds the end of the body (RFC 9112 §6).
  public enum Framing: String, CaseIterable, Sendable {
    /// `Content-Length`
    case length
    /// `Transfer-Encoding: chunked`
    case chunked
    /// The connection closes.
    case close
  }

  public enum Malformation: String, CaseIterable, Sendable {
    /// The first line is noise.
    case statusLine = "status-line"
    /// A header line with a NUL in it.
    case header
  }

  /// What becomes of the answer on the way. Byte counts are of the body.
  public enum Delivery: Hashable, Sendable {
    case whole
    /// The connection closes in order after so many bytes of the body.
    case cut(at: Int)
    /// Nothing more comes after so many bytes; the connection stays open. Nil: not even the head.
    case stall(after: Int?)
    /// The connection is reset after so many bytes. Nil: not even the head is sent.
    case reset(after: Int?)
    /// As if nobody listened.
    case refused
  }

  public init(_ status: Int, headers: [SimField] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A short text.
  public static func text(
    _ status: Int, _ text: String, type: String = "text/plain; charset=utf-8"
  ) -> SimResponse {
    SimResponse(status, headers: [SimField("Content-Type", type)], body: Array(text.utf8))
  }

  /// The first header of this name, compared without case.
  public func header(_ name: String) -> String? {
    let wanted = name.lowercased()
    return headers.first { $0.name.lowercased() == wanted }?.value
  }

  public var bodyText: String { String(decoding: body, as: UTF8.self) }
}
