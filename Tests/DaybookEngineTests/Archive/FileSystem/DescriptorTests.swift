import Glibc
import Testing

@testable import DaybookEngine

@Suite("Descriptors")
struct DescriptorTests {
  /// A file that nobody else opens, and whether a number still means it.
  let folder = ScratchFolder()
  private func open() -> Int32 {
    folder.write("", to: "a")
    return Glibc.open(folder.path("a"), O_RDONLY | O_CLOEXEC)
  }
  /// The number alone proves nothing: another test may have it by now.
  private func isOpen(_ number: Int32) -> Bool {
    var status = stat()
    guard fstat(number, &status) == 0, let mine = folder.status("a") else { return false }
    return FileStatus(status).isSameFile(mine)
  }

  @Test("the last reference closes the file")
  func lastReference() {
    let number = open()
    var first: Descriptor? = Descriptor(number, path: "a")
    var second = first
    first = nil
    #expect(isOpen(number))
    #expect(second?.number == number)
    second = nil
    #expect(first == nil && second == nil)
    #expect(!isOpen(number))
  }

  @Test("dropped it is closed at once, and again nothing happens")
  func drop() {
    let number = open()
    let descriptor = Descriptor(number, path: "a")
    descriptor.drop()
    #expect(!isOpen(number))
    #expect(descriptor.number == -1)
    descriptor.drop()
  }

  @Test("a number given away is the taker's to close, once")
  func release() {
    let number = open()
    let descriptor = Descriptor(number, path: "a")
    #expect(descriptor.release() == number)
    #expect(descriptor.release() == -1)
    descriptor.drop()
    #expect(isOpen(number))
    close(number)
  }

  @Test("what is below is named from the archive on")
  func child() {
    #expect(Descriptor(-1, path: "").child("me") == "me")
    #expect(Descriptor(-1, path: "me/steps").child("2016") == "me/steps/2016")
  }
}
