import DaybookCore

/// What the model has seen, for the proofs of a test.
public struct GoogleHealthStats: Hashable, Sendable {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case authorize, exchange, refresh, revoke
    case identity, profile, settings, devices
    case list, reconcile, get, tcx
    case rollUp = "roll_up"
    case dailyRollUp = "daily_roll_up"
    case other
  }

  private var counts: [Int] = Call.allCases.map { _ in 0 }
  /// Answered 429.
  public internal(set) var refused = 0
  /// Answered 401 at the API.
  public internal(set) var unauthorized = 0
  /// Answered 403.
  public internal(set) var forbidden = 0
  /// Answered 400 at the API.
  public internal(set) var bad = 0
  /// Access tokens given for a refresh token.
  public internal(set) var refreshed = 0
  /// Refresh tokens that were dead when they came.
  public internal(set) var deadRefreshes = 0
  public internal(set) var accessTokens = 0
  public internal(set) var refreshTokens = 0
  /// Refresh tokens that died because there were too many.
  public internal(set) var evicted = 0
  /// Pages without a point, but with a token.
  public internal(set) var emptyPages = 0
  /// For each window: what reached it, refused calls included.
  public internal(set) var meters: [WindowMeter] = []
  /// Calls that began to read a type, by type and civil day.
  public internal(set) var days: [TypeDay: Int] = [:]

  public struct WindowMeter: Hashable, Sendable {
    public var window: SimWindow
    public var meter: CallMeter
  }

  public struct TypeDay: Hashable, Sendable {
    public var type: String
    public var day: Day
    public init(_ type: String, _ day: Day) {
      self.type = type
      self.day = day
    }
  }

  init(windows: [SimWindow]) {
    meters = windows.map { WindowMeter(window: $0, meter: CallMeter(length: $0.length)) }
  }

  public func count(_ call: Call) -> Int { counts[index(call)] }
  mutating func add(_ call: Call) { counts[index(call)] += 1 }

  private func index(_ call: Call) -> Int {
    Call.allCases.firstIndex(of: call) ?? Call.allCases.count - 1
  }

  /// As one JSON object.
  public var json: [UInt8] {
    var out = ByteWriter()
    out.raw("{\"calls\":{")
    for (i, call) in Call.allCases.enumerated() {
      if i > 0 { out.raw(",") }
      out.string(call.rawValue)
      out.raw(":")
      out.integer(counts[i])
    }
    out.raw("}")
    member("refused", refused, &out)
    member("unauthorized", unauthorized, &out)
    member("forbidden", forbidden, &out)
    member("bad", bad, &out)
    member("refreshed", refreshed, &out)
    member("dead_refreshes", deadRefreshes, &out)
    member("access_tokens", accessTokens, &out)
    member("refresh_tokens", refreshTokens, &out)
    member("evicted", evicted, &out)
    member("empty_pages", emptyPages, &out)
    windows(&out)
    reads(&out)
    out.raw("}")
    return out.bytes
  }

  private func member(_ name: String, _ value: Int, _ out: inout ByteWriter) {
    out.raw(",\"")
    out.raw(name)
    out.raw("\":")
    out.integer(value)
  }

  private func windows(_ out: inout ByteWriter) {
    out.raw(",\"windows\":[")
    for (i, entry) in meters.enumerated() {
      out.raw(i > 0 ? ",{\"name\":" : "{\"name\":")
      out.string(entry.window.name)
      member("milliseconds", Int(entry.window.length.inMicroseconds / 1_000), &out)
      member("limit", entry.window.limit, &out)
      member("most_rolling", entry.meter.mostRolling, &out)
      member("most_fixed", entry.meter.mostFixed, &out)
      member("total", entry.meter.total, &out)
      out.raw("}")
    }
    out.raw("]")
  }

  /// For each type that was read: how many days, and the most reads of one.
  private func reads(_ out: inout ByteWriter) {
    out.raw(",\"days\":{")
    var separator: StaticString = ""
    for type in HealthDataType.all {
      let reads = days.filter { $0.key.type == type.name }.values
      guard !reads.isEmpty else { continue }
      out.raw(separator)
      separator = ","
      out.string(type.name)
      out.raw(":{\"read\":")
      out.integer(reads.count)
      member("most_reads", reads.max() ?? 0, &out)
      member("reads", reads.reduce(0, +), &out)
      out.raw("}")
    }
    out.raw("}")
  }
}
