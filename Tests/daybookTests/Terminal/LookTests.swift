import Testing

@testable import daybook

@Suite("The look")
struct LookTests {
  @Test("styles are there with colours only, and never around nothing")
  func paint() {
    let plain = Look(columns: 80, colour: false)
    let colour = Look(columns: 80, colour: true)
    #expect(plain.paint("x", .red) == "x")
    #expect(colour.paint("x", .red) == "\u{1b}[31mx\u{1b}[0m")
    #expect(colour.paint("x", nil) == "x")
    #expect(colour.paint("", .red) == "")
  }

  @Test("what was painted can be taken off again", arguments: [Style.bold, .dim, .cyan, .yellow])
  func off(style: Style) {
    let text = "a" + Look(columns: 80, colour: true).paint("bé日", style) + "c"
    #expect(withoutStyles(text) == "abé日c")
    #expect(withoutStyles("plain") == "plain")
  }
}
