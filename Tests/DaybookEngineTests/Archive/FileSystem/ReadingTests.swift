import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Reading files")
struct ReadingTests {
  let folder = ScratchFolder()
  let operations = FileOperations()

  @Test(
    "pieces together are the file, whatever its length",
    arguments: [
      0, 1, Limits.fileChunkBytes - 1, Limits.fileChunkBytes, Limits.fileChunkBytes + 1,
      3 * Limits.fileChunkBytes,
    ])
  func pieces(count: Int) throws {
    let root = try operations.openRoot(folder.path)
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let file = try operations.createFile(root, "a")
    try operations.write(file, bytes)
    try operations.close(file)
    var read: [UInt8] = []
    try operations.forEachChunk(operations.openFile(root, "a")) { read.append(contentsOf: $0) }
    #expect(read == bytes)
    #expect(try operations.digest(operations.openFile(root, "a")) == SHA256.digest(bytes))
  }

  @Test("a small file is read to the limit; a missing one is nil")
  func contents() throws {
    let root = try operations.openRoot(folder.path)
    folder.write("hello", to: "a")
    #expect(try operations.contents(root, "a", limit: 100) == Array("hello".utf8))
    #expect(try operations.contents(root, "a", limit: 3) == Array("hel".utf8))
    #expect(try operations.contents(root, "b", limit: 3) == nil)
  }

  @Test("a disk that cannot be read is an error")
  func unreadable() throws {
    let failing = FileOperations(hook: Recorder(.rule { $0 == .read("a") ? EIO : 0 }).hook)
    let root = try operations.openRoot(folder.path)
    folder.write("hello", to: "a")
    #expect(throws: SystemError(EIO, .read("a"))) {
      _ = try failing.contents(root, "a", limit: 9)
    }
  }
}
