import Testing

@testable import DaybookCore

@Suite("ScalarCollector and EscapeState")
struct ScalarCollectorTests {
  private func collect(_ limit: Int, _ body: (inout ScalarCollector) -> Void) -> ScalarCollector {
    var collector = ScalarCollector()
    collector.begin(limit: limit)
    body(&collector)
    return collector
  }

  private func run(_ text: String, _ collector: inout ScalarCollector) {
    Array(text.utf8).withUnsafeBufferPointer { collector.append($0) }
  }

  @Test("runs, bytes and scalars join") func joins() {
    let collector = collect(20) {
      run("ab", &$0)
      $0.append(UInt8(ascii: "c"))
      $0.append(Unicode.Scalar(0x1F600 as UInt32)!)
    }
    #expect(collector.text == "abc😀")
    #expect(collector.isExactly(Array("abc😀".utf8)))
  }

  @Test("a text over the limit is cut before a broken character", arguments: 1...12)
  func cut(limit: Int) {
    let text = "aé€😀zz"
    let collector = collect(limit) { run(text, &$0) }
    var whole = ""
    for scalar in text.unicodeScalars where whole.utf8.count + scalar.utf8.count <= limit {
      guard text.hasPrefix(whole + String(scalar)) else { break }
      whole.unicodeScalars.append(scalar)
    }
    #expect(collector.text == whole)
    #expect(collector.isExactly(Array(text.utf8)) == (limit >= 12))
  }

  @Test("after the limit nothing is added") func closed() {
    let collector = collect(2) {
      run("abc", &$0)
      run("d", &$0)
      $0.append(UInt8(ascii: "e"))
    }
    #expect(collector.text == "ab")
    #expect(!collector.isExactly(Array("ab".utf8)))
  }

  @Test("off, it takes nothing") func off() {
    var collector = ScalarCollector()
    run("abc", &collector)
    collector.append(UInt8(ascii: "d"))
    #expect(collector.text == "")
  }

  @Test(
    "unicode escapes",
    arguments: [
      (["0041"], "A"), (["00e9"], "é"), (["D83D", "de00"], "😀"), (["D800"], "\u{FFFD}"),
      (["DC00"], "\u{FFFD}"), (["D800", "D83D", "DE00"], "\u{FFFD}😀"),
      (["D800", "0041"], "\u{FFFD}A"), (["DC00", "D800"], "\u{FFFD}\u{FFFD}"),
      (["DBFF", "DFFF"], "\u{10FFFF}"), (["D800", "DC00"], "\u{10000}"), (["FFFF"], "\u{FFFF}"),
    ])
  func escapes(units: [String], text: String) {
    let collector = collect(100) { out in
      var state = EscapeState()
      for unit in units {
        state.beginDigits()
        let ends = unit.utf8.map { state.take(hexDigit($0) ?? 0, &out) }
        #expect(ends == [false, false, false, true])
      }
      state.endText(&out)
    }
    #expect(collector.text == text)
  }
}
