/// The kind of text that a stream's days are.
public enum Document: Hashable, Sendable {
  /// RFC 8259.
  case json
  /// XML 1.0 without a document type declaration. These names count as declared entities beside
  /// the five that every reader knows: providers use names of HTML without declaring them.
  case xml(entities: [String])
  /// Anything: parts only, which are whole as far as the length says that came with them.
  case bytes

  /// Of a day's file.
  public var fileExtension: String {
    switch self {
    case .json: "json"
    case .xml: "xml"
    case .bytes: "bin"
    }
  }

  public var isXML: Bool { if case .xml = self { true } else { false } }
}
