import DaybookCore

/// What the model has seen, for the proofs of a test.
public struct FitbitStats: Hashable, Sendable {
  /// What was asked for.
  public enum Call: String, CaseIterable, Sendable {
    case authorize, exchange, refresh, revoke, introspect
    case profile, devices, summary, series, intraday, heart
    case heartIntraday = "heart_intraday"
    case hrv, spo2, br, sleep, weight
    case other
  }

  public typealias StreamDay = MovesStats.StreamDay
  public typealias WindowMeter = MovesStats.WindowMeter

  private var counts: [Int] = Call.allCases.map { _ in 0 }
  /// Answered 400 at the API.
  public internal(set) var bad = 0
  /// Answered 401: an unknown token, an expired or revoked one.
  public internal(set) var unauthorized = 0
  /// Answered 403: the scope was not granted.
  public internal(set) var forbidden = 0
  /// Answered 429.
  public internal(set) var refused = 0
  /// Pairs given for a code or a refresh token.
  public internal(set) var issued = 0
  /// Pairs given for a refresh token.
  public internal(set) var refreshed = 0
  /// Refresh tokens that were dead when they came.
  public internal(set) var deadRefreshes = 0
  /// Refresh tokens that got the same answer again.
  public internal(set) var graced = 0
  /// What reached the window, of all persons together, refused calls included.
  public internal(set) var meters: [WindowMeter] = []
  /// Calls by stream and day, in a range for each day of it.
  public internal(set) var days: [StreamDay: Int] = [:]

  init(window: SimWindow) {
    meters = [WindowMeter(window: window, meter: CallMeter(length: window.length))]
  }

  public func count(_ call: Call) -> Int { counts[index(call)] }
  mutating func add(_ call: Call) { counts[index(call)] += 1 }

  private func index(_ call: Call) -> Int {
    Call.allCases.firstIndex(of: call) ?? Call.allCases.count - 1
  }

  mutating func count(status: Int) {
    switch status {
    case 400: bad += 1
    case 401: unauthorized += 1
    case 403: forbidden += 1
    case 429: refused += 1
    default: break
    }
  }

  mutating func count(_ stream: String, _ span: ClosedRange<Day>) {
    for number in span.lowerBound.number...span.upperBound.number {
      days[StreamDay(stream, Day(number: number)), default: 0] += 1
    }
  }

  /// As one JSON object.
  public var json: [UInt8] {
    var json = FitbitJSON(reserving: 2_048)
    json.object {
      $0.object("calls") { calls in
        for (i, call) in Call.allCases.enumerated() {
          calls.integer(named: call.rawValue, counts[i])
        }
      }
      $0.integer("refused", refused)
      $0.integer("unauthorized", unauthorized)
      $0.integer("forbidden", forbidden)
      $0.integer("bad", bad)
      $0.integer("issued", issued)
      $0.integer("refreshed", refreshed)
      $0.integer("dead_refreshes", deadRefreshes)
      $0.integer("graced", graced)
      $0.array("windows") { list in for entry in meters { window(&list, entry) } }
      $0.object("days") { reads(&$0) }
    }
    return json.bytes
  }

  private func window(_ list: inout FitbitJSON, _ entry: WindowMeter) {
    list.object {
      $0.text("name", entry.window.name)
      $0.integer("milliseconds", Int(entry.window.length.inMicroseconds / 1_000))
      $0.integer("limit", entry.window.limit)
      $0.integer("most_rolling", entry.meter.mostRolling)
      $0.integer("most_fixed", entry.meter.mostFixed)
      $0.integer("total", entry.meter.total)
    }
  }

  /// For each stream that was read, by name: how many days, and the most reads of one.
  private func reads(_ json: inout FitbitJSON) {
    let byStream = Dictionary(grouping: days, by: \.key.stream)
    for (stream, entries) in byStream.sorted(by: { $0.key < $1.key }) {
      json.object(named: stream) {
        $0.integer("read", entries.count)
        $0.integer("most_reads", entries.map(\.value).max() ?? 0)
        $0.integer("reads", entries.reduce(0) { $0 + $1.value })
      }
    }
  }
}
