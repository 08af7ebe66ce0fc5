/// What stands for an entity that the provider file lists.
///
/// What `&hellip;` means the document does not say, and Daybook need not know. To a digest it must
/// be something else than `&amp;hellip;`, so that its name is put between two of the code points
/// that Unicode keeps out of all texts (noncharacters, Unicode 16 §23.7), which XML allows.
enum EntityText {
  private static let open: Unicode.Scalar = Unicode.Scalar(0xFDD0 as UInt16)!
  private static let close: Unicode.Scalar = Unicode.Scalar(0xFDD1 as UInt16)!
  /// The five of XML 1.0 §4.6, which need no declaration.
  static let known = ["amp", "apos", "gt", "lt", "quot"]

  /// Letters and digits, a letter first, as all names of HTML are.
  static func isName(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    let isWord = bytes.allSatisfy {
      ($0 | 0x20 >= 97 && $0 | 0x20 <= 122) || ($0 >= 48 && $0 <= 57)
    }
    guard isWord, let first = bytes.first, first >= 65 else { return false }
    return bytes.count <= Limits.xmlEntityBytes
  }

  /// A document type declaration that declares these names and nothing else. The document's own
  /// one, if it has any, is then a second one and against the grammar.
  static func declaration(_ names: [String]) -> [UInt8] {
    var text = "<!DOCTYPE daybook ["
    for name in names where isName(name) && !known.contains(name) {
      text += "<!ENTITY \(name) \"\(open)\(name)\(close)\">"
    }
    return Array((text + "]>").utf8)
  }

  /// A text in which entities are written as references again.
  static func readable(_ text: String) -> String {
    guard text.unicodeScalars.contains(open) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      out.append(scalar == open ? "&" : scalar == close ? ";" : scalar)
    }
    return String(out)
  }
}
