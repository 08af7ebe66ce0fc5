import DaybookCore

/// Providers, what goes wrong between them and the client, and the switches under `/sim`.
public struct SimWorld: ProviderModel {
  public var providers: Providers
  public var faults: Faults
  /// Requests to the providers, those included that a fault swallowed.
  public private(set) var requests = 0

  public init(_ providers: Providers, faults: Faults = Faults(seed: 1)) {
    self.providers = providers
    self.faults = faults
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    if request.components.first == "sim" { return control(request, now: now) }
    requests += 1
    return faults.answer(request, from: &providers, now: now)
  }

  public func kind(of request: SimRequest) -> SimKind { providers.kind(of: request) }

  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    providers.askingDayBefore(request)
  }

  /// Everything that was counted, as one JSON object with a line's end.
  public var statistics: [UInt8] {
    var out = ByteWriter(reserving: 2_048)
    out.raw("{\"requests\":")
    out.integer(requests)
    providers.count(into: &out)
    out.raw(",\"faults\":[")
    for (i, rule) in faults.rules.enumerated() {
      out.raw(i > 0 ? ",{\"kind\":" : "{\"kind\":")
      out.string(rule.kind?.rawValue ?? "any")
      out.raw(",\"seen\":")
      out.integer(rule.seen)
      out.raw(",\"struck\":")
      out.integer(rule.struck)
      out.raw("}")
    }
    out.raw("]}\n")
    return out.bytes
  }
}
