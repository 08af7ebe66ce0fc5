import DaybookCore

/// What is counted of one model beside its calls, windows and days: a struct of numbers.
public protocol ModelFigures: Hashable, Sendable {
  /// What is asked for, by its name in JSON; the last one is everything else.
  associatedtype Call: RawRepresentable<String>, CaseIterable, Hashable, Sendable

  init()
  /// The numbers with their names in JSON, in order.
  static var named: [(name: String, figure: KeyPath<Self, Int>)] { get }
  /// The names of the streams in order; others follow by name.
  static var streams: [String] { get }
  /// Those streams are told although no day of them was read.
  static var tellsUnread: Bool { get }
}

/// Numbers of the answers that say why a call was in vain.
public protocol StatusFigures {
  /// 400
  var bad: Int { get set }
  /// 401
  var unauthorized: Int { get set }
  /// 403
  var forbidden: Int { get set }
  /// 429
  var refused: Int { get set }
}

/// What a model has seen, for the proofs of a test. The numbers are its own members:
/// `stats.refused`.
@dynamicMemberLookup
public struct ModelStats<Figures: ModelFigures>: Hashable, Sendable {
  public typealias Call = Figures.Call

  private var counts: [Call: Int] = [:]
  public internal(set) var figures = Figures()
  /// For each window: what reached it, refused calls included.
  public internal(set) var meters: [WindowMeter] = []
  /// Calls by stream and day, in a range for each day of it.
  public internal(set) var days: [StreamDay: Int] = [:]

  init(windows: [SimWindow] = []) {
    meters = windows.map { WindowMeter(window: $0, meter: CallMeter(length: $0.length)) }
  }

  public internal(set) subscript<T>(dynamicMember member: WritableKeyPath<Figures, T>) -> T {
    get { figures[keyPath: member] }
    set { figures[keyPath: member] = newValue }
  }

  public func count(_ call: Call) -> Int { counts[call] ?? 0 }
  mutating func add(_ call: Call) { counts[call, default: 0] += 1 }

  /// A call that may take a slot of each window.
  mutating func meter(_ now: Instant) {
    for i in meters.indices { meters[i].meter.count(now) }
  }

  mutating func count(_ stream: String, _ span: ClosedRange<Day>) {
    for number in span.lowerBound.number...span.upperBound.number {
      days[StreamDay(stream, Day(number: number)), default: 0] += 1
    }
  }
}

extension ModelStats where Figures: StatusFigures {
  mutating func count(status: Int) {
    switch status {
    case 400: figures.bad += 1
    case 401: figures.unauthorized += 1
    case 403: figures.forbidden += 1
    case 429: figures.refused += 1
    default: break
    }
  }
}

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

// MARK: JSON

extension ModelStats {
  /// As one JSON object.
  public var json: [UInt8] {
    var out = ByteWriter(reserving: 2_048)
    out.raw("{\"calls\":")
    object(Call.allCases.map { ($0.rawValue, count($0)) }, &out)
    for (name, figure) in Figures.named {
      out.raw(",\"\(name)\":")
      out.integer(figures[keyPath: figure])
    }
    out.raw(",\"windows\":[")
    for (i, entry) in meters.enumerated() {
      out.raw(i > 0 ? ",{\"name\":" : "{\"name\":")
      out.string(entry.window.name)
      out.raw(",")
      members(entry.members, &out)
      out.raw("}")
    }
    out.raw("],\"days\":{")
    reads(&out)
    out.raw("}}")
    return out.bytes
  }

  /// For each stream: how many days were read, and the most reads of one.
  private func reads(_ out: inout ByteWriter) {
    let reads = Dictionary(grouping: days, by: \.key.stream).mapValues { $0.map(\.value) }
    let others = reads.keys.filter { !Figures.streams.contains($0) }.sorted()
    let told = Figures.streams.filter { Figures.tellsUnread || reads[$0] != nil } + others
    for (i, stream) in told.enumerated() {
      if i > 0 { out.raw(",") }
      out.string(stream)
      out.raw(":")
      let all = reads[stream] ?? []
      object(
        [("read", all.count), ("most_reads", all.max() ?? 0), ("reads", all.reduce(0, +))], &out)
    }
  }

  private func object(_ list: [(String, Int)], _ out: inout ByteWriter) {
    out.raw("{")
    members(list, &out)
    out.raw("}")
  }

  private func members(_ list: [(String, Int)], _ out: inout ByteWriter) {
    for (i, (name, value)) in list.enumerated() {
      if i > 0 { out.raw(",") }
      out.string(name)
      out.raw(":")
      out.integer(value)
    }
  }
}

extension WindowMeter {
  fileprivate var members: [(String, Int)] {
    [
      ("milliseconds", Int(window.length.inMicroseconds / 1_000)), ("limit", window.limit),
      ("most_rolling", meter.mostRolling), ("most_fixed", meter.mostFixed), ("total", meter.total),
    ]
  }
}
