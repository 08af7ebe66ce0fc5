/// How many cells of a terminal a text takes: wide characters two, combining ones none
/// (Unicode Standard Annex 11). Close enough for every terminal; exact for ASCII.
func cells(_ text: String) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  return text.unicodeScalars.reduce(0) { $0 + cells($1) }
}

private func cells(_ scalar: Unicode.Scalar) -> Int {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: return isWide(scalar.value) ? 2 : 1
  }
}

private func isWide(_ value: UInt32) -> Bool {
  switch value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1FAFF, 0x20000...0x3FFFD:
    true
  default: false
  }
}

/// `text` in at most `columns` cells; what does not fit is cut, and `..` says so.
func truncated(_ text: String, to columns: Int) -> String {
  guard cells(text) > columns else { return text }
  guard columns > 2 else { return String(repeating: ".", count: max(0, columns)) }
  var out = ""
  var used = 0
  for character in text {
    let next = cells(String(character))
    if used + next > columns - 2 { break }
    out.append(character)
    used += next
  }
  return out + ".."
}

/// `text` with spaces to `columns` cells.
func filled(_ text: String, to columns: Int, right: Bool = false) -> String {
  let spaces = String(repeating: " ", count: max(0, columns - cells(text)))
  return right ? spaces + text : text + spaces
}

/// Lines of at most `columns` cells, broken at spaces; a longer word is cut in pieces. All lines
/// but the first begin with `indent` spaces, and so does the first if `indentFirst`.
func wrapped(_ text: String, to columns: Int, indent: Int = 0, indentFirst: Bool = false)
  -> [String]
{
  let margin = String(repeating: " ", count: indent)
  let room = max(1, columns - indent)
  var lines: [String] = []
  var line = ""
  func flush() {
    lines.append((lines.isEmpty && !indentFirst ? "" : margin) + line)
    line = ""
  }
  for word in text.split(separator: " ").flatMap({ pieces(of: String($0), room) }) {
    if !line.isEmpty, cells(line) + 1 + cells(word) > room { flush() }
    line += line.isEmpty ? word : " " + word
  }
  if !line.isEmpty || lines.isEmpty { flush() }
  return lines
}

private func pieces(of word: String, _ columns: Int) -> [String] {
  guard cells(word) > columns else { return [word] }
  var out: [String] = []
  var piece = ""
  for character in word {
    if !piece.isEmpty, cells(piece) + cells(String(character)) > columns {
      out.append(piece)
      piece = ""
    }
    piece.append(character)
  }
  return out + [piece]
}
