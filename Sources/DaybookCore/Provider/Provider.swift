/// One provider as data: everything the engine needs to know to sign in, ask for a day, understand
/// the answer and stay within the limits. Loaded from `NAME.yaml` by ``ProviderFile``.
///
/// The language has knobs only: no expressions, no conditions, no functions. What a single
/// provider needs beyond them is a named behaviour: code with a test.
public struct Provider: Hashable, Sendable {
  public var name: String
  public var title: String
  public var login: Login
  public var urls: URLs
  public var client: ClientAuthentication = .form
  /// Proof key for code exchange, method S256 (RFC 7636).
  public var pkce = false
  public var scopes = Scopes()
  /// Constant fields added to the calls of sign-in.
  public var fixed = Fixed()
  /// Where the token answer holds its fields; the root by default.
  public var tokenAt: JSONPointer = .root
  public var tokenLife: TokenLife = .answer
  /// The provider lets a native app use any free loopback port (RFC 8252 §7.3).
  public var freeRedirectPort = false
  /// Names that an account must give under `params:`, usable as `{name}` in requests.
  public var params: [String] = []
  public var answers: [AnswerRow] = []
  public var account = AccountFacts()
  public var windows: [WindowSpec] = []
  public var meters: [Meter] = []
  public var streams: [StreamSpec]
  /// The day on which the provider said it will end.
  public var sunset: Day?

  public init(name: String, title: String, login: Login, urls: URLs, streams: [StreamSpec]) {
    self.name = name
    self.title = title
    self.login = login
    self.urls = urls
    self.streams = streams
  }

  public func stream(_ name: String) -> StreamSpec? { streams.first { $0.name == name } }
}

/// How an account proves who it is.
public enum Login: String, CaseIterable, Sendable {
  /// OAuth 2.0 authorization code (RFC 6749 §4.1).
  case code
  /// No sign-in at all.
  case none
}

/// Where the provider is. `https:` only, loopback apart.
public struct URLs: Hashable, Sendable {
  public var authorize: String?
  public var token: String?
  public var revoke: String?
  /// What request paths are appended to; without a final slash.
  public var api: String

  public init(api: String, authorize: String? = nil, token: String? = nil, revoke: String? = nil) {
    self.api = api
    self.authorize = authorize
    self.token = token
    self.revoke = revoke
  }
}

/// How the client proves itself at the token endpoint (RFC 6749 §2.3).
public enum ClientAuthentication: String, CaseIterable, Sendable {
  /// `client_id` and `client_secret` in the form body.
  case form
  /// HTTP Basic.
  case basic
  /// No secret, `client_id` only.
  case `public`
}

public struct Scopes: Hashable, Sendable {
  /// Without one of these the account cannot be backed up.
  public var needed: [String] = []
  /// Asked for; streams that need them are refused when they are not given.
  public var wished: [String] = []
  /// What joins them when asking. Answers are split at both.
  public var joint: Joint = .space

  public enum Joint: String, CaseIterable, Sendable { case space, comma }
  public init(needed: [String] = [], wished: [String] = [], joint: Joint = .space) {
    self.needed = needed
    self.wished = wished
    self.joint = joint
  }
  /// All of them, joined for the authorize URL.
  public var asked: String {
    (needed + wished).joined(separator: joint == .space ? " " : ",")
  }
}

