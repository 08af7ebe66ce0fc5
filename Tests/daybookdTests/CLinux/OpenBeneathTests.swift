import CLinux
import Foundation
import Testing

/// openat2(2) and the walk that takes its place where it is forbidden.
@Suite("Opening below a folder") struct OpenBeneathTests {
  enum Way: String, CaseIterable {
    case openat2, walk

    func open(_ root: Int32, _ path: String, _ flags: Int32) -> Int32 {
      self == .openat2
        ? clinux_openat_beneath(root, path, flags | O_CLOEXEC, 0o600)
        : clinux_openat_walk(root, path, flags | O_CLOEXEC, 0o600)
    }
  }

  private let tree = WorkTree()

  init() throws {
    try tree.write("/root/a/b/file", "inner")
    try tree.write("/outside/file", "outer")
    for (target, link) in [
      ("b", "/root/a/link"), (tree.path + "/outside", "/root/away"), ("file", "/root/a/b/filelink"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: tree.path + link, withDestinationPath: target)
    }
  }

  private func root() -> Int32 { open(tree.path + "/root", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }

  /// 0, or the error.
  private func result(_ way: Way, _ path: String, _ flags: Int32 = O_RDONLY) -> Int32 {
    let root = root()
    defer { close(root) }
    let fd = way.open(root, path, flags)
    guard fd >= 0 else { return errno }
    close(fd)
    return 0
  }

  @Test("what is below is opened", arguments: Way.allCases)
  func below(way: Way) throws {
    #expect(result(way, "a/b/file") == 0)
    #expect(result(way, "a/b", O_RDONLY | O_DIRECTORY) == 0)
    #expect(result(way, ".", O_RDONLY | O_DIRECTORY) == 0)
    #expect(result(way, "a/b/new", O_WRONLY | O_CREAT | O_EXCL) == 0)
    var status = stat()
    #expect(lstat(tree.path + "/root/a/b/new", &status) == 0 && status.st_mode & 0o177 == 0)
    #expect(result(way, "a/b/new", O_WRONLY | O_CREAT | O_EXCL) == EEXIST)
  }

  @Test("no link is followed, at the end or in the middle", arguments: Way.allCases)
  func links(way: Way) {
    for path in ["a/link/file", "away/file", "a/b/filelink"] {
      #expect(result(way, path) == ELOOP, "\(path)")
    }
    #expect(result(way, "away/new", O_WRONLY | O_CREAT) == ELOOP)
    #expect(access(tree.path + "/outside/new", F_OK) != 0)
  }

  @Test("nothing outside is opened", arguments: Way.allCases)
  func outside(way: Way) {
    for path in ["../outside/file", "a/../../outside/file", "/etc/passwd", ".."] {
      #expect(result(way, path) == EXDEV, "\(path)")
    }
  }

  @Test("what is not there is ENOENT, a file for a folder ENOTDIR", arguments: Way.allCases)
  func missing(way: Way) {
    for path in ["", "none", "a/none/file"] { #expect(result(way, path) == ENOENT, "\(path)") }
    #expect(result(way, "a/b/file/x") == ENOTDIR)
    #expect(result(way, String(repeating: "n", count: 300)) == ENAMETOOLONG)
  }

  @Test("a descriptor is left behind for what was opened only", arguments: Way.allCases)
  func descriptors(way: Way) throws {
    let root = root()
    defer { close(root) }
    for path in ["a/b/file", "a/b/none", "a/link/file", "a/../x", "a/b"] {
      let fd = way.open(root, path, O_RDONLY)
      if fd >= 0 { close(fd) }
    }
    let own = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
      let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      return target?.hasPrefix(tree.path) == true
    }
    #expect(own == ["\(root)"])
  }
}
