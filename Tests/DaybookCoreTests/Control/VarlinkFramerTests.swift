import Testing

@testable import DaybookCore

@Suite("The framer of the control socket")
struct VarlinkFramerTests {
  private func drain(_ framer: inout VarlinkFramer) throws(VarlinkFault) -> [String] {
    var out: [String] = []
    while let message = try framer.next() { out.append(String(decoding: message, as: UTF8.self)) }
    return out
  }

  @Test("a message is what stands before a NUL")
  func plain() throws {
    var framer = VarlinkFramer(limit: 10)
    framer.append(Array("abc\0de\0f".utf8))
    #expect(try drain(&framer) == ["abc", "de"])
    #expect(framer.pending == 1)
    framer.append(Array("\0".utf8))
    #expect(try drain(&framer) == ["f"])
    #expect(framer.pending == 0)
  }

  @Test("an empty message is handed on, for the envelope to refuse")
  func empty() throws {
    var framer = VarlinkFramer(limit: 10)
    framer.append([0, 0])
    #expect(try drain(&framer) == ["", ""])
  }

  @Test(
    "the same messages come out, wherever the stream is cut", arguments: 0..<50 as Range<UInt64>)
  func anyCuts(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let messages = (0..<20).map { i in
      String(repeating: Character("x"), count: Int.random(in: 0...30, using: &random)) + "\(i)"
    }
    var rest = messages.joined(separator: "\0").utf8.map { $0 }[...] + [0]
    var framer = VarlinkFramer(limit: 40)
    var out: [String] = []
    while !rest.isEmpty {
      let cut = Int.random(in: 1...25, using: &random)
      framer.append(rest.prefix(cut))
      rest = rest.dropFirst(cut)
      if Bool.random(using: &random) || rest.isEmpty { out += try drain(&framer) }
    }
    #expect(out == messages, "seed \(seed)")
    #expect(framer.pending == 0)
  }

  @Test("a message of exactly the limit passes, one byte more breaks the stream for good")
  func limit() throws {
    var framer = VarlinkFramer(limit: 4)
    framer.append(Array("1234\0".utf8))
    #expect(try drain(&framer) == ["1234"])
    framer.append(Array("12345\0good\0".utf8))
    #expect(throws: VarlinkFault.tooLarge(limit: 4)) { _ = try framer.next() }
    framer.append(Array("ok\0".utf8))
    #expect(throws: VarlinkFault.tooLarge(limit: 4)) { _ = try framer.next() }
    #expect(framer.pending == 0)
  }

  @Test("a message without end is refused before it is whole")
  func endless() throws {
    var framer = VarlinkFramer(limit: 4)
    framer.append(Array("1234".utf8))
    #expect(try framer.next() == nil)
    framer.append(Array("5".utf8))
    #expect(throws: VarlinkFault.tooLarge(limit: 4)) { _ = try framer.next() }
  }
}
