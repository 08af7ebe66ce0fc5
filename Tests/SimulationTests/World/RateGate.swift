import DaybookCore
import DaybookSimulator

/// Rate limits of other shapes than the model's, in front of it; for the whole client.
struct RateGate {
  enum Shape: String, CaseIterable {
    /// From the top of the clock's minute.
    case clock
    /// From the first call on.
    case first
    /// In any span of that length.
    case rolling
    /// The usual estimate: a share of the window before, and the running one.
    case sliding
  }
  var shape: Shape
  var length: Duration
  var limit: Int
  /// From this moment on the limit is another one, and nobody said so.
  var changes: (at: Instant, limit: Int)?
  /// Answers carry limit and rest in the headers that the provider file knows.
  var isTold = false
  /// Sent with a refusal.
  var retryAfter: String?
  private(set) var refused = 0
  private(set) var arrivals: [Instant] = []
  private var counted: [Instant] = []
  private var windowStart: Instant?

  init(_ shape: Shape, _ limit: Int, per length: Duration) {
    self.shape = shape
    self.limit = limit
    self.length = length
  }

  /// The answer to a call that is one too many; nil: it may pass.
  mutating func refusal(at moment: Instant) -> SimResponse? {
    arrivals.append(moment)
    if let changes, changes.at <= moment { limit = changes.limit }
    forget(moment)
    guard load(moment) < Double(limit) else {
      refused += 1
      var response = SimResponse.text(429, "slow down\n")
      response.headers.append(SimField("Date", moment.httpDate))
      if let retryAfter { response.headers.append(SimField("Retry-After", retryAfter)) }
      response.headers.append(SimField("X-Gate", shape.rawValue))
      response.headers += meters(at: moment)
      return response
    }
    counted.append(moment)
    return nil
  }

  /// How much of the optimum, 0…1, the first calls have used: against the rolling one, all calls of
  /// a window at its first moment, the first call of the n-th window comes n windows after the very
  /// first.
  func use(windows: Int) throws -> Double {
    let calls = limit * windows
    guard arrivals.count > calls else { throw WorldError("only \(arrivals.count) calls") }
    let took = arrivals[calls] - arrivals[0]
    return Double((length * windows).inMicroseconds) / Double(took.inMicroseconds)
  }

  func meters(at moment: Instant) -> [SimField] {
    guard isTold else { return [] }
    let left = max(0, limit - Int(load(moment).rounded(.up)))
    return [
      SimField("X-RateLimit-MinuteLimit", String(limit)),
      SimField("X-RateLimit-MinuteRemaining", String(left)),
    ]
  }

  private var span: Int64 { length.inMicroseconds }

  private func start(_ moment: Instant) -> Instant {
    switch shape {
    case .clock, .sliding:
      Instant(microseconds: floorDividing(moment.microseconds, span) * span)
    case .first: windowStart ?? moment
    case .rolling: Instant(microseconds: moment.microseconds - span + 1)
    }
  }

  private mutating func forget(_ moment: Instant) {
    if shape == .first, windowStart.map({ $0 + length <= moment }) ?? true { windowStart = moment }
    let keeps = shape == .sliding ? start(moment) - length : start(moment)
    counted.removeAll { $0 < keeps }
  }

  private func load(_ moment: Instant) -> Double {
    let from = start(moment)
    let running = counted.count { $0 >= from }
    guard shape == .sliding else { return Double(running) }
    let part = Double((moment - from).inMicroseconds) / Double(span)
    return Double(running) + Double(counted.count - running) * (1 - part)
  }
}
