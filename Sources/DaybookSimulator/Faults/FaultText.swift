/// Rules as one types them: `KIND:FAULT[,OPTION...][@WHEN]`.
extension FaultRule {
  /// Why a text is no rule.
  public struct Unreadable: Error, Hashable, Sendable, CustomStringConvertible {
    public var description: String
  }

  /// What can be written, for `--help` and errors.
  public static let grammar = """
    KIND:FAULT[,OPTION...][@WHEN]
      KIND   any authorize token account index data other
      FAULT  status=503[,retry-after=TEXT|date+SECONDS][,processed]
             cut=BYTES[,framing=length|chunked|close]   delay=SECONDS
             stall[=BYTES]   reset[=BYTES][,processed]   refused
             html   empty   noise   wrong-day   duplicate-keys   date=SECONDS
             gzip[=whole|cut|checksum|lie]   malformed=status-line|header
      WHEN   always   rate=0.05   nth=3+7   every=10   first=5
    """

  public init(_ text: String) throws(Unreadable) {
    let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let parts = halves[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      throw Unreadable(description: "expected KIND:FAULT in '\(text)'")
    }
    let kind = SimKind(rawValue: String(parts[0]))
    guard kind != nil || parts[0] == "any" else {
      throw Unreadable(description: "no kind of call is '\(parts[0])'")
    }
    let options = parts[1].split(separator: ",").map(Option.init)
    guard let first = options.first,
      let action = FaultRule.action(first, Array(options.dropFirst()))
    else { throw Unreadable(description: "no fault is '\(parts[1])'") }
    guard let when = halves.count == 1 ? .always : FaultRule.when(Option(halves[1])) else {
      throw Unreadable(description: "no time is '\(halves[1])'")
    }
    self.init(kind, action, when)
  }

  /// `name=value` or `name`.
  private struct Option {
    var name: String
    var value: String?
    init(_ text: Substring) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      name = String(parts[0])
      value = parts.count > 1 ? String(parts[1]) : nil
    }
    var number: Int? { value.flatMap { CivilText.number($0) } }
  }

  private static func action(_ fault: Option, _ options: [Option]) -> FaultAction? {
    func value(_ name: String) -> String? { options.first { $0.name == name }?.value }
    let processed = options.contains { $0.name == "processed" }
    let allowed = ["retry-after", "processed", "framing"]
    guard options.allSatisfy({ allowed.contains($0.name) }) else { return nil }
    switch (fault.name, fault.value) {
    case ("status", _?):
      guard let status = fault.number, (100...999).contains(status) else { return nil }
      return .status(status, retryAfter: value("retry-after"), processed: processed)
    case ("cut", _?):
      let framing = SimResponse.Framing(rawValue: value("framing") ?? "length")
      return fault.number.flatMap { n in framing.map { .cut(at: n, $0) } }
    case ("stall", nil): return .stall(after: nil)
    case ("stall", _?): return fault.number.map { .stall(after: $0) }
    case ("reset", nil): return .reset(after: nil, processed: processed)
    case ("reset", _?): return fault.number.map { .reset(after: $0, processed: true) }
    default: return options.isEmpty ? plain(fault) : nil
    }
  }

  /// The faults without options.
  private static func plain(_ fault: Option) -> FaultAction? {
    switch (fault.name, fault.value) {
    case ("delay", let text?):
      return Double(text).flatMap { (0...86_400).contains($0) ? .delay(.seconds($0)) : nil }
    case ("date", let text?):
      return Int(text).flatMap { abs($0) < 1 << 32 ? .dateSkew($0) : nil }
    case ("gzip", let text):
      return FaultAction.GzipFault(rawValue: text ?? "whole").map { .gzip($0) }
    case ("malformed", let text?):
      return SimResponse.Malformation(rawValue: text).map { .malformed($0) }
    case ("refused", nil): return .refused
    case ("html", nil): return .html
    case ("empty", nil): return .empty
    case ("noise", nil): return .noise
    case ("wrong-day", nil): return .wrongDay
    case ("duplicate-keys", nil): return .duplicateKeys
    default: return nil
    }
  }

  private static func when(_ option: Option) -> When? {
    switch (option.name, option.value) {
    case ("always", nil): return .always
    case ("rate", let text?):
      return Double(text).flatMap { (0...1).contains($0) ? .rate($0) : nil }
    case ("nth", let text?):
      let numbers = text.split(separator: "+").map { CivilText.number($0) ?? 0 }
      return !numbers.isEmpty && numbers.allSatisfy { $0 > 0 } ? .nth(numbers) : nil
    case ("every", _?): return option.number.flatMap { $0 > 0 ? .every($0) : nil }
    case ("first", _?): return option.number.map { .first($0) }
    default: return nil
    }
  }
}
