import DaybookCore

/// What a filter lets through: all of its factors, of each at least one restriction. `OR` binds
/// closer than `AND` (AIP-160).
struct HealthFilter: Hashable, Sendable {
  var factors: [[Restriction]] = []

  struct Restriction: Hashable, Sendable {
    var member: HealthMember
    /// `>=`; otherwise `<`.
    var isLower: Bool
    /// Seconds since 1970, of the civil clock for civil members.
    var value: Int
  }

  /// `text` is empty or a filter of this type.
  init(_ text: String, _ type: HealthDataType) throws(HealthFault) {
    var tokens = try HealthFilterToken.list(text)[...]
    guard !tokens.isEmpty else { return }
    factors = [[try HealthFilter.restriction(&tokens, type)]]
    while let token = tokens.popFirst() {
      switch token {
      case .and: factors.append([try HealthFilter.restriction(&tokens, type)])
      case .or where type.kind == .sleep:
        factors[factors.count - 1].append(try HealthFilter.restriction(&tokens, type))
      default: throw .filter("UNEXPECTED_TOKEN", "unexpected token in the filter")
      }
    }
  }

  // MARK: Reading

  private static func restriction(
    _ tokens: inout ArraySlice<HealthFilterToken>, _ type: HealthDataType
  ) throws(HealthFault) -> Restriction {
    guard case .word(let path) = try next(&tokens) else { throw unexpected }
    guard case .comparator(let sign) = try next(&tokens) else { throw unexpected }
    guard case .literal(let text) = try next(&tokens) else { throw unexpected }
    let member = try member(path, type)
    // Not confirmed: which reason a comparator has that is not allowed, or an unreadable literal.
    guard sign == ">=" || sign == "<" && type.kind != .electrocardiogram else {
      throw .filter("UNEXPECTED_TOKEN", "operator \(sign) is not supported")
    }
    guard let value = seconds(text, member.clock) else {
      throw .filter("SYNTAX", "cannot read \"\(text)\"")
    }
    return Restriction(member: member, isLower: sign == ">=", value: value)
  }

  private static let unexpected = HealthFault.filter(
    "UNEXPECTED_TOKEN", "unexpected token in the filter")

  private static func next(
    _ tokens: inout ArraySlice<HealthFilterToken>
  ) throws(HealthFault) -> HealthFilterToken {
    guard let token = tokens.popFirst() else {
      throw .filter("MISSING_TOKEN", "the filter ends too early")
    }
    return token
  }

  private static func member(
    _ path: String, _ type: HealthDataType
  ) throws(HealthFault) -> HealthMember {
    let parts = path.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(parts[0])
    guard head == type.snake else {
      // Not confirmed: another type's name has the same reason as another spelling.
      let isType = HealthDataType.all.contains { [$0.snake, $0.camel, $0.name].contains(head) }
      throw isType
        ? .filter("DATA_TYPE_RESTRICTION", "\(head) must be \(type.snake)")
        : .filter("RESTRICTION_COMPARABLE", "\(path) must begin with \(type.snake)")
    }
    guard parts.count == 2, let member = type.members.first(where: { $0.path == parts[1] }) else {
      throw .filter("DATA_TYPE_MEMBER", "\(path) cannot be filtered by")
    }
    return member
  }

  /// A literal in whole seconds, rounded up: points begin at whole seconds.
  static func seconds(_ text: String, _ clock: HealthMember.Clock) -> Int? {
    switch clock {
    case .date: return Day(text).map { $0.number * 86_400 }
    case .civil:
      if let day = Day(text) { return day.number * 86_400 }
      guard text.utf8.count == 19 else { return nil }
      return seconds(text + "Z", .physical)
    case .physical:
      guard let moment = Instant(rfc3339: text) else { return nil }
      return Int(-floorDividing(-moment.microseconds, 1_000_000))
    }
  }

  // MARK: Asking

  /// Whether the point passes; `civil` shifts a moment to the civil clock.
  func matches(_ point: HealthPoint, _ zones: inout ZoneTrack) -> Bool {
    for factor in factors {
      var passes = false
      for one in factor where !passes {
        let t = one.member.isOfEnd ? point.end : point.start
        let value: Int
        switch one.member.clock {
        case .physical: value = t
        case .civil: value = zones.civil(t)
        case .date: value = point.block * 86_400
        }
        passes = (value >= one.value) == one.isLower
      }
      if !passes { return false }
    }
    return true
  }

  /// No point outside of these seconds since 1970 passes: civil clocks differ by up to 14 hours,
  /// and what ends late may have begun a day before.
  var bounds: (from: Int, to: Int) {
    var out = (from: Int.min, to: Int.max)
    for factor in factors {
      var from = Int.max
      var to = Int.min
      for one in factor {
        from = min(from, one.isLower ? one.value - 50_400 - 86_400 : .min)
        to = max(to, one.isLower ? .max : one.value + 50_400)
      }
      out = (max(out.from, from), min(out.to, to))
    }
    return out
  }

  /// The civil days from the first bound to the last; nil when it is open.
  var days: ClosedRange<Int>? {
    let all = factors.flatMap { $0 }
    guard let from = all.filter(\.isLower).map(\.value).max(),
      let to = all.filter({ !$0.isLower }).map(\.value).min(), from < to
    else { return nil }
    return floorDividing(from, 86_400)...floorDividing(to - 1, 86_400)
  }
}
