import DaybookCore

/// What the model has seen, for the proofs of a test.
public struct MovesStats: Hashable, Sendable {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case authorize, exchange, refresh, tokeninfo, profile, supported
    case summary, activities, places, storyline
    case other
  }

  private var counts: [Int] = Call.allCases.map { _ in 0 }
  /// Answered 429.
  public internal(set) var refused = 0
  /// Answered 401: no token, an unknown one, an expired or revoked one.
  public internal(set) var unauthorized = 0
  /// Answered 304.
  public internal(set) var unchanged = 0
  /// Answered 400 at the API.
  public internal(set) var bad = 0
  /// Pairs given for a refresh token.
  public internal(set) var refreshed = 0
  /// Refresh tokens that were dead when they came.
  public internal(set) var deadRefreshes = 0
  /// Superseded refresh tokens that were accepted within the grace.
  public internal(set) var graced = 0
  /// For each window: what reached it, refused calls included.
  public internal(set) var meters: [WindowMeter] = []
  /// Calls by stream and day, in a range for each day of it.
  public internal(set) var days: [StreamDay: Int] = [:]

  public struct WindowMeter: Hashable, Sendable {
    public var window: SimWindow
    public var meter: CallMeter
  }

  public struct StreamDay: Hashable, Sendable {
    public var stream: String
    public var day: Day
    public init(_ stream: String, _ day: Day) {
      self.stream = stream
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
    member("unchanged", unchanged, &out)
    member("bad", bad, &out)
    member("refreshed", refreshed, &out)
    member("dead_refreshes", deadRefreshes, &out)
    member("graced", graced, &out)
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

  /// For each stream: how many days were read, and the most reads of one.
  private func reads(_ out: inout ByteWriter) {
    out.raw(",\"days\":{")
    for (i, stream) in MovesStream.allCases.enumerated() {
      let reads = days.filter { $0.key.stream == stream.rawValue }.values
      if i > 0 { out.raw(",") }
      out.string(stream.rawValue)
      out.raw(":{\"read\":")
      out.integer(reads.count)
      member("most_reads", reads.max() ?? 0, &out)
      member("reads", reads.reduce(0, +), &out)
      out.raw("}")
    }
    out.raw("}")
  }
}
