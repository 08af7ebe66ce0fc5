import Glibc
import Testing

@testable import daybook

@Suite("Waiting for descriptors")
struct ReadyTests {
  @Test("only those that can be read are named")
  func named() {
    let a = TextPipe()
    let b = TextPipe()
    b.write("x")
    #expect(Ready.wait(for: [a.reader, b.reader], seconds: 5) == [b.reader])
    a.endWriting()
    #expect(Ready.wait(for: [a.reader, b.reader], seconds: 5) == [a.reader, b.reader])
  }

  @Test("the time limit holds, and a time that is over does not wait")
  func limit() {
    let pipe = TextPipe()
    let start = uptime()
    #expect(Ready.wait(for: [pipe.reader], seconds: 0.05).isEmpty)
    #expect(uptime() - start >= 0.05)
    #expect(Ready.wait(for: [pipe.reader], seconds: -1).isEmpty)
  }

  @Test("a pipe with room can be written at once")
  func write() {
    let pipe = TextPipe()
    Ready.waitToWrite(pipe.writer)
    pipe.write("x")
    #expect(Ready.wait(for: [pipe.reader], seconds: 1) == [pipe.reader])
  }
}
