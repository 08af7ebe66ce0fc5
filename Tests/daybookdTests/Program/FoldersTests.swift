import Glibc
import Testing

@testable import daybookd

@Suite struct FoldersTests {
  private let tree = WorkTree()

  private func mode(_ path: String) -> mode_t? {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mode & 0o7777 : nil
  }

  @Test("it is made with its mode, whatever the umask is; those above are ours alone")
  func made() throws {
    try tree.makeFolder("")
    try Folders.make("\(tree.path)/a/b/c", mode: 0o750)
    #expect(mode("\(tree.path)/a/b/c") == 0o750)
    #expect(mode("\(tree.path)/a") == 0o700)
  }

  @Test("one that is there is left as it is")
  func there() throws {
    try tree.makeFolder("/a")
    chmod("\(tree.path)/a", 0o711)
    try Folders.make("\(tree.path)/a", mode: 0o750)
    #expect(mode("\(tree.path)/a") == 0o711)
  }

  @Test("a file in its place is an error that names it")
  func file() throws {
    try tree.write("/a", "text")
    let path = "\(tree.path)/a"
    #expect(throws: SystemError("mkdir", path, number: ENOTDIR)) {
      try Folders.make(path, mode: 0o750)
    }
    #expect(throws: SystemError("mkdir", path, number: ENOTDIR)) {
      try Folders.make("\(path)/b", mode: 0o750)
    }
  }
}
