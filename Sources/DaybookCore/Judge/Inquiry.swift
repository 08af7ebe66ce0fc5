/// Which scalars of a body a judgement needs: makes the scan plan before the call, and the
/// ``Question`` from the report after it.
public struct Inquiry: Sendable {
  public var kind: CallKind
  public var stream: String?
  public var rows: [AnswerRow]
  public var belongs: Belongs?
  public var day: Day?
  /// Further pointers the caller wants, in its order.
  public var wanted: [JSONPointer]

  public init(
    kind: CallKind, stream: String? = nil, rows: [AnswerRow], belongs: Belongs? = nil,
    day: Day? = nil, wanted: [JSONPointer] = []
  ) {
    self.kind = kind
    self.stream = stream
    self.rows = rows.filter {
      ($0.call == nil || $0.call == kind) && ($0.stream == nil || $0.stream == stream)
    }
    self.belongs = belongs
    self.day = day
    self.wanted = wanted
  }

  private static let oauthError = JSONPointer(segments: [.key("error")])

  public func plan(items: [JSONPointer] = [], volatile: [JSONPointer] = []) -> ScanPlan {
    var capture = wanted
    if kind == .token { capture.append(Self.oauthError) }
    if let belongs { capture.append(belongs.at) }
    capture += rows.compactMap(\.at)
    return ScanPlan(items: items, volatile: volatile, capture: capture)
  }

  /// What the report found at the caller's own pointers.
  public func found(_ report: ScanReport) -> [[JSONScalar]] {
    Array(report.captured.prefix(wanted.count))
  }

  public func question(status: Int, report: ScanReport, start: [UInt8], askedWithETag: Bool)
    -> Question
  {
    var q = Question(kind: kind, stream: stream, rows: rows, status: status)
    q.askedWithETag = askedWithETag
    q.fault = report.fault
    q.looksLikeHTML = start.first { $0 > 32 } == UInt8(ascii: "<")
    var rest = report.captured.dropFirst(wanted.count)
    if kind == .token { q.oauthError = rest.popFirst()?.first?.text }
    if let belongs { q.belonging = belonging(belongs, rest.popFirst() ?? []) }
    q.found = rows.map { $0.at == nil ? [] : (rest.popFirst() ?? []).map(\.text) }
    return q
  }

  private func belonging(_ belongs: Belongs, _ found: [JSONScalar]) -> Question.Belonging {
    let days = found.map { belongs.day($0.text) }
    guard let day, !days.isEmpty else { return .silent }
    return days.allSatisfy { $0 == day } ? .fits : .other
  }
}
