/// One kind of data of a provider.
public struct StreamSpec: Hashable, Sendable {
  public var name: String
  public var request: Request
  public var window: DayWindow
  /// The request names no day: what it brings is filed under the day on which it was asked for, and
  /// no other day can be had.
  public var isSnapshot = false
  /// Most days in one call. With more than one, each day's file is the array of its elements.
  public var span = 1
  /// Days asked beside them on each side, and dropped: for servers that sort some into neighbours.
  public var pad = 0
  /// How an answer of several pages goes on.
  public var pages: Pages?
  /// What the days are. The call of `index` and those of the account are JSON all the same.
  public var document = Document.json
  /// Where the items are. Counted, and compared between two reads.
  public var items: [JSONPointer] = []
  /// The scalar that says which day the answer is about; it must be the day asked. Of an answer
  /// that is cut into days, the scalar of each element.
  public var belongs: Belongs?
  /// One more call for each item of a day's list.
  public var each: Each?
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

  /// Of the days' files.
  public var fileExtension: String { each == nil ? document.fileExtension : Each.fileExtension }
}

/// A request for a day, with placeholders `{start}`, `{end}` and `{param}` only.
public struct Request: Hashable, Sendable {
  public var method: Method = .get
  /// Below `urls.api`, beginning with a slash.
  public var path: String
  public var query: [Field] = []
  /// JSON sent with it; its texts may hold placeholders.
  public var body: JSONValue?
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

/// Forms of a bound. `ymd`, `compact` and `parts` name days; the others moments, computed from the
/// day's own begin and end in its zone.
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
  /// `{"year": 2026, "month": 11, "day": 22}`: within a JSON body only.
  case parts

  public var namesDays: Bool { self == .ymd || self == .compact || self == .parts }
}

/// Which ends of a window the server includes.
public enum Ends: String, CaseIterable, Sendable {
  case both = "[]"
  case start = "[)"
  case neither = "()"
}

public struct Belongs: Hashable, Sendable {
  public var at: JSONPointer
  /// Any that names a day or moment.
  public var form: FactForm
  public init(at: JSONPointer, form: FactForm) {
    self.at = at
    self.form = form
  }
}

/// How an answer of several pages goes on. It ends with a page that names no next one, or, counted,
/// with an empty one; an empty page that names a next one is not the end.
public struct Pages: Hashable, Sendable {
  public enum Mark: Hashable, Sendable {
    /// Sent under this name, as it was found at the pointer.
    case token(send: String, at: JSONPointer)
    /// Sent under this name: a number that grows by `step` with each page.
    case counter(send: String, first: Int, step: Int)
  }
  public enum Place: String, CaseIterable, Sendable { case query, body }
  public var mark: Mark
  /// Where it is sent.
  public var place: Place
  /// With a token: where the answer says whether there is another page, since the token is always
  /// there.
  public var more: JSONPointer?

  public init(_ mark: Mark, in place: Place = .query, more: JSONPointer? = nil) {
    self.mark = mark
    self.place = place
    self.more = more
  }

  public var send: String {
    switch mark {
    case .token(let send, _), .counter(let send, _, _): send
    }
  }
}

/// A scalar whose values mean that the provider is still at work on the day.
public struct Pending: Hashable, Sendable {
  public var at: JSONPointer
  public var values: [String]
  public init(at: JSONPointer, values: [String]) {
    self.at = at
    self.values = values
  }
}

/// When a day may be believed.
public struct Settle: Hashable, Sendable {
  /// The provider may still change a day for this many days after its end.
  public var days = 1
  /// A day is final once the account's `synced_at` is past its end.
  public var synced = false
  /// The answer says itself that it may change.
  public var open: Pending?
  /// A cheap request that lists days that have changed, however old they are.
  public var changes: Changes?
  public init(
    days: Int = 1, synced: Bool = false, open: Pending? = nil, changes: Changes? = nil
  ) {
    self.days = days
    self.synced = synced
    self.open = open
    self.changes = changes
  }
}
