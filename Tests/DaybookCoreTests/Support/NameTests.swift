import DaybookCore
import Testing

@Suite("Name: what may become a folder")
struct NameTests {
  @Test(
    "names",
    arguments: [
      "a", "0", "me-moves", "x.y_z-0", "a..b", "a.", "moves", String(repeating: "a", count: 64),
    ])
  func valid(name: String) { #expect(Name.isValid(name)) }

  @Test(
    "no names",
    arguments: [
      "", ".", "..", ".a", "-a", "_a", "A", "aB", "a/b", "/", "a b", " a", "a\n", "a\0", "é", "aé",
      "a\u{301}", "а", "a:b", "a~", "../etc", "a%2f", "ａ", String(repeating: "a", count: 65),
    ])
  func invalid(name: String) { #expect(!Name.isValid(name)) }

  @Test("each ASCII character alone and second") func characters() {
    for byte in UInt8(0)..<0x80 {
      let c = Character(Unicode.Scalar(byte))
      let first = ("a"..."z").contains(c) || ("0"..."9").contains(c)
      #expect(Name.isValid(String(c)) == first)
      #expect(Name.isValid("a\(c)") == (first || c == "." || c == "_" || c == "-"))
    }
  }
}
