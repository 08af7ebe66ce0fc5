import DaybookCore

/// Names one call for as long as the process lives.
public struct CallID: Hashable, Sendable, Comparable {
  public let number: UInt64
  public init(_ number: UInt64) { self.number = number }
  public static func < (a: CallID, b: CallID) -> Bool { a.number < b.number }
}

/// A request to send, complete: the performer adds nothing to it.
public struct Call: Sendable {
  public var id: CallID
  public var kind: CallKind
  public var method: DaybookCore.Request.Method
  public var url: String
  /// Sent as they are. Secrets stay wrapped until the last moment.
  public var headers: [Header]
  /// Form body of a POST, `application/x-www-form-urlencoded`.
  public var body: Secret?
  /// On a connection of its own, HTTP/1.1, not reused: libcurl would silently repeat a request on
  /// a reused connection that dies, and a refresh token must not be sent twice.
  public var freshConnection: Bool
  /// `http:` to another machine is permitted. To loopback it always is.
  public var allowPlainHTTP: Bool
  public var timeout: Duration
  public var reception: Reception

  public struct Header: Sendable {
    public var name: String
    public var value: Secret
    public init(_ name: String, _ value: Secret) {
      self.name = name
      self.value = value
    }
  }

  public init(
    id: CallID, kind: CallKind, method: DaybookCore.Request.Method = .get, url: String,
    headers: [Header] = [], body: Secret? = nil, freshConnection: Bool = false,
    allowPlainHTTP: Bool = false, timeout: Duration = Limits.callTimeout, reception: Reception
  ) {
    self.id = id
    self.kind = kind
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.freshConnection = freshConnection
    self.allowPlainHTTP = allowPlainHTTP
    self.timeout = timeout
    self.reception = reception
  }
}

/// Where the body of an answer goes. It is scanned on the way in each case.
public enum Reception: Sendable {
  /// Kept in memory, at most ``Limits/smallBodyBytes``.
  case memory(ScanPlan)
  /// With status 200 written to a temporary file in the day's folder, at most
  /// ``Limits/bodyBytes``; with any other status kept in memory, the first
  /// ``Limits/smallBodyBytes`` of it.
  case spool(DayPath, ScanPlan)

  public var plan: ScanPlan {
    switch self {
    case .memory(let plan), .spool(_, let plan): plan
    }
  }
}

/// How a call ended.
public struct Reply: Sendable {
  public var outcome: Outcome
  /// How often the request was really put on a wire: 0 when no connection came about, 2 when
  /// libcurl repeated it on another connection.
  public var sends: Int

  public enum Outcome: Sendable {
    case answered(Answer)
    case failed(TransportFailure)
  }
  public init(_ outcome: Outcome, sends: Int = 1) {
    self.outcome = outcome
    self.sends = sends
  }
}

/// An answer that arrived whole as far as the transport can tell.
public struct Answer: Sendable {
  public var status: Int
  /// Names in lower case, in the order received, without line ends. At most ``Limits/headerBytes``.
  public var headers: [Field]
  public var body: Body
  /// What the scanner found in the body.
  public var scan: ScanReport

  public enum Body: Sendable {
    case memory([UInt8])
    case spooled(Spooled)
  }
  public init(status: Int, headers: [Field], body: Body, scan: ScanReport) {
    self.status = status
    self.headers = headers
    self.body = body
    self.scan = scan
  }

  /// The first header of this name, given in lower case.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

/// A body in a temporary file of the archive, written but not yet synced.
public struct Spooled: Hashable, Sendable {
  /// The day it is for.
  public var path: DayPath
  /// Name of the temporary file in the day's folder.
  public var temporary: String
  public var size: Int64
  public var sha256: Digest

  public init(path: DayPath, temporary: String, size: Int64, sha256: Digest) {
    self.path = path
    self.temporary = temporary
    self.size = size
    self.sha256 = sha256
  }
}

/// Why no answer arrived. The text is for people; it holds nothing the server sent.
public struct TransportFailure: Error, Hashable, Sendable {
  public enum Reason: String, Sendable {
    case resolve = "name not found"
    case connect = "cannot connect"
    case tls = "TLS failed"
    case timeout = "timed out"
    case cut = "connection ended in the middle"
    /// The body or the headers are over their limit.
    case tooLarge = "answer too large"
    /// The answer is no HTTP, or encoded in a way we did not ask for.
    case malformed = "malformed answer"
    /// Refused here before anything was sent: plain http, a URL that is none.
    case forbidden = "not allowed"
    case cancelled = "cancelled"
    /// The temporary file could not be written: no space or quota.
    case diskFull = "no space for the answer"
    /// The archive is not where it was.
    case archiveAway = "no archive for the answer"
    /// The temporary file could not be written: anything else.
    case disk = "cannot write the answer"
  }
  public var reason: Reason
  public var detail: String

  public init(_ reason: Reason, _ detail: String = "") {
    self.reason = reason
    self.detail = detail
  }
}

/// The place of a day in the archive: `ACCOUNT/STREAM/YYYY/MM/YYYY-MM-DD.EXT`.
public struct DayPath: Hashable, Sendable {
  public var account: String
  public var stream: String
  public var day: Day
  /// `json` or `xml`: ``Document/fileExtension`` of the stream.
  public var fileExtension: String

  /// Traps unless account and stream are valid names: nothing a server sends becomes a path.
  public init(account: String, stream: String, day: Day, fileExtension: String = "json") {
    precondition(Name.isValid(account) && Name.isValid(stream) && Name.isValid(fileExtension))
    self.account = account
    self.stream = stream
    self.day = day
    self.fileExtension = fileExtension
  }

  /// Below the archive: `me/storyline/2016/06`.
  public var folder: String {
    let (y, m, _) = day.civil
    return "\(account)/\(stream)/\(padded(y, 4))/\(padded(m, 2))"
  }
  /// `2016-06-18.json`
  public var file: String { "\(day).\(fileExtension)" }
}
