/// The first bytes of a body, to tell a page of HTML from data.
///
/// A page begins with `<!doctype html` or `<html`, in any case; a byte order mark, white space, an
/// XML declaration and comments may stand before it.
struct PageBeginning {
  private var bytes: [UInt8] = []

  /// Bytes that are looked at; what stands before the first tag of a page is shorter.
  private static let length = 1_024

  mutating func take(_ more: UnsafeRawBufferPointer) {
    guard bytes.count < PageBeginning.length else { return }
    bytes.append(contentsOf: more.prefix(PageBeginning.length - bytes.count))
  }

  var isPage: Bool {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    rest = rest.drop(while: isWhitespace)
    // JSON never begins so, and most of what is no page ends here.
    guard rest.first == UInt8(ascii: "<") else { return false }
    while let behind = PageBeginning.behindOther(rest) { rest = behind }
    return ["<!doctype html", "<html"].contains { PageBeginning.begins(rest, with: $0) }
  }

  /// Behind an instruction or a comment and the white space after it; nil when there is none.
  private static func behindOther(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    for (open, close) in [("<?", "?>"), ("<!--", "-->")] where bytes.starts(with: open.utf8) {
      var rest = bytes.dropFirst(open.utf8.count)
      while !rest.isEmpty, !rest.starts(with: close.utf8) { rest = rest.dropFirst() }
      return rest.dropFirst(close.utf8.count).drop(while: isWhitespace)
    }
    return nil
  }

  /// Whether this word begins the bytes, in any case, and ends as a word does.
  private static func begins(_ bytes: ArraySlice<UInt8>, with word: String) -> Bool {
    let length = word.utf8.count
    let isWord = zip(bytes, word.utf8).allSatisfy { byte, letter in
      byte == letter || (letter >= 97 && byte | 0x20 == letter)
    }
    guard bytes.count >= length, isWord else { return false }
    guard let next = bytes.dropFirst(length).first else { return true }
    return isWhitespace(next) || next == UInt8(ascii: ">") || next == UInt8(ascii: "/")
  }
}
