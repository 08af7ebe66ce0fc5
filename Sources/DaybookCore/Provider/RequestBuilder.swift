/// Writes the URLs of an account's calls from the provider file and the account's settings.
public struct RequestBuilder: Sendable {
  let provider: Provider
  let settings: AccountSettings
  /// What the provider calls the account: `{id}`.
  let id: String?

  public init(provider: Provider, settings: AccountSettings, id: String? = nil) {
    self.provider = provider
    self.settings = settings
    self.id = id
  }

  /// What asks for the days from `first` through `last`: a URL, and the JSON body of a POST.
  ///
  /// - Parameter mark: which page is asked for; nil: the first.
  public func request(
    of stream: StreamSpec, from first: Day, through last: Day, zone: Zone, mark: String? = nil
  ) -> (url: String, body: JSONValue?) {
    let bounds = stream.window.bounds(
      from: first - stream.pad, through: last + stream.pad, in: zone)
    let values = [Field("start", bounds.start), Field("end", bounds.end)] + known
    var query = stream.request.query.map { Field($0.name, plain($0.value, values)) }
    var body = stream.request.body.map { filled($0, values, stream.window.form) }
    switch (stream.pages, firstMark(stream.pages, mark)) {
    case (let pages?, let mark?) where pages.place == .query: query.append(Field(pages.send, mark))
    case (let pages?, let mark?): body = body?.adding(JSONMember(pages.send, .string(mark)))
    case (nil, _), (_, nil): break
    }
    return (with(query, api + filled(stream.request.path, values)), body)
  }

  /// What asks for a part of an item of a day: a URL, and the JSON body of a POST.
  public func request(
    of part: PartSpec, item: String, of stream: StreamSpec, day: Day, zone: Zone
  ) -> (url: String, body: JSONValue?) {
    let bounds = stream.window.bounds(of: day, in: zone)
    let values =
      [Field("item", item), Field("start", bounds.start), Field("end", bounds.end)] + known
    let query = part.request.query.map { Field($0.name, plain($0.value, values)) }
    return (
      with(query, api + filled(part.request.path, values)),
      part.request.body.map { filled($0, values, stream.window.form) }
    )
  }

  /// A counter is sent from the first page on.
  private func firstMark(_ pages: Pages?, _ mark: String?) -> String? {
    if case .counter(_, let first, _) = pages?.mark { return mark ?? String(first) }
    return mark
  }

  private func with(_ query: [Field], _ url: String) -> String {
    var url = url
    for field in query {
      url += url.contains("?") ? "&" : "?"
      url += percentEncoded(field.name) + "=" + percentEncoded(field.value)
    }
    return url
  }

  /// The URL that asks for one day.
  public func url(of stream: StreamSpec, day: Day, zone: Zone) -> String {
    request(of: stream, from: day, through: day, zone: zone).url
  }

  /// The URL that asks for a fact or an index.
  public func url(of fact: Fact) -> String { api + filled(fact.get, known) }

  /// The URL that asks which days have changed since a moment.
  ///
  /// - Parameter mark: which page is asked for; nil: the first.
  public func url(
    of changes: Changes, since moment: Instant, zone: Zone, pages: Pages? = nil,
    mark: String? = nil
  ) -> String {
    let since = Field("since", changes.since.text(moment, in: zone))
    let page = firstMark(pages, mark).flatMap { mark in pages.map { [Field($0.send, mark)] } }
    return with(page ?? [], api + filled(changes.fact.get, [since] + known))
  }

  /// What does not depend on the day.
  private var known: [Field] { (id.map { [Field("id", $0)] } ?? []) + settings.params }

  public var api: String { rehomed(provider.urls.api) }
  public var authorize: String? { provider.urls.authorize.map(rehomed) }
  public var token: String? { provider.urls.token.map(rehomed) }
  public var revoke: String? { provider.urls.revoke.map(rehomed) }

  /// Whether an id that a server sent may stand in a path: `.` and `..` would lead elsewhere
  /// (RFC 3986 §5.2.4), whatever is escaped.
  public static func isSegment(_ id: String) -> Bool { !["", ".", ".."].contains(id) }

  /// Whether an authorization answer may be of this issuer (RFC 9207 §2.4): it lives where people
  /// sign in, or where codes become tokens.
  public func isIssuer(_ url: String) -> Bool {
    guard let origin = Origin.split(url)?.origin else { return false }
    return [authorize, token].contains { $0.flatMap { Origin.split($0)?.origin } == origin }
  }

  /// Replaces `scheme://host:port` by the account's `origin`.
  private func rehomed(_ url: String) -> String {
    guard let origin = settings.origin, let (_, rest) = Origin.split(url) else { return url }
    return origin + rest
  }

  /// A path whose literals are as they should be, and whose values are encoded.
  private func filled(_ text: String, _ values: [Field]) -> String {
    Template(text)?.filled { percentEncoded(value($0, values)) } ?? text
  }

  private func plain(_ text: String, _ values: [Field]) -> String {
    Template(text)?.filled { value($0, values) } ?? text
  }

  /// A body whose texts are filled; one that is nothing but a bound in the form of parts becomes an
  /// object.
  private func filled(_ json: JSONValue, _ values: [Field], _ form: DayForm) -> JSONValue {
    switch json {
    case .null, .bool, .int, .number: json
    case .array(let elements): .array(elements.map { filled($0, values, form) })
    case .object(let members):
      .object(members.map { JSONMember($0.key, filled($0.value, values, form)) })
    case .string(let text):
      parts(text, values, form) ?? .string(plain(text, values))
    }
  }

  private func parts(_ text: String, _ values: [Field], _ form: DayForm) -> JSONValue? {
    guard form == .parts, text == "{start}" || text == "{end}", let day = Day(plain(text, values))
    else { return nil }
    let (year, month, date) = day.civil
    return ["year": .int(Int64(year)), "month": .int(Int64(month)), "day": .int(Int64(date))]
  }

  /// The loader has seen that every placeholder has its value.
  private func value(_ name: String, _ values: [Field]) -> String {
    values.first { $0.name == name }?.value ?? ""
  }
}

extension JSONValue {
  /// An object with one more member; anything else as it is.
  fileprivate func adding(_ member: JSONMember) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(members + [member])
  }
}
