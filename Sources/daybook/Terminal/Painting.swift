/// Lines that are redrawn in place on a terminal. Each line is cut to the terminal's width, so
/// that it takes one row; after the terminal was made narrower, rows that the old lines now take
/// are counted, too.
struct Painting {
  private let output: Output
  /// Cells of each line that stands there.
  private var drawn: [Int] = []
  private let hidesCursor: Bool
  private var hidden = false

  /// Hiding the cursor spares the eye. Who asks for it must call ``end()`` on every way out, on
  /// signals too.
  init(_ output: Output, hidesCursor: Bool) {
    self.output = output
    self.hidesCursor = hidesCursor
  }

  /// Replaces what stands there. Lines may hold styles of ``Look``.
  mutating func show(_ lines: [String]) throws(Failure) {
    let columns = output.look.columns
    var text = erasure(columns)
    if hidesCursor, !hidden {
      text += "\u{1b}[?25l"
      hidden = true
    }
    let cut = lines.map { truncatedKeepingStyles($0, to: columns) }
    text += cut.map { $0 + "\n" }.joined()
    drawn = cut.map { cells(withoutStyles($0)) }
    try output.write(text)
  }

  /// Gives the terminal back: what was drawn last stays, the cursor is there again.
  mutating func end() {
    drawn = []
    guard hidden else { return }
    hidden = false
    // A terminal that is gone needs no cursor.
    try? output.write("\u{1b}[?25h")
  }

  /// Moves to the first row drawn and clears from there.
  private func erasure(_ columns: Int) -> String {
    let rows = drawn.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(1, columns)) }
    return rows == 0 ? "" : "\u{1b}[\(rows)A\r\u{1b}[J"
  }
}

/// The text without the styles that ``Look/paint(_:_:)`` adds.
func withoutStyles(_ text: String) -> String {
  guard text.utf8.contains(0x1b) else { return text }
  var out = ""
  var inside = false
  for scalar in text.unicodeScalars {
    if inside {
      if scalar == "m" { inside = false }
    } else if scalar == "\u{1b}" {
      inside = true
    } else {
      out.unicodeScalars.append(scalar)
    }
  }
  return out
}

/// A line with styles in at most `columns` cells: one that is too long loses its styles.
func truncatedKeepingStyles(_ line: String, to columns: Int) -> String {
  let plain = withoutStyles(line)
  return cells(plain) <= columns ? line : truncated(plain, to: columns)
}
