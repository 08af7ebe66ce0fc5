/// A place in a text file, counted from 1 as editors do. Columns count characters, not bytes.
public struct Position: Hashable, Comparable, Sendable, CustomStringConvertible {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public var description: String { "\(line):\(column)" }

  public static func < (a: Position, b: Position) -> Bool {
    (a.line, a.column) < (b.line, b.column)
  }
}

/// Something wrong in a file that people edit: where, and what to do about it.
public struct Problem: Error, Hashable, Sendable, CustomStringConvertible {
  public var file: String
  /// Nil: the file as a whole.
  public var position: Position?
  public var message: String

  public init(file: String, position: Position?, message: String) {
    self.file = file
    self.position = position
    self.message = message
  }

  /// `file:line:column: message`, which editors and terminals turn into a link.
  public var description: String {
    guard let position else { return "\(file): \(message)" }
    return "\(file):\(position): \(message)"
  }

  /// By file, then place; a file as a whole comes first.
  static func precedes(_ a: Problem, _ b: Problem) -> Bool {
    if a.file != b.file { return a.file < b.file }
    let start = Position(line: 0, column: 0)
    return (a.position ?? start) < (b.position ?? start)
  }
}

/// Everything that is wrong with one or more files, in the order of their lines, each thing once;
/// never empty when it is thrown.
public struct Problems: Error, Hashable, Sendable, CustomStringConvertible {
  public let list: [Problem]

  public init(_ problems: [Problem]) {
    var seen: Set<Problem> = []
    let once = problems.filter { seen.insert($0).inserted }
    // At the same place in the order in which they were found, which sort(by:) does not promise.
    self.list = once.enumerated().sorted { a, b in
      if Problem.precedes(a.element, b.element) { return true }
      return !Problem.precedes(b.element, a.element) && a.offset < b.offset
    }.map(\.element)
  }

  public var isEmpty: Bool { list.isEmpty }
  /// One line for each problem.
  public var lines: [String] { list.map(\.description) }
  public var description: String { lines.joined(separator: "\n") }
}

/// Collects the problems of one file while it is read: nothing stops at the first one.
final class ProblemLog {
  let file: String
  private(set) var problems: [Problem] = []

  init(file: String) { self.file = file }

  func report(_ message: String, at position: Position?) {
    problems.append(Problem(file: file, position: position, message: message))
  }

  /// The value when nothing was wrong, otherwise everything that was.
  func result<Value>(_ value: Value?) -> Result<Value, Problems> {
    if let value, problems.isEmpty { return .success(value) }
    precondition(!problems.isEmpty, "no value and no reason")
    return .failure(Problems(problems))
  }
}
