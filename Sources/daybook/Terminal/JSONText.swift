import DaybookCore

/// JSON as the command prints it.
enum JSONText {
  /// One line of ASCII and printable characters: what a terminal could obey is written `\uXXXX`,
  /// which means the same to every reader (RFC 8259 §7).
  static func line(_ json: JSONValue) -> String {
    let text = String(decoding: json.encoded, as: UTF8.self)
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      // The encoder has escaped the control characters of ASCII; beyond it, only strings hold any.
      if scalar.isASCII || escapedForTerminal(String(scalar)).unicodeScalars.first == scalar {
        out.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          let zeros = String(repeating: "0", count: 4 - digits.count)
          out.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
        }
      }
    }
    return String(out)
  }
}
