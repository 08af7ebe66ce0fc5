/// A terminal as far as ``Painting`` uses one: it wraps long lines, and knows the few sequences
/// that the command writes. Anything else is a fault.
struct Screen {
  private(set) var rows: [[Character]] = [[]]
  private(set) var row = 0
  private(set) var column = 0
  private(set) var cursorHidden = false
  private(set) var faults: [String] = []
  let columns: Int

  init(columns: Int) { self.columns = columns }

  /// What stands there, without the empty last row of the cursor.
  var lines: [String] {
    var out = rows.map { String($0) }
    while out.last == "" { out.removeLast() }
    return out
  }

  mutating func feed(_ text: String) {
    var rest = Array(text)[...]
    while let character = rest.popFirst() {
      switch character {
      case "\n", "\r\n":
        row += 1
        column = 0
        if row == rows.count { rows.append([]) }
      case "\r": column = 0
      case "\u{1b}": sequence(&rest)
      default: put(character)
      }
    }
  }

  private mutating func put(_ character: Character) {
    if column == columns {
      row += 1
      column = 0
      if row == rows.count { rows.append([]) }
    }
    while rows[row].count <= column { rows[row].append(" ") }
    rows[row][column] = character
    column += 1
  }

  private mutating func sequence(_ rest: inout ArraySlice<Character>) {
    guard rest.popFirst() == "[" else { return faults.append("no CSI") }
    var parameters = ""
    while let next = rest.popFirst() {
      guard next.isLetter else {
        parameters.append(next)
        continue
      }
      return obey(next, parameters)
    }
    faults.append("cut sequence")
  }

  private mutating func obey(_ final: Character, _ parameters: String) {
    switch (final, parameters) {
    case ("m", _): break
    case ("l", "?25"): cursorHidden = true
    case ("h", "?25"): cursorHidden = false
    case ("A", _):
      let up = Int(parameters) ?? 1
      if up > row { faults.append("up \(up) from row \(row)") }
      row = max(0, row - up)
    case ("J", ""):
      rows = Array(rows[...row])
      rows[row] = Array(rows[row].prefix(column))
    default: faults.append("\(parameters)\(final)")
    }
  }
}
