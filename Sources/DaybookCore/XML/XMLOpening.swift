/// The first bytes of a document, up to the place where Daybook's own document type declaration is
/// put: behind the XML declaration when there is one, else before everything.
///
/// A byte order mark and white space at the very beginning are skipped. White space before an XML
/// declaration is against the grammar (XML 1.0 §2.8), but the readers that services were written
/// for strip it, and it takes nothing from the proof that a body is whole.
struct XMLOpening {
  enum Step: Equatable {
    /// More bytes are needed.
    case more
    /// The declaration (perhaps nothing), and what was read behind it.
    case open(declaration: [UInt8], rest: [UInt8])
    case tooLong
  }
  /// Bytes skipped at the beginning.
  private(set) var skipped = 0
  /// What was held back so far: the begin of a mark or of a declaration.
  private(set) var held: [UInt8] = []

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
  private static let name = Array("<?xml".utf8)
  private static let end = Array("?>".utf8)

  mutating func take(_ byte: UInt8) -> Step {
    if held.isEmpty, isWhitespace(byte) {
      skipped += 1
      return .more
    }
    held.append(byte)
    if skipped == 0, XMLOpening.mark.starts(with: held) { return takeMark() }
    guard isDeclaration else { return .open(declaration: [], rest: held) }
    if held.suffix(2).elementsEqual(XMLOpening.end) { return .open(declaration: held, rest: []) }
    return held.count < Limits.xmlDeclarationBytes ? .more : .tooLong
  }

  private mutating func takeMark() -> Step {
    if held.count == XMLOpening.mark.count {
      skipped = held.count
      held = []
    }
    return .more
  }

  /// Still the begin of one, at least.
  private var isDeclaration: Bool {
    guard held.count > XMLOpening.name.count else { return XMLOpening.name.starts(with: held) }
    return held.starts(with: XMLOpening.name) && isWhitespace(held[XMLOpening.name.count])
  }
}
