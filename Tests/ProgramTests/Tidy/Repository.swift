import Foundation

/// The files of the repository, as the tests of its order read them.
enum Repository {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Paths below the top of all files in a folder with one of these endings, sorted.
  static func files(in folder: String, _ endings: String...) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
    return names.filter { name in endings.contains { name.hasSuffix(".\($0)") } }
      .map { "\(folder)/\($0)" }.sorted()
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(root)/\(path)")
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  /// The bytes hold the word: a quick look before a thorough one.
  static func has(_ path: String, _ word: String) throws -> Bool {
    strstr(try text(path), word) != nil
  }

  /// Without the empty one behind the last line's end. By bytes: characters take their time.
  static func lines(_ path: String) throws -> [Substring] {
    let lines = try text(path).utf8.split(separator: 10, omittingEmptySubsequences: false)
    return (lines.last?.isEmpty == true ? lines.dropLast() : lines[...]).map { Substring($0) }
  }

  /// The lines of a Swift file without its comments. A line of a text that begins with two slashes
  /// would be taken for one, which no rule minds.
  static func code(_ path: String) throws -> [Substring] {
    try lines(path).map { line in
      line.utf8.drop { $0 == 32 }.starts(with: "//".utf8) ? "" : line
    }
  }

  static func swift() throws -> [String] {
    try files(in: "Sources", "swift") + files(in: "Tests", "swift")
  }
}
