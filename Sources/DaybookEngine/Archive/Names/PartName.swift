import DaybookCore

/// The name of a part of a day: `2016-06-18.0123456789abcdef.tcx`, the digits the first 16 of its
/// SHA-256. The same bytes have the same name, so a day that is read again finds its parts there.
struct PartName: Hashable, Sendable {
  var day: Day

  /// Nil for every other name.
  init?(_ name: String) {
    let pieces = name.split(separator: ".", omittingEmptySubsequences: false)
    guard pieces.count == 3, let day = Day(pieces[0]), pieces[1].utf8.count == 16,
      pieces[1].utf8.allSatisfy({ ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 102) }),
      Name.isValid(String(pieces[2]))
    else { return nil }
    self.day = day
  }

  static func make(_ part: Spooled) -> String {
    "\(part.path.day).\("\(part.sha256)".prefix(16)).\(part.path.fileExtension)"
  }
}
