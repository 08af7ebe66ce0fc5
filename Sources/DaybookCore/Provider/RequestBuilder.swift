/// Writes the URLs of an account's calls from the provider file and the account's settings.
public struct RequestBuilder: Sendable {
  let provider: Provider
  let settings: AccountSettings

  public init(provider: Provider, settings: AccountSettings) {
    self.provider = provider
    self.settings = settings
  }

  /// The URL that asks for one day.
  public func url(of stream: StreamSpec, day: Day, zone: Zone) -> String {
    let bounds = stream.window.bounds(of: day, in: zone)
    let values = [Field("start", bounds.start), Field("end", bounds.end)] + settings.params
    var url = api + filled(stream.request.path, values)
    for (i, field) in stream.request.query.enumerated() {
      url += i == 0 && !url.contains("?") ? "?" : "&"
      url += percentEncoded(field.name) + "=" + percentEncoded(plain(field.value, values))
    }
    return url
  }

  /// The URL that asks for a fact or an index.
  public func url(of fact: Fact) -> String { api + filled(fact.get, settings.params) }

  public var api: String { rehomed(provider.urls.api) }
  public var authorize: String? { provider.urls.authorize.map(rehomed) }
  public var token: String? { provider.urls.token.map(rehomed) }
  public var revoke: String? { provider.urls.revoke.map(rehomed) }

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

  /// The loader has seen that every placeholder has its value.
  private func value(_ name: String, _ values: [Field]) -> String {
    values.first { $0.name == name }?.value ?? ""
  }
}
