/// Which scalars of a body a judgement needs: makes the scan plan before the call, and the
/// ``Question`` from the report after it.
public struct Inquiry: Sendable {
  public var kind: CallKind
  public var stream: String?
  public var rows: [AnswerRow]
  public var belongs: Belongs?
  public var day: Day?
  /// In which a moment is part of a day.
  public var zone = Zone.utc
  /// Further pointers the caller wants, in its order.
  public var wanted: [JSONPointer]
  /// The body is text, not JSON.
  public var expectsText = false

  public init(
    kind: CallKind, stream: String? = nil, rows: [AnswerRow], belongs: Belongs? = nil,
    day: Day? = nil, zone: Zone = .utc, wanted: [JSONPointer] = []
  ) {
    self.kind = kind
    self.stream = stream
    self.rows = rows.filter {
      ($0.call == nil || $0.call == kind) && ($0.stream == nil || $0.stream == stream)
    }
    self.belongs = belongs
    self.day = day
    self.zone = zone
    self.wanted = wanted
  }

  private static let oauthError = JSONPointer(segments: [.key("error")])

  public func plan(items: [JSONPointer] = [], volatile: [JSONPointer] = []) -> ScanPlan {
    var capture = wanted
    if kind == .token { capture.append(Self.oauthError) }
    if let belongs { capture += belongs.pointers }
    capture += rows.compactMap(\.pointer)
    return ScanPlan(items: items, volatile: volatile, capture: capture)
  }

  /// What the report found at the caller's own pointers.
  public func found(_ report: ScanReport) -> [[JSONScalar]] {
    Array(report.captured.prefix(wanted.count))
  }

  public func question(status: Int, report: ScanReport, askedWithETag: Bool) -> Question {
    var q = Question(kind: kind, stream: stream, rows: rows, status: status)
    q.askedWithETag = askedWithETag
    q.fault = expectsText && report.fault?.reason != .page ? nil : report.fault
    var rest = report.captured.dropFirst(wanted.count)
    if kind == .token { q.oauthError = rest.popFirst()?.first?.text }
    if let belongs {
      let count = belongs.pointers.count
      q.belonging = belonging(belongs, belongs.form.texts(Array(rest.prefix(count))))
      rest = rest.dropFirst(count)
    }
    q.found = rows.map { $0.pointer == nil ? [] : (rest.popFirst() ?? []).map(\.text) }
    return q
  }

  private func belonging(_ belongs: Belongs, _ found: [String]) -> Question.Belonging {
    let days = found.map { belongs.day($0, in: zone) }
    guard let day, !days.isEmpty else { return .silent }
    return days.allSatisfy { $0 == day } ? .fits : .other
  }
}
