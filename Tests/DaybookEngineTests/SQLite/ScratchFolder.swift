import Foundation

@testable import DaybookEngine

/// A folder of one test's own, mode 0700, removed with everything in it.
final class ScratchFolder: Sendable {
  let path: String

  /// `inMemory`: on a tmpfs where there is one, for tests of many steps that need no real disk.
  init(inMemory: Bool = false) {
    let isMounted = inMemory && access("/dev/shm", W_OK) == 0
    let parent = isMounted ? "/dev/shm" : NSTemporaryDirectory()
    var template = Array((parent + "/daybook-test-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else { fatalError("mkdtemp: \(errno)") }
    path = String(cString: made)
  }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Names below the folder, sorted, folders ending in `/`.
  var tree: [String] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.map { isFolder($0) ? $0 + "/" : $0 }.sorted()
  }
  private func isFolder(_ name: String) -> Bool {
    mode(name).map { $0 & S_IFMT == S_IFDIR } ?? false
  }

  func path(_ name: String) -> String { path + "/" + name }

  /// With links resolved: the temporary folder itself may be one.
  func realPath(_ name: String) -> String {
    guard let real = realpath(path, nil) else { return path(name) }
    defer { free(real) }
    return String(cString: real) + "/" + name
  }

  func text(_ name: String) -> String? { try? String(contentsOfFile: path(name), encoding: .utf8) }

  func write(_ text: String, to name: String, mode: mode_t = 0o640) {
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    precondition(file >= 0, "\(name): \(errno)")
    let bytes = Array(text.utf8)
    precondition(Glibc.write(file, bytes, bytes.count) == bytes.count)
    fchmod(file, mode)
    close(file)
  }

  func makeFolder(_ name: String) {
    try? FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
  }

  /// Type and mode bits; a link's own. Nil when there is nothing.
  func mode(_ name: String) -> mode_t? {
    var status = stat()
    return lstat(path(name), &status) == 0 ? status.st_mode : nil
  }
  func permissions(_ name: String) -> mode_t? { mode(name).map { $0 & 0o7777 } }
}

extension ScratchFolder {
  func setMode(_ name: String, _ mode: mode_t) { precondition(chmod(path(name), mode) == 0) }

  func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path(name)) }

  /// A symbolic link.
  func link(_ name: String, to target: String) {
    precondition(symlink(target, path(name)) == 0, "\(name): \(errno)")
  }

  func names(_ name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(name))) ?? []).sorted()
  }

  /// Of the name itself; nil when there is nothing.
  func status(_ name: String) -> FileStatus? {
    var status = stat()
    return lstat(path(name), &status) == 0 ? FileStatus(status) : nil
  }
}
