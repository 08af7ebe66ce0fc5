import DaybookCore

/// What the site has seen, for the proofs of a test.
public struct FitbitSiteStats: Hashable, Sendable {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case landing, dashboard
    case loginForm = "login_form"
    case login, logout
    case steps, calories
    case activeScore = "active_score"
    case sleep
    case other
  }

  private var counts: [Int] = Call.allCases.map { _ in 0 }
  /// Data answered 503 by the quota.
  public internal(set) var refused = 0
  /// Data without a session.
  public internal(set) var unauthorized = 0
  /// Data of somebody else.
  public internal(set) var forbidden = 0
  /// Data asked for in a way that cannot be understood.
  public internal(set) var bad = 0
  /// 403: no browser.
  public internal(set) var agents = 0
  /// 500 at `/login`: no cookie.
  public internal(set) var cookieless = 0
  /// Logins without a form that was shown to this browser.
  public internal(set) var staleForms = 0
  public internal(set) var wrongCredentials = 0
  /// Logins by password that succeeded.
  public internal(set) var logins = 0
  /// Sessions that a remembered browser began.
  public internal(set) var renewed = 0
  /// Sessions that began in either way.
  public internal(set) var sessions = 0
  /// Answered 503 while the site was down.
  public internal(set) var unavailable = 0
  /// For each window: data requests with a session, refused ones included.
  public internal(set) var meters: [MovesStats.WindowMeter] = []
  /// Reads by graph and day.
  public internal(set) var days: [MovesStats.StreamDay: Int] = [:]

  init(windows: [SimWindow]) {
    meters = windows.map {
      MovesStats.WindowMeter(window: $0, meter: CallMeter(length: $0.length))
    }
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
    for (name, value) in figures { member(name, value, &out) }
    windows(&out)
    reads(&out)
    out.raw("}")
    return out.bytes
  }

  private var figures: [(String, Int)] {
    [
      ("refused", refused), ("unauthorized", unauthorized), ("forbidden", forbidden), ("bad", bad),
      ("agents", agents), ("cookieless", cookieless), ("stale_forms", staleForms),
      ("wrong_credentials", wrongCredentials), ("logins", logins), ("renewed", renewed),
      ("sessions", sessions), ("unavailable", unavailable),
    ]
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

  /// For each graph: how many days were read, and the most reads of one.
  private func reads(_ out: inout ByteWriter) {
    out.raw(",\"days\":{")
    for (i, graph) in SiteGraph.allCases.enumerated() {
      let reads = days.filter { $0.key.stream == graph.call.rawValue }.values
      if i > 0 { out.raw(",") }
      out.string(graph.call.rawValue)
      out.raw(":{\"read\":")
      out.integer(reads.count)
      member("most_reads", reads.max() ?? 0, &out)
      member("reads", reads.reduce(0, +), &out)
      out.raw("}")
    }
    out.raw("}")
  }
}
