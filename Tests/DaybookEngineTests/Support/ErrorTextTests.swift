import Glibc
import Testing

@testable import DaybookEngine

@Suite("Error numbers in words")
struct ErrorTextTests {
  @Test(
    "those that an operator meets",
    arguments: [
      (ENOSPC, "No space left on device"), (EACCES, "Permission denied"),
      (EIO, "Input/output error"), (EROFS, "Read-only file system"),
      (ENOENT, "No such file or directory"),
    ])
  func known(number: Int32, text: String) { #expect(errorText(number) == text) }

  @Test("an unknown number is told as it is", arguments: [-1, 9_999] as [Int32])
  func unknown(number: Int32) { #expect(errorText(number).contains("\(number)")) }
}
