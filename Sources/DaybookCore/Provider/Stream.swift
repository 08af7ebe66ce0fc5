/// One kind of data of a provider.
public struct StreamSpec: Hashable, Sendable {
  public var name: String
  public var request: Request
  public var window: DayWindow
  /// Most days in one call.
  public var span = 1
  /// Where the items are. Counted, and compared between two reads.
  public var items: [JSONPointer] = []
  /// The scalar that says which day the answer is about; it must be the day asked.
  public var belongs: Belongs?
  /// A cheap request listing the days or months that have data.
  public var index: Fact?
  /// Oldest day still served, in days before today.
  public var reach: Int?
  public var settle = Settle()
  /// Left out when two reads are compared: values that change at each call.
  public var volatile: [JSONPointer] = []
  /// The provider prints old days in the zone of the moment of the request: reads from different
  /// zones are not compared and never replace a final day.
  public var printsInCurrentZone = false
  /// A scope without which this stream is refused.
  public var scope: String?

  public init(name: String, request: Request, window: DayWindow) {
    self.name = name
    self.request = request
    self.window = window
  }
}

/// A request for a day, with placeholders `{start}`, `{end}` and `{param}` only.
public struct Request: Hashable, Sendable {
  public var method: Method = .get
  /// Below `urls.api`, beginning with a slash.
  public var path: String
  public var query: [Field] = []
  /// Value of `Accept:`.
  public var accept = "application/json"

  public enum Method: String, CaseIterable, Sendable { case get, post }
  public init(path: String, query: [Field] = []) {
    self.path = path
    self.query = query
  }
}

/// How `{start}` and `{end}` are written, and which ends the server counts in.
public struct DayWindow: Hashable, Sendable {
  public var form: DayForm
  public var ends: Ends

  public init(form: DayForm, ends: Ends) {
    self.form = form
    self.ends = ends
  }
}

/// Forms of a bound. The first two name days; the others moments, computed from the day's own
/// begin and end in its zone.
public enum DayForm: String, CaseIterable, Sendable {
  /// `2026-11-22`
  case ymd
  /// `20261122`
  case compact
  /// Seconds since 1970.
  case unix
  /// Milliseconds since 1970.
  case unixMilliseconds = "unix_ms"
  /// `2026-11-22T23:00:00Z`
  case utc
  /// `2026-11-23T00:00:00+01:00`
  case offset
  /// `2026-11-22T23:00:00`, read by the server as UTC.
  case naive

  public var namesDays: Bool { self == .ymd || self == .compact }
}

/// Which ends of a window the server includes.
public enum Ends: String, CaseIterable, Sendable {
  case both = "[]"
  case start = "[)"
  case neither = "()"
}

public struct Belongs: Hashable, Sendable {
  public var at: JSONPointer
  /// `ymd` or `compact`.
  public var form: DayForm
  public init(at: JSONPointer, form: DayForm) {
    self.at = at
    self.form = form
  }
}

/// When a day may be believed.
public struct Settle: Hashable, Sendable {
  /// The provider may still change a day for this many days after its end.
  public var days = 1
  /// A day is final once the account's `synced_at` is past its end.
  public var synced = false
  public init(days: Int = 1, synced: Bool = false) {
    self.days = days
    self.synced = synced
  }
}
