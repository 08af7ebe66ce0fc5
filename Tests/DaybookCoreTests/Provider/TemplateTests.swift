import Testing

@testable import DaybookCore

@Suite("Template with placeholders")
struct TemplateTests {
  @Test(
    "placeholders are found in order",
    arguments: [
      ("", []), ("/a", []), ("{a}", ["a"]),
      ("/x/{start}/{end}?d={start}", ["start", "end", "start"]),
      ("{a}{b}", ["a", "b"]),
    ] as [(String, [String])])
  func names(text: String, names: [String]) throws {
    #expect(try #require(Template(text)).names == names)
  }

  @Test(
    "a brace that is no placeholder is refused",
    arguments: [
      "{", "}", "{}", "{a", "a}", "{{a}}", "{a b}", "{A}", "{a}}", "{/}",
    ])
  func wrong(text: String) {
    #expect(Template(text) == nil)
    #expect(
      Template.complaint(text, ["a"])
        == "\(quoted(text)) has a brace that belongs to no {placeholder}")
  }

  @Test("filling replaces the placeholders and nothing else, once")
  func filled() throws {
    let template = try #require(Template("/{a}/b/{c}?a={a}"))
    #expect(template.filled { $0 == "a" ? "{c}" : "2" } == "/{c}/b/2?a={c}")
    #expect(template.pieces.first == .literal("/"))
  }

  @Test("a placeholder that is not known is told, with those that are")
  func complaint() {
    #expect(Template.complaint("/{a}", ["a"]) == nil)
    #expect(Template.complaint("/{x}", []) == "'{x}' is no placeholder; none can stand here")
    #expect(
      Template.complaint("/{strt}", ["start", "end"])
        == "'{strt}' is no placeholder; did you mean '{start}'? known here: {start}, {end}")
  }
}
