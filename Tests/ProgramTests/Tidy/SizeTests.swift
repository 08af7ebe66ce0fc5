import Testing

@Suite("Sizes")
struct SizeTests {
  @Test("no file is longer than 250 lines")
  func files() throws {
    let files = try Repository.swift() + Repository.files(in: "Sources", "h", "modulemap")
    #expect(files.count > 300)
    for file in files {
      let count = try Repository.lines(file).count
      #expect(count <= 250, "\(file): \(count) lines")
    }
  }

  @Test("no function is longer than 40 lines, tables apart")
  func functions() throws {
    var seen = 0
    for file in try Repository.swift() {
      for function in Function.all(in: try Repository.lines(file)) {
        seen += 1
        guard function.body.count > 40, !function.isTable else { continue }
        Issue.record("\(file):\(function.line): \(function.body.count) lines")
      }
    }
    #expect(seen > 3_000)
  }

  @Test("a function is found with its body, whatever its head looks like")
  func scan() {
    let text = """
      struct A {
        init(
          a: Int
        ) throws(B) {
          x()
        }
        @discardableResult
        private static func b() -> Int { 5 }
        var c: Int {
          switch self {
          case .a: 1
          case .b: 2
          }
        }
        let d = 5
      }
      """
    let found = Function.all(in: text.split(separator: "\n", omittingEmptySubsequences: false))
    #expect(found.map(\.line) == [2, 9])
    #expect(found.map(\.body.count) == [3, 4])
    #expect(found.map(\.isTable) == [false, true])
  }
}

/// A function, initializer or computed property of several lines, found by its indentation: the
/// sources are formatted by swift-format.
private struct Function {
  /// Where it begins, counted from 1.
  var line: Int
  /// What stands between its first line and the closing brace.
  var body: [Substring]

  /// One switch whose cases have a line each: as long as what it lists.
  var isTable: Bool {
    let lines = body.map { $0.utf8.drop { $0 == 32 } }
    guard lines.first?.starts(with: "switch ".utf8) == true else { return false }
    return lines.dropFirst().dropLast().allSatisfy { $0.starts(with: "case ".utf8) }
  }

  static func all(in lines: [Substring]) -> [Function] {
    lines.indices.compactMap { index in
      guard begins(lines[index]) else { return nil }
      let indent = lines[index].utf8.prefix { $0 == 32 }.count
      guard let end = end(lines, after: index, indent: indent) else { return nil }
      return Function(line: index + 1, body: Array(lines[(index + 1)..<end]))
    }
  }

  private static let modifiers: Set<Substring> = [
    "public", "private", "fileprivate", "internal", "static", "final", "mutating", "override",
    "convenience", "nonisolated", "consuming", "@discardableResult",
  ]

  private static func begins(_ line: Substring) -> Bool {
    let words = line.utf8.split(separator: 32, maxSplits: 5).lazy.map { Substring($0) }
    guard let first = words.first(where: { !modifiers.contains($0) }) else { return false }
    switch first {
    case "func", "subscript", "deinit": return true
    case "var", "let": return line.utf8.last == UInt8(ascii: "{")
    default:
      return first.hasPrefix("init(") || first.hasPrefix("init?(") || first.hasPrefix("init<")
    }
  }

  /// The line of the closing brace; nil when all of it is one line.
  private static func end(_ lines: [Substring], after start: Int, indent: Int) -> Int? {
    for index in lines.indices.dropFirst(start + 1) {
      let text = lines[index].utf8.drop { $0 == 32 }
      guard !text.isEmpty else { continue }
      let depth = lines[index].utf8.count - text.count
      if depth > indent { continue }
      if depth == indent, text.first == UInt8(ascii: "}") { return index }
      // The head goes on: `) throws {`.
      guard depth == indent, text.first == UInt8(ascii: ")") || text.starts(with: "->".utf8)
      else { return nil }
    }
    return nil
  }
}
