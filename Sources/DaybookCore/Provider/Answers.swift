/// The kinds of calls, as `answers` rows name them.
public enum CallKind: String, CaseIterable, Sendable {
  /// Code exchange and refresh.
  case token
  /// An account fact: id, zone, first day, last synchronisation.
  case account
  case index
  /// A day of a stream.
  case data
  /// A part of an item of a day.
  case part
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
  /// The row holds when a whole document has no scalar here.
  public var lacks: JSONPointer?
  public var means: Verdict
  /// The author's sentence for people, shown with the verdict.
  public var advice: String?

  public init(
    call: CallKind? = nil, stream: String? = nil, status: Int, at: JSONPointer? = nil,
    values: [String] = [], lacks: JSONPointer? = nil, means: Verdict
  ) {
    self.call = call
    self.stream = stream
    self.status = status
    self.at = at
    self.values = values
    self.lacks = lacks
    self.means = means
  }

  /// The pointer whose scalars the row is about.
  public var pointer: JSONPointer? { at ?? lacks }
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
  /// `YYYY-MM` after the last slash, anything behind it ignored (`store/rec/me/phone/2016-06.rec`):
  /// the first of that month.
  case month
  /// Seconds since 1970.
  case unix
  /// RFC 3339, with `Z` or an offset.
  case instant
  /// A local date and time without a zone: `2026-11-22T07:15:00.000`.
  case wall
  /// An object with the numbers `year`, `month` and `day`.
  case parts
}

public struct AccountFacts: Hashable, Sendable {
  public var id: Fact?
  public var zone: Fact?
  public var firstDay: Fact?
  public var syncedAt: Fact?
  public init() {}
}
