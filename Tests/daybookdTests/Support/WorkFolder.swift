import Glibc

/// A folder of a test's own, gone with the value.
final class WorkFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/daybookd-XXXXXX".utf8CString)
    precondition(mkdtemp(&template) != nil, "no temporary folder")
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in WorkFolder.names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ name: String, _ text: String) {
    let fd = open(self(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    precondition(fd >= 0, "cannot write \(name)")
    _ = Glibc.write(fd, text, text.utf8.count)
    close(fd)
  }

  func text(_ name: String) -> String? {
    let fd = open(self(name), O_RDONLY | O_CLOEXEC)
    guard fd >= 0 else { return nil }
    defer { close(fd) }
    return String(decoding: everything(from: fd), as: UTF8.self)
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// What can be read until the end or until nothing more is there.
func everything(from fd: Int32) -> [UInt8] {
  var out: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 64 << 10)
  while true {
    let count = read(fd, &chunk, chunk.count)
    guard count > 0 else { return out }
    out += chunk[..<count]
  }
}

/// Collects what arrives on other threads.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Guarded<[Element]>([])
  var all: [Element] { elements.value }
  func add(_ element: Element) { elements.change { $0.append(element) } }
}
