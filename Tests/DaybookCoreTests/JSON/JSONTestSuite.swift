import Foundation

/// The files of JSONTestSuite, from the table beside this file, which says whose work they are.
enum JSONTestSuite {
  struct File: Sendable {
    /// As in the suite, without `.json`.
    var name: String
    var bytes: [UInt8]

    /// `y`: a parser must accept it. `n`: it must refuse it. `i`: it may do either.
    var kind: Character { name.first ?? "?" }
  }

  /// All of them, by name.
  static let files = (table + large).sorted { $0.name < $1.name }

  private static let table: [File] = {
    let path = URL(fileURLWithPath: #filePath).deletingPathExtension().appendingPathExtension("txt")
    let text = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let parts = line.split(separator: " ")
      let data = parts[1] == "-" ? Data() : Data(base64Encoded: String(parts[1]))
      return File(name: String(parts[0]), bytes: [UInt8](data ?? Data("not base64".utf8)))
    }
  }()

  private static let large = [
    File(name: "n_structure_100000_opening_arrays", bytes: Array(repeating: 0x5B, count: 100_000)),
    File(
      name: "n_structure_open_array_object",
      bytes: Array(String(repeating: "[{\"\":", count: 50_000).utf8) + [10]),
  ]
}
