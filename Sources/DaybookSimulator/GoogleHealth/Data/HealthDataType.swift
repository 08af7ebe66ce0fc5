/// A data type of the API: how it is named, filtered, read and summed up.
struct HealthDataType: Hashable, Sendable {
  /// As in the path: `heart-rate`.
  let name: String
  let kind: Kind
  /// The scope's topic.
  let scope: String
  let methods: Methods
  /// Nil: known to the service, and without data here.
  let stream: HealthStream?
  /// As in filters: `heart_rate`.
  let snake: String
  /// As in JSON: `heartRate`.
  let camel: String

  enum Kind: Hashable, Sendable {
    case interval, sample, daily, sleep, exercise, electrocardiogram
    /// Roll-ups only.
    case sum
  }

  struct Methods: OptionSet, Hashable, Sendable {
    let rawValue: Int
    static let list = Methods(rawValue: 1)
    static let reconcile = Methods(rawValue: 2)
    static let rollUp = Methods(rawValue: 4)
    static let dailyRollUp = Methods(rawValue: 8)
    static let get = Methods(rawValue: 16)
    static let points: Methods = [.list, .reconcile]
    static let sums: Methods = [.rollUp, .dailyRollUp]
  }

  init(
    _ name: String, _ kind: Kind, _ scope: String, _ methods: Methods,
    _ stream: HealthStream? = nil
  ) {
    self.name = name
    self.kind = kind
    self.scope = scope
    self.methods = methods
    self.stream = stream
    let words = name.split(separator: "-")
    snake = words.joined(separator: "_")
    camel = words.enumerated().map { i, word in
      i == 0 ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
  }

  static func named(_ name: String) -> HealthDataType? { all.first { $0.name == name } }

  var isSession: Bool { kind == .sleep || kind == .exercise }

  /// Days of the longest range of a roll-up.
  var longestRange: Int {
    let short = ["heart-rate", "total-calories", "active-minutes", "calories-in-heart-rate-zone"]
    return short.contains(name) ? 14 : 90
  }

  /// Default and most of `pageSize` when points are read.
  var pageSizes: (usual: Int, most: Int) { isSession ? (25, 25) : (1_440, 10_000) }

  /// A filter may name these, and nothing else.
  var members: [HealthMember] {
    switch kind {
    case .interval:
      [
        HealthMember("interval.start_time", .physical),
        HealthMember("interval.civil_start_time", .civil),
      ]
    case .sample:
      [
        HealthMember("sample_time.physical_time", .physical),
        HealthMember("sample_time.civil_time", .civil),
      ]
    case .daily: [HealthMember("date", .date)]
    case .exercise: [HealthMember("interval.civil_start_time", .civil)]
    case .sleep:
      [
        HealthMember("interval.end_time", .physical, ofEnd: true),
        HealthMember("interval.civil_end_time", .civil, ofEnd: true),
      ]
    case .electrocardiogram: [HealthMember("interval.start_time", .physical)]
    case .sum: []
    }
  }
}

/// A member that a filter compares.
struct HealthMember: Hashable, Sendable {
  enum Clock: Hashable, Sendable { case physical, civil, date }

  let path: String
  let clock: Clock
  let isOfEnd: Bool

  init(_ path: String, _ clock: Clock, ofEnd: Bool = false) {
    self.path = path
    self.clock = clock
    self.isOfEnd = ofEnd
  }
}
