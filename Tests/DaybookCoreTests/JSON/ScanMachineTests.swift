import Testing

@testable import DaybookCore

@Suite("ScanMachine's parts: plain text, UTF-8, numbers")
struct ScanMachineTests {
  @Test("plain text ends at the first special byte, for each byte and place")
  func plainText() {
    for byte in UInt8.min...UInt8.max {
      let special = byte < 0x20 || byte >= 0x80 || byte == 0x22 || byte == 0x5C
      for place in 0..<20 {
        var text = [UInt8](repeating: UInt8(ascii: "a"), count: 20)
        text[place] = byte
        // A second special byte behind it must not hide the first, nor the other way round.
        if place < 19 { text[19] = 0x22 }
        let end = text.withUnsafeBufferPointer { endOfPlainText($0.baseAddress!, 0, 20) }
        #expect(end == (special ? place : place < 19 ? 19 : 20), "\(byte) at \(place)")
      }
    }
  }

  @Test("every sequence of two bytes is UTF-8 exactly where the standard library says so")
  func pairs() {
    for first in UInt8(0x80)...0xFF {
      for second in UInt8.min...UInt8.max {
        for rest in [[], [UInt8(0x80)], [0x80, 0xBF]] {
          let bytes = [first, second] + rest
          var sequence = UTF8Sequence()
          let taken =
            sequence.begin(first) && rest.count == sequence.missing - 1
            && bytes.dropFirst().allSatisfy { sequence.take($0) }
          let text = String(validating: bytes, as: UTF8.self)
          // One character of this length, and not a shorter one followed by another.
          let isOne = text?.unicodeScalars.count == 1
          if taken != isOne { Issue.record("\(hex(bytes)): \(taken)") }
        }
      }
    }
  }

  @Test("numbers", arguments: ["0", "-0", "1", "10", "-12.50", "1e5", "1E+5", "0.0e-0", "9e00"])
  func numbers(text: String) {
    #expect(NumberState.isNumber(text))
  }

  @Test(
    "no numbers",
    arguments: [
      "", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", " 1", "inf", "-a", "1,0",
    ])
  func noNumbers(text: String) {
    #expect(!NumberState.isNumber(text))
  }

  @Test("hexadecimal digits, and nothing else") func hexDigits() {
    for byte in UInt8.min...UInt8.max {
      let text = String(Unicode.Scalar(byte))
      let value = byte < 0x80 ? UInt8(text, radix: 16) : nil
      #expect(hexDigit(byte) == value)
    }
  }
}
