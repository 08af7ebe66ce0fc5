import DaybookCore

/// The name of a day's file: `2016-06-18.json`, or, of a day with parts, `2016-06-18.parts.json`.
struct DayName: Hashable, Sendable {
  var day: Day
  var fileExtension: String

  /// Nil for every other name. The extension is one word, so that `2016-06-18.x.json` is none.
  init?(_ name: String) {
    // Byte by byte: a check reads every name of the archive.
    let bytes = name.utf8
    guard let dot = bytes.index(bytes.startIndex, offsetBy: 10, limitedBy: bytes.endIndex),
      dot < bytes.endIndex, bytes[dot] == UInt8(ascii: "."), let day = Day(name[..<dot])
    else { return nil }
    let ending = String(name[bytes.index(after: dot)...])
    guard Name.isValid(ending),
      !ending.utf8.contains(UInt8(ascii: ".")) || ending == Each.fileExtension
    else { return nil }
    self.day = day
    self.fileExtension = ending
  }
}

/// `0001`...`9999` or `01`...`12`: digits alone, in the width that is written.
enum FolderNumber {
  static func year(_ name: String) -> Int? { number(name, width: 4, in: 1...9_999) }
  static func month(_ name: String) -> Int? { number(name, width: 2, in: 1...12) }

  private static func number(_ name: String, width: Int, in range: ClosedRange<Int>) -> Int? {
    guard name.utf8.count == width, name.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
      return nil
    }
    return Int(name).flatMap { range.contains($0) ? $0 : nil }
  }
}
