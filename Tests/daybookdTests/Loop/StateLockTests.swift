import Glibc
import Testing

@testable import daybookd

@Suite struct StateLockTests {
  private let folder = WorkFolder()

  @Test("the first one gets the lock, and its number is in the file")
  func first() throws {
    let lock = try StateLock(directory: folder.path)
    withExtendedLifetime(lock) { #expect(folder.text("lock") == "\(getpid())\n") }
  }

  @Test("a second one is told who holds it")
  func second() throws {
    let lock = try StateLock(directory: folder.path)
    let failure = StateLock.Failure.held(folder.path, pid: Int(getpid()))
    #expect(throws: failure) { try StateLock(directory: folder.path) }
    #expect("\(failure)".contains("process \(getpid())"))
    #expect(!"\(failure)".contains("\n"))
    withExtendedLifetime(lock) {}
  }

  @Test("it is free again when its holder lets go, and the old number does not matter")
  func released() throws {
    folder.write("lock", "999999999999999\nrubbish")
    _ = try StateLock(directory: folder.path)
    let again = try StateLock(directory: folder.path)
    withExtendedLifetime(again) { #expect(folder.text("lock") == "\(getpid())\n") }
  }

  @Test("a lock file that is a symbolic link is not followed")
  func link() {
    folder.write("precious", "text")
    symlink(folder("precious"), folder("lock"))
    let failure = StateLock.Failure.system(
      SystemError("open", folder("lock"), number: ELOOP))
    #expect(throws: failure) { try StateLock(directory: folder.path) }
    #expect(folder.text("precious") == "text")
  }

  @Test("a folder that is not there is named")
  func noFolder() {
    let path = folder("none")
    #expect(throws: StateLock.Failure.system(SystemError("open", "\(path)/lock", number: ENOENT))) {
      try StateLock(directory: path)
    }
  }
}
