/// Text with placeholders: `/user/storyline/daily/{start}`. There is nothing else in it: no
/// expressions, no escapes; a brace always belongs to a placeholder.
public struct Template: Hashable, Sendable {
  public enum Piece: Hashable, Sendable {
    case literal(String)
    /// The name between the braces.
    case placeholder(String)
  }
  public let pieces: [Piece]

  /// Nil when a brace is left over or a placeholder's name is no ``Name``.
  public init?(_ text: String) {
    var pieces: [Piece] = []
    let (left, right) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var rest = text.utf8[...]
    while let open = rest.firstIndex(where: { $0 == left || $0 == right }) {
      guard rest[open] == left, let close = rest[open...].firstIndex(of: right) else { return nil }
      let name = String(text[rest.index(after: open)..<close])
      guard Name.isValid(name) else { return nil }
      if open > rest.startIndex { pieces.append(.literal(String(text[rest.startIndex..<open]))) }
      pieces.append(.placeholder(name))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.literal(String(text[rest.startIndex...]))) }
    self.pieces = pieces
  }

  /// The placeholders' names, in order, as often as they stand there.
  public var names: [String] {
    pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
  }

  /// The text with every placeholder replaced; literals stay as they are.
  public func filled(_ value: (String) -> String) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .placeholder(let name): value(name)
      }
    }.joined()
  }
}

extension Template {
  /// What is wrong with the placeholders of a text; nil when each is one of `names`.
  static func complaint(_ text: String, _ names: [String]) -> String? {
    guard let template = Template(text) else {
      return "\(quoted(text)) has a brace that belongs to no {placeholder}"
    }
    let known = names.map { "{\($0)}" }
    guard let wrong = template.names.first(where: { !names.contains($0) }) else { return nil }
    let guess = didYouMean("{\(wrong)}", known)
    let list =
      known.isEmpty ? "none can stand here" : "known here: \(known.joined(separator: ", "))"
    return "\(quoted("{\(wrong)}")) is no placeholder\(guess.isEmpty ? ";" : guess) \(list)"
  }
}
