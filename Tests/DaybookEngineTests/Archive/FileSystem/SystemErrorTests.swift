import Glibc
import Testing

@testable import DaybookEngine

@Suite("Meaning of errors")
struct SystemErrorTests {
  static let meanings: [(code: Int32, kind: String)] = [
    (ENOSPC, "full"), (EDQUOT, "full"), (ELOOP, "obstructed"), (ENOTDIR, "obstructed"),
    (EISDIR, "obstructed"), (EXDEV, "obstructed"), (ENXIO, "obstructed"), (ESTALE, "away"),
    (ENODEV, "away"), (ENOTCONN, "away"), (EIO, "failed"), (EACCES, "failed"), (EROFS, "failed"),
    (EMFILE, "failed"),
  ]

  @Test("an errno has one meaning", arguments: meanings)
  func meaning(code: Int32, kind: String) {
    let failure = ArchiveFailure(SystemError(code, .write("me/steps")))
    #expect(failure.kind == kind)
    #expect(failure.text.hasPrefix("me/steps: "))
  }

  @Test(
    "after a sync or a close, lost bytes are a failed sync",
    arguments: [
      FileOperation.syncFile("a"), .syncFolder("a"), .close("a"),
    ])
  func syncs(operation: FileOperation) {
    #expect(ArchiveFailure(SystemError(EIO, operation)).kind == "syncFailed")
    #expect(ArchiveFailure(SystemError(ENOSPC, operation)).kind == "full")
  }

  @Test("people read the kernel's own words, and which file")
  func words() {
    let error = SystemError(ENOSPC, .rename(from: "a", to: "b"))
    #expect(ArchiveFailure(error) == .full("b: No space left on device"))
    #expect(ArchiveFailure(SystemError(EIO, .open(""))).text == "archive: Input/output error")
  }
}
