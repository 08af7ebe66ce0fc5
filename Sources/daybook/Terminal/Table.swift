/// A table for people: one line a row, columns two spaces apart. What does not fit goes: first the
/// columns that matter least, then the ends of long cells.
struct Table {
  struct Column {
    var title: String
    /// Numbers stand on the right.
    var right = false
    /// 0 stays always; of the others the highest goes first.
    var drop = 0
  }
  struct Cell: Hashable {
    var text: String
    var style: Style?
    init(_ text: String, _ style: Style? = nil) {
      self.text = text
      self.style = style
    }
  }

  private let columns: [Column]
  private var rows: [(cells: [Cell], notes: [Cell])] = []
  private static let gap = 2

  init(_ columns: [Column]) { self.columns = columns }

  /// Notes stand below the row, wrapped and indented.
  mutating func add(_ cells: [Cell], notes: [Cell] = []) {
    precondition(cells.count == columns.count, "a row has a cell for each column")
    rows.append((cells, notes))
  }

  /// The lines, each ended by a newline; none without rows.
  func text(_ look: Look) -> String {
    guard !rows.isEmpty else { return "" }
    let room = max(look.columns, Look.narrowest)
    let (shown, widths) = layout(room)
    let titles = columns.map { Cell($0.title, .bold) }
    var out = line(titles, shown, widths, look)
    for row in rows {
      out += line(row.cells, shown, widths, look)
      for note in row.notes {
        for text in wrapped(note.text, to: room, indent: 4, indentFirst: true) {
          out += look.paint(text, note.style) + "\n"
        }
      }
    }
    return out
  }

  private func layout(_ room: Int) -> (shown: [Int], widths: [Int]) {
    var widths = columns.indices.map { i in
      rows.reduce(cells(columns[i].title)) { max($0, cells($1.cells[i].text)) }
    }
    var shown = columns.indices.filter { i in rows.contains { !$0.cells[i].text.isEmpty } }
    func total() -> Int {
      shown.reduce(-Table.gap) { $0 + widths[$1] + Table.gap }
    }
    while total() > room,
      let least = shown.filter({ columns[$0].drop > 0 }).max(by: { a, b in
        columns[a].drop < columns[b].drop
      })
    { shown.removeAll { $0 == least } }
    while total() > room, let widest = shown.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 4
    { widths[widest] -= 1 }
    return (shown, widths)
  }

  private func line(_ row: [Cell], _ shown: [Int], _ widths: [Int], _ look: Look) -> String {
    var out = ""
    for (place, i) in shown.enumerated() {
      let text = truncated(row[i].text, to: widths[i])
      let spaces = String(repeating: " ", count: max(0, widths[i] - cells(text)))
      let painted = look.paint(text, row[i].style)
      let last = place == shown.count - 1
      out += columns[i].right ? spaces + painted : painted + (last ? "" : spaces)
      if !last { out += String(repeating: " ", count: Table.gap) }
    }
    while out.hasSuffix(" ") { out.removeLast() }
    return out + "\n"
  }
}
