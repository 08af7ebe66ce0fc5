import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("File status")
struct FileStatusTests {
  let folder = ScratchFolder()
  let operations = FileOperations()

  @Test("files, folders and everything else are told apart, links not followed")
  func kinds() throws {
    let root = try operations.openRoot(folder.path)
    folder.write("abc", to: "file")
    folder.makeFolder("folder")
    folder.link("link", to: "file")
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(try operations.status(root, "file")?.kind == .file)
    #expect(try operations.status(root, "file")?.size == 3)
    #expect(try operations.status(root, "folder")?.kind == .folder)
    #expect(try operations.status(root, "link")?.kind == .other)
    #expect(try operations.status(root, "pipe")?.kind == .other)
    #expect(try operations.status(root, "nothing") == nil)
  }

  @Test("two names of one file are the same file, two equal files are not")
  func same() throws {
    let root = try operations.openRoot(folder.path)
    folder.write("a", to: "a")
    folder.write("a", to: "b")
    #expect(link(folder.path("a"), folder.path("c")) == 0)
    let a = try #require(try operations.status(root, "a"))
    #expect(try operations.status(root, "c").map { a.isSameFile($0) } == true)
    #expect(try operations.status(root, "b").map { a.isSameFile($0) } == false)
  }

  @Test(
    "the time of a file is kept to the microsecond, also before 1970",
    arguments: [
      Int64(0), 1, -1, 1_466_416_800_123_456, -1_000_001,
    ])
  func time(microseconds: Int64) throws {
    let root = try operations.openRoot(folder.path)
    let file = try operations.createFile(root, "a")
    try operations.setTime(file, Instant(microseconds: microseconds))
    #expect(try operations.status(file).modified == Instant(microseconds: microseconds))
  }

  @Test("an error other than absence is an error")
  func error() throws {
    let recorder = Recorder(.rule { _ in EIO })
    let root = try operations.openRoot(folder.path)
    let failing = FileOperations(hook: recorder.hook)
    #expect(throws: SystemError(EIO, .look("a"))) { try failing.status(root, "a") }
  }
}