/// A name and its value, in the order of the file.
public struct Field: Hashable, Sendable {
  public var name: String
  public var value: String
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

public struct Fixed: Hashable, Sendable {
  public var authorize: [Field] = []
  public var exchange: [Field] = []
  public var refresh: [Field] = []
  public init() {}
}

/// How long an access token lives.
public enum TokenLife: Hashable, Sendable {
  /// As the answer's `expires_in` says; unknown when it is silent.
  case answer
  /// Seconds, when the answer is silent.
  case seconds(Int)
  case endless
}

/// The kinds of calls, as `answers` rows name them.
public enum CallKind: String, CaseIterable, Sendable {
  /// Code exchange and refresh.
  case token
  /// An account fact: id, zone, first day, last synchronisation.
  case account
  case index
  /// A day of a stream.
  case data
  case revoke
}

/// One row of `answers`: when a call of this kind is answered like this, it means that.
public struct AnswerRow: Hashable, Sendable {
  /// Nil: any kind.
  public var call: CallKind?
  /// A row for one stream only.
  public var stream: String?
  public var status: Int
  /// With `values`: the row holds when the scalar at `at` is one of them.
  public var at: JSONPointer?
  public var values: [String] = []
  public var means: Verdict

  public init(
    call: CallKind? = nil, stream: String? = nil, status: Int, at: JSONPointer? = nil,
    values: [String] = [], means: Verdict
  ) {
    self.call = call
    self.stream = stream
    self.status = status
    self.at = at
    self.values = values
    self.means = means
  }
}

/// What one answer means. See ``judge(_:)`` for the table.
public enum Verdict: String, CaseIterable, Sendable {
  case good
  case empty
  case unchanged
  case pastReach = "past_reach"
  case narrower
  case staleToken = "stale_token"
  case deadGrant = "dead_grant"
  case denied
  case limited
  case pageChanged = "page_changed"
  case ended
  case later
  case bug
}

/// What is asked once for an account: a request and where its answer says it.
public struct Fact: Hashable, Sendable {
  /// Path and query below `urls.api`, with `{param}` placeholders.
  public var get: String
  public var at: JSONPointer
  public var form: FactForm

  public init(get: String, at: JSONPointer, form: FactForm) {
    self.get = get
    self.at = at
    self.form = form
  }
}

/// How a fact is written. Several hits: the earliest for `first_day`, the latest for `synced_at`.
public enum FactForm: String, CaseIterable, Sendable {
  /// Any scalar, taken as text.
  case text
  /// `YYYY-MM-DD`
  case ymd
  /// `YYYYMMDD`
  case compact
  /// `YYYY-MM`, anything after it ignored (`2016-06.rec`): the first of that month.
  case month
  /// Seconds since 1970.
  case unix
  /// RFC 3339, with `Z` or an offset.
  case instant
}

public struct AccountFacts: Hashable, Sendable {
  public var id: Fact?
  public var zone: Fact?
  public var firstDay: Fact?
  public var syncedAt: Fact?
  public init() {}
}

/// A rate limit: at most `limit` calls in any `seconds`.
public struct WindowSpec: Hashable, Sendable {
  public var name: String
  public var seconds: Double
  public var limit: Int
  public var per: Per
  public var align: Align

  public enum Per: String, CaseIterable, Sendable {
    /// Shared by all accounts of one client.
    case app
    case user
  }
  /// How the server counts. Our own count is safe for all of them; this is for `status` and for
  /// the wait after a refusal.
  public enum Align: String, CaseIterable, Sendable {
    /// Starts at the top of the clock's minute, hour, day.
    case clock
    /// Starts at the first call.
    case first
    case rolling
    case unknown
  }

  public init(name: String, seconds: Double, limit: Int, per: Per, align: Align) {
    self.name = name
    self.seconds = seconds
    self.limit = limit
    self.per = per
    self.align = align
  }
}

/// A response header that tells the state of a window.
public struct Meter: Hashable, Sendable {
  /// Compared without case.
  public var header: String
  public var says: Says
  /// The windows it speaks of: one name; several, comma values in that order; or empty: `nearest`.
  public var windows: [String]

  public enum Says: String, CaseIterable, Sendable {
    case limit, used, left
    /// Seconds until the window starts again.
    case resetsIn = "resets_in"
    /// Seconds since 1970 at which it starts again.
    case resetsAt = "resets_at"
  }

  public init(header: String, says: Says, windows: [String]) {
    self.header = header
    self.says = says
    self.windows = windows
  }
}

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
