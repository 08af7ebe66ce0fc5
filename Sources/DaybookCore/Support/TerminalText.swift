/// `text` safe to log and print: what a terminal or a reader could obey instead of show (control
/// characters, line ends, the escapes that colour or move, marks that turn the direction of
/// writing, invisible and unassigned code points) becomes visible as `\u{1B}`. Everything that a
/// server sent passes here before anybody sees it.
public func escapedForTerminal(_ text: String) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if isPrintable(scalar) {
      out.append(scalar)
    } else {
      let code = String(scalar.value, radix: 16, uppercase: true)
      out.append(contentsOf: "\\u{\(code)}".unicodeScalars)
    }
  }
  return String(out)
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
  switch scalar.properties.generalCategory {
  case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
    .paragraphSeparator:
    return false
  default: return true
  }
}
