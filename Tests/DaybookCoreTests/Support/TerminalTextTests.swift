import DaybookCore
import Testing

@Suite("Text from outside, made safe to print")
struct TerminalTextTests {
  @Test(
    "what a terminal would obey becomes visible",
    arguments: [
      ("\u{1B}[31mred", "\\u{1B}[31mred"), ("a\nb", "a\\u{A}b"), ("a\r\nb", "a\\u{D}\\u{A}b"),
      ("\u{7}\u{8}\t", "\\u{7}\\u{8}\\u{9}"), ("\u{0}", "\\u{0}"), ("\u{7F}", "\\u{7F}"),
      ("\u{9B}2J", "\\u{9B}2J"), ("\u{85}", "\\u{85}"), ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
      ("\u{202E}abc", "\\u{202E}abc"), ("\u{2066}\u{2069}", "\\u{2066}\\u{2069}"),
      ("\u{200E}\u{200F}\u{61C}", "\\u{200E}\\u{200F}\\u{61C}"), ("\u{FEFF}", "\\u{FEFF}"),
      ("\u{200B}", "\\u{200B}"), ("\u{E000}", "\\u{E000}"), ("\u{E0041}", "\\u{E0041}"),
      // A combining mark after it must not shelter a control character.
      ("\u{1B}\u{301}", "\\u{1B}\u{301}"),
    ])
  func escaped(text: String, visible: String) {
    #expect(Array(escapedForTerminal(text).utf8) == Array(visible.utf8))
  }

  @Test(
    "what is plain text stays",
    arguments: ["", "plain ASCII ~!@#\\", "Käyttäjä", "e\u{301}", "日本語", "😀", "שלום", "a b"])
  func kept(text: String) {
    #expect(Array(escapedForTerminal(text).utf8) == Array(text.utf8))
  }

  @Test("no control, format or line character passes, over all of Unicode") func all() {
    for code in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(code), scalar.isASCII || code % 7 == 0 || code < 0x3000
      else { continue }
      let category = scalar.properties.generalCategory
      let obeyed: Set<Unicode.GeneralCategory> = [
        .control, .format, .lineSeparator, .paragraphSeparator,
      ]
      if obeyed.contains(category) {
        #expect(escapedForTerminal(String(scalar)).utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
      }
    }
  }
}
