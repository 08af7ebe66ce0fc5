import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("Files in hand")
struct SpoolsTests {
  private func descriptor() -> Descriptor { Descriptor(open("/dev/null", O_RDONLY), path: "x") }

  @Test("a file is in hand from its begin to its end")
  func life() {
    let spools = Spools()
    #expect(!spools.contains("a"))
    spools.begin("a")
    #expect(spools.contains("a"))
    #expect(spools.keep("a", descriptor()))
    #expect(spools.contains("a"))
    #expect(spools.take("a") != nil)
    #expect(spools.take("a") == nil)
    #expect(spools.contains("a"))
    spools.end("a")
    #expect(!spools.contains("a"))
    #expect(spools.count == 0)
  }

  @Test("past the limit descriptors are not kept, and each one given back makes room")
  func limit() {
    let spools = Spools()
    let file = descriptor()
    for n in 0..<Limits.heldSpools { #expect(spools.keep("\(n)", file)) }
    #expect(!spools.keep("more", file))
    #expect(spools.contains("more"))
    #expect(spools.take("more") == nil)
    spools.end("0")
    #expect(spools.keep("another", file))
    #expect(!spools.keep("third", file))
  }

  @Test("ending what was not taken closes it")
  func closes() {
    let spools = Spools()
    let number = open("/dev/null", O_RDONLY)
    #expect(spools.keep("a", Descriptor(number, path: "x")))
    spools.end("a")
    #expect(fcntl(number, F_GETFD) == -1 || !isDevNull(number))
  }
  /// Another thread may have got the number meanwhile.
  private func isDevNull(_ number: Int32) -> Bool {
    var a = stat()
    var b = stat()
    return fstat(number, &a) == 0 && stat("/dev/null", &b) == 0 && a.st_ino == b.st_ino
  }
}
