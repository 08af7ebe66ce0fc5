import DaybookCore

/// Things that go wrong between a provider and its client: decided by the seed and the number of
/// the call, carried out by the server or, in virtual time, by the simulation.
public struct Faults: Sendable {
  public let seed: UInt64
  /// The first rule that strikes acts; the others count the call all the same.
  public private(set) var rules: [FaultRule] = []

  public init(seed: UInt64, _ rules: [FaultRule] = []) {
    self.seed = seed
    self.rules = Array(rules.prefix(SimLimits.faultRules))
  }

  /// False when there are too many already.
  public mutating func add(_ rule: FaultRule) -> Bool {
    guard rules.count < SimLimits.faultRules else { return false }
    rules.append(rule)
    return true
  }

  public mutating func clear() { rules = [] }

  /// The model's answer, or what a fault makes of it.
  public mutating func answer(
    _ request: SimRequest, from model: inout some ProviderModel, now: Instant
  ) -> SimResponse {
    guard !rules.isEmpty, let action = strike(model.kind(of: request)) else {
      return model.answer(request, now: now)
    }
    var response: SimResponse
    if action.replacesAnswer {
      response = SimResponse(200, headers: [SimField("Date", CivilText.httpDate(now))])
    } else if action == .wrongDay, let other = model.askingDayBefore(request) {
      return model.answer(other, now: now)
    } else {
      response = model.answer(request, now: now)
    }
    Faults.apply(action, to: &response, now: now)
    return response
  }

  private mutating func strike(_ kind: SimKind) -> FaultAction? {
    var action: FaultAction?
    for i in rules.indices where rules[i].kind == nil || rules[i].kind == kind {
      let random = Seeded(seed, i, rules[i].seen)
      if rules[i].strikes(random), action == nil { action = rules[i].action }
    }
    return action
  }

  private static func apply(_ action: FaultAction, to response: inout SimResponse, now: Instant) {
    switch action {
    case .status(let status, let retryAfter, _):
      response.replace(status, "the simulated service has trouble\n", type: "text/plain")
      if let retryAfter {
        response.headers.append(SimField("Retry-After", self.retryAfter(retryAfter, now)))
      }
    case .cut(let count, let framing):
      response.framing = framing
      response.delivery = .cut(at: count)
    case .delay(let time): response.delay = time
    case .stall(let count): response.delivery = .stall(after: count)
    case .reset(let count, _): response.delivery = .reset(after: count)
    case .refused: response.delivery = .refused
    case .html: response.replace(200, hotel, type: "text/html; charset=utf-8")
    case .empty: response.replace(200, "", type: "application/json; charset=utf-8")
    case .noise: response.body = (0..<400).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 130) }
    case .wrongDay: break
    case .duplicateKeys: response.body = twice(response.body)
    case .gzip(let fault): gzip(fault, &response)
    case .malformed(let kind): response.malformed = kind
    case .dateSkew(let seconds):
      response.headers.removeAll { $0.name == "Date" }
      let date = CivilText.httpDate(now + .seconds(seconds))
      response.headers.append(SimField("Date", date))
    }
  }

  /// `date+30` is half a minute from now as an HTTP date; anything else is sent as it is.
  private static func retryAfter(_ text: String, _ now: Instant) -> String {
    guard text.hasPrefix("date+"), let seconds = CivilText.number(text.dropFirst(5)) else {
      return text
    }
    return CivilText.httpDate(now + .seconds(seconds))
  }

  private static let hotel = """
    <!DOCTYPE html><title>Welcome</title><p>Please accept the terms of the hotel's network.</p>

    """

  /// `{"x":…` becomes `{"x":0,"x":1,"x":…`-like: a key of its own, twice.
  private static func twice(_ body: [UInt8]) -> [UInt8] {
    guard let brace = body.firstIndex(of: UInt8(ascii: "{")), brace + 1 < body.count else {
      return body
    }
    let comma = body[brace + 1] == UInt8(ascii: "}") ? "" : ","
    var out = body
    out.insert(contentsOf: "\"twice\":1,\"twice\":2\(comma)".utf8, at: brace + 1)
    return out
  }

  private static func gzip(_ fault: FaultAction.GzipFault, _ response: inout SimResponse) {
    response.headers.append(SimField("Content-Encoding", "gzip"))
    guard fault != .lie else { return }
    var packed = Gzip.pack(response.body)
    switch fault {
    case .whole, .lie: break
    case .cut: packed.removeLast(packed.count / 2)
    case .checksum: packed[packed.count - 8] ^= 0xFF
    }
    response.body = packed
  }
}

extension SimResponse {
  /// Another status and body; of the headers only `Date` stays.
  mutating func replace(_ status: Int, _ text: String, type: String) {
    self.status = status
    headers = headers.filter { $0.name == "Date" } + [SimField("Content-Type", type)]
    body = Array(text.utf8)
  }
}

/// A model with faults in front of it.
public struct Faulty<Model: ProviderModel>: ProviderModel {
  public var model: Model
  public var faults: Faults

  public init(_ model: Model, _ faults: Faults) {
    self.model = model
    self.faults = faults
  }

  public mutating func answer(_ request: SimRequest, now: Instant) -> SimResponse {
    faults.answer(request, from: &model, now: now)
  }
  public func kind(of request: SimRequest) -> SimKind { model.kind(of: request) }
  public func askingDayBefore(_ request: SimRequest) -> SimRequest? {
    model.askingDayBefore(request)
  }
}
