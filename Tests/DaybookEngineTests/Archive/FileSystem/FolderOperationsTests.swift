import Glibc
import Testing

@testable import DaybookEngine

@Suite("Folder operations")
struct FolderOperationsTests {
  let folder = ScratchFolder()
  let operations = FileOperations()

  @Test("names come sorted by their bytes, hidden ones too, the folder itself not")
  func names() throws {
    for name in ["b", "B", "a", ".hidden", "é"] { folder.write("", to: name) }
    folder.makeFolder("folder")
    let root = try operations.openRoot(folder.path)
    let wanted = [".hidden", "B", "a", "b", "folder", "é"]
    #expect(try operations.names(root) == wanted)
    #expect(try operations.names(root) == wanted)
  }

  @Test("a folder of many names is listed whole")
  func many() throws {
    for n in 0..<2_000 { folder.write("", to: "name-\(n)") }
    #expect(try operations.names(operations.openRoot(folder.path)).count == 2_000)
  }

  @Test("no descriptor stays open behind a listing")
  func descriptors() throws {
    let root = try operations.openRoot(folder.path)
    for _ in 0..<3_000 { _ = try operations.names(root) }
    #expect(root.number < 1_000)
  }

  @Test("a made folder is open, empty and of mode 0750; its name must be free")
  func make() throws {
    let root = try operations.openRoot(folder.path)
    let made = try operations.makeFolder(root, "a")
    #expect(made.path == "a")
    #expect(folder.permissions("a") == 0o750)
    #expect(throws: SystemError(EEXIST, .makeFolder("a"))) {
      _ = try operations.makeFolder(root, "a")
    }
  }

  @Test("paths of what is below are told from the archive's folder on")
  func paths() throws {
    let root = try operations.openRoot(folder.path)
    let a = try operations.makeFolder(root, "a")
    let b = try operations.makeFolder(a, "b")
    #expect(root.path == "" && b.path == "a/b" && b.child("c") == "a/b/c")
    #expect(try operations.openFolder(root, "a/b").path == "a/b")
  }
}
