import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("File operations")
struct FileOperationsTests {
  let folder = ScratchFolder()
  let operations = FileOperations()
  let root: Descriptor

  init() throws { root = try operations.openRoot(folder.path) }

  private func code(_ body: () throws -> Void) -> Int32? {
    do {
      try body()
      return nil
    } catch let error as SystemError {
      return error.code
    } catch {
      return -1
    }
  }

  @Test("a file is made, written, timed, synced, closed and read again")
  func life() throws {
    let file = try operations.createFile(root, "a")
    try operations.write(file, Array("hello".utf8))
    try operations.setMode(file, 0o640)
    try operations.setTime(file, Instant(microseconds: 1_500_000))
    try operations.syncFile(file)
    try operations.close(file)
    let (again, status) = try operations.openRegular(root, "a")
    #expect(status.size == 5)
    #expect(status.modified == Instant(microseconds: 1_500_000))
    #expect(try operations.digest(again) == SHA256.digest(Array("hello".utf8)))
    #expect(operations.flushes == 1)
  }

  @Test("a new file needs a free name, whatever has it")
  func exclusive() {
    folder.write("x", to: "file")
    folder.link("dangling", to: "nowhere")
    folder.makeFolder("folder")
    for name in ["file", "dangling", "folder"] {
      #expect(code { _ = try operations.createFile(root, name) } == EEXIST, "\(name)")
    }
    #expect(folder.text("nowhere") == nil)
  }

  @Test(
    "no path leads out of the folder or over a link",
    arguments: [
      ("../x", EXDEV), ("/etc/passwd", EXDEV), ("link/x", ELOOP), ("link", ELOOP),
    ])
  func beneath(name: String, wanted: Int32) {
    let outside = ScratchFolder()
    outside.write("secret", to: "x")
    folder.link("link", to: outside.path)
    #expect(code { _ = try operations.openFile(root, name) } == wanted)
    #expect(code { _ = try operations.createFile(root, name) } != nil)
    #expect(code { _ = try operations.openFolder(root, name) } == wanted)
    #expect(outside.tree == ["x"])
  }

  @Test("a pipe is opened without waiting, and is no regular file")
  func pipe() {
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(code { _ = try operations.openRegular(root, "pipe") } == EISDIR)
  }

  @Test("a folder is no regular file, a file no folder")
  func kinds() {
    folder.makeFolder("folder")
    folder.write("", to: "file")
    #expect(code { _ = try operations.openRegular(root, "folder") } == EISDIR)
    #expect(code { _ = try operations.openFolder(root, "file") } == ENOTDIR)
  }

  @Test("short writes are continued to the end")
  func shortWrites() throws {
    // A pipe takes 64 KiB and then what its reader has made room for.
    var ends: [Int32] = [0, 0]
    #expect(Glibc.pipe(&ends) == 0)
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let reader = Descriptor(ends[0], path: "reader")
    let writer = Descriptor(ends[1], path: "writer")
    let thread = ReaderThread(reader.number, expecting: bytes.count)
    try operations.write(writer, bytes)
    #expect(thread.wait() == bytes)
  }

  @Test("writing nothing is fine and asks nothing of the disk")
  func nothing() throws {
    let recorder = Recorder()
    let operations = FileOperations(hook: recorder.hook)
    let file = try operations.createFile(root, "a")
    recorder.forget()
    try operations.write(file, [])
    #expect(recorder.operations == [])
  }

  @Test("closing twice is an error, not somebody else's file")
  func closedTwice() throws {
    let file = try operations.createFile(root, "a")
    try operations.close(file)
    #expect(file.number == -1)
    #expect(code { try operations.close(file) } == EBADF)
  }

  @Test("a second name is made only where it is free")
  func links() throws {
    folder.write("a", to: "a")
    folder.write("b", to: "b")
    try operations.link(root, "a", to: root, "c")
    #expect(folder.status("a")?.inode == folder.status("c")?.inode)
    #expect(code { try operations.link(root, "a", to: root, "b") } == EEXIST)
    #expect(folder.text("b") == "b")
  }

  @Test("the hook sees each operation before it happens and can stop it")
  func hook() throws {
    let recorder = Recorder(.rule { $0 == .create("b") ? EDQUOT : 0 })
    let operations = FileOperations(hook: recorder.hook)
    _ = try operations.createFile(root, "a")
    #expect(code { _ = try operations.createFile(root, "b") } == EDQUOT)
    #expect(recorder.operations == [.create("a"), .create("b")])
    #expect(folder.tree == ["a"])
  }
}

/// Reads a pipe on a thread of its own.
private final class ReaderThread: @unchecked Sendable {
  private var thread = pthread_t()
  private let number: Int32
  private let count: Int
  private var bytes: [UInt8] = []

  init(_ number: Int32, expecting count: Int) {
    self.number = number
    self.count = count
    let me = Unmanaged.passRetained(self).toOpaque()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ReaderThread>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, me)
  }
  private func run() {
    var buffer = [UInt8](repeating: 0, count: 10_000)
    while bytes.count < count {
      let n = Glibc.read(number, &buffer, buffer.count)
      if n <= 0 { return }
      bytes += buffer.prefix(n)
    }
  }
  func wait() -> [UInt8] {
    pthread_join(thread, nil)
    return bytes
  }
}
