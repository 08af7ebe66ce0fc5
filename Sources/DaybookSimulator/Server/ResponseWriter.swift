/// Turns answers into the bytes of a connection (HTTP/1.1, RFC 9112).
public enum ResponseWriter {
  /// The bytes, and what becomes of the connection once they are sent.
  public struct Wire: Hashable, Sendable {
    public var bytes: [UInt8]
    public var then: Then
  }

  public enum Then: String, Sendable {
    case keep
    case close
    /// RST instead of FIN.
    case reset
    /// Nothing more, and no close.
    case stall
  }

  /// `isHead`: the method was HEAD, so the body stays away.
  public static func wire(_ response: SimResponse, keepAlive: Bool, isHead: Bool = false) -> Wire {
    let (count, ending) = extent(response)
    guard let count else { return Wire(bytes: [], then: ending ?? .close) }
    let isBodiless = isHead || response.status == 204 || response.status == 304
    let closes = !keepAlive || response.framing == .close
    var out = head(response, closes: closes, isBodiless: response.status == 304)
    if !isBodiless { body(response, prefix: count, isCut: ending != nil, into: &out) }
    return Wire(bytes: out.bytes, then: ending ?? (closes ? .close : .keep))
  }

  /// How much of the body goes out (nil: not even the head), and how it ends when not in order.
  private static func extent(_ response: SimResponse) -> (Int?, Then?) {
    switch response.delivery {
    case .whole: (response.body.count, nil)
    case .cut(let n): (min(n, response.body.count), .close)
    case .stall(let n): (n.map { min($0, response.body.count) }, .stall)
    case .reset(let n): (n.map { min($0, response.body.count) }, .reset)
    case .refused: (nil, .reset)
    }
  }

  private static func head(_ response: SimResponse, closes: Bool, isBodiless: Bool) -> ByteWriter {
    var out = ByteWriter(reserving: response.body.count + 512)
    if response.malformed == .statusLine {
      out.raw("HTP/one.one okay\r\n")
    } else {
      out.raw("HTTP/1.1 ")
      out.integer(response.status)
      out.raw(" ")
      out.raw(reason(response.status))
      out.raw("\r\n")
    }
    for field in response.headers {
      out.raw(field.name)
      out.raw(": ")
      out.raw(field.value)
      out.raw("\r\n")
    }
    if response.malformed == .header { out.raw("X-Bro\0ken: yes\r\n") }
    if !isBodiless { framing(response, into: &out) }
    if closes { out.raw("Connection: close\r\n") }
    out.raw("\r\n")
    return out
  }

  private static func framing(_ response: SimResponse, into out: inout ByteWriter) {
    switch response.framing {
    case .length:
      out.raw("Content-Length: ")
      out.integer(response.body.count)
      out.raw("\r\n")
    case .chunked: out.raw("Transfer-Encoding: chunked\r\n")
    case .close: break
    }
  }

  private static func body(
    _ response: SimResponse, prefix count: Int, isCut: Bool, into out: inout ByteWriter
  ) {
    guard response.framing == .chunked else {
      out.bytes(response.body[..<count])
      return
    }
    var start = 0
    while start < count {
      let end = min(start + SimLimits.chunkBytes, count)
      out.raw(String(end - start, radix: 16))
      out.raw("\r\n")
      out.bytes(response.body[start..<end])
      out.raw("\r\n")
      start = end
    }
    if !isCut { out.raw("0\r\n\r\n") }
  }

  static func reason(_ status: Int) -> StaticString {
    switch status {
    case 200: "OK"
    case 204: "No Content"
    case 302: "Found"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 410: "Gone"
    case 413: "Content Too Large"
    case 416: "Range Not Satisfiable"
    case 422: "Unprocessable Content"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 500: "Internal Server Error"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    case 505: "HTTP Version Not Supported"
    default: "Simulated"
    }
  }
}
