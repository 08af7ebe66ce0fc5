import Testing

@testable import DaybookCore

@Suite("The inputs of a page")
struct FormPageTests {
  private func page(_ text: String) -> FormPage { FormPage(Array(text.utf8)) }

  @Test(
    "an input is found however its tag is written",
    arguments: [
      #"<input type="hidden" name="a" value="v">"#, #"<INPUT VALUE="v" NAME="a" TYPE=hidden />"#,
      "<input\n\tname = 'a'\n value\n=\n'v'\n/>", "<input name=a value=v>",
      "<input/name=a value=v/>"
        .replacing("v/>", with: "v >"),
      #"<p><form action="/x"><div><input name="a" value="v" disabled data-x='>'></div>"#,
      #"<input name="b" value="1"><input value="v" name="a">"#,
      #"< input name="a" value="no"><input name="a" value="v">"#,
      #"<inputs name="a" value="no"><input name="a" value="v"><input name="a" value="later">"#,
      #"<!-- <input name="a" value="no"> --><input name="a" value="v">"#,
      #"<script>x = '<input name="a" value="no">'; y = "</div>"</SCRIPT><input name=a value=v>"#,
      #"<style>a{content:"<input name=a value=no>"}</style><input name=a value=v>"#,
      #"<textarea><input name=a value=no></textarea><title><input name=a></title>"#
        + "<input name=a value=v>",
    ])
  func found(text: String) { #expect(page(text).value(of: "a") == "v", "\(text)") }

  @Test(
    "what is no whole input with this name is none",
    arguments: [
      "", "<", "<input", "<input>", "input name=a value=v", #"<input id="a" value="v">"#,
      #"<input value="v">"#, "<!-- <input name=a value=v>", "<script><input name=a value=v>",
      #"<button name="a" value="v">"#, #"<input name="A " value="v">"#, "<input =a name",
    ])
  func notFound(text: String) { #expect(page(text).value(of: "a") == nil, "\(text)") }

  @Test("an input without a value has an empty one; one cut off in its value has the rest")
  func bare() {
    #expect(page("<input name=a>").value(of: "a")?.isEmpty == true)
    #expect(page("<input name=a value>").value(of: "a")?.isEmpty == true)
    #expect(page("<input name=a value=").value(of: "a")?.isEmpty == true)
    #expect(page("<input name=a value=\"abc").value(of: "a") == "abc")
  }

  @Test(
    "entities in values are decoded, and what is none stays",
    arguments: [
      ("a&amp;b", "a&b"), ("&lt;&gt;&quot;&apos;", "<>\"'"), ("&#65;&#x42;&#X43;", "ABC"),
      ("&amp;amp;", "&amp;"), ("&", "&"), ("a&b;", "a&b;"), ("&#0;&#xD800;", "&#0;&#xD800;"),
      ("&#x1F600;", "\u{1F600}"), ("&amp", "&amp"), ("&nbsp;", "&nbsp;"), ("&&amp;", "&&"),
      ("&#99999999999;", "&#99999999999;"), ("&;", "&;"), ("é", "é"),
    ])
  func entities(text: String, value: String) {
    #expect(
      page("<input name='a' value='\(text.replacing("'", with: ""))'>").value(of: "a") == value)
  }

  @Test("bytes that are no UTF-8 do no harm") func bytes() {
    let bytes = Array("<input name=a value='".utf8) + [0xFF, 0xE9] + Array("x'>".utf8)
    #expect(FormPage(bytes).value(of: "a")?.hasSuffix("x") == true)
  }

  @Test("no more inputs are kept than anybody needs") func bounded() {
    let many = String(repeating: "<input name=x>", count: Limits.formInputs + 5)
    #expect(page(many).inputs.count == Limits.formInputs)
  }

  @Test(
    "a page of a megabyte is read in one pass, whatever is in it",
    arguments: [
      "<", "<!--", "<input ", "<input name='", "<script>", "&amp;", "<input a=", "</",
      "<input name=x ",
    ])
  func linear(piece: String) {
    let text = String(repeating: piece, count: Limits.smallBodyBytes / piece.utf8.count)
    #expect(page(text).inputs.count <= Limits.formInputs)
  }

  @Test("any page, damaged anywhere, is read to its end", arguments: 0..<300 as Range<UInt64>)
  func damaged(seed: UInt64) {
    let whole = #"<!--x--><form><input name="a" value='v&amp;'><script>"<input"</script><input b>"#
    let bytes = mutated(Array(whole.utf8), seed: seed)
    #expect(FormPage(bytes).inputs.count <= 8, "seed \(seed)")
    _ = FormPage.id(in: bytes, behind: ["a", "<input"])
  }

  // MARK: The id

  @Test(
    "the id is what stands right behind the first marker that has something behind it",
    arguments: [
      ("x userId=22ABC&y", "22ABC"), ("userId=; userId=7\"", "7"), ("<a href='/user/9Z'>", "9Z"),
      ("/user/1 userId=2", "2"), ("userId=é /user/3", "3"), ("userId", nil), ("USERID=1", nil),
      ("", nil), ("userId=", nil), ("userId=4", "4"),
    ] as [(String, String?)])
  func id(text: String, id: String?) {
    #expect(FormPage.id(in: Array(text.utf8), behind: ["userId=", "/user/"]) == id)
  }

  @Test("an id that is endless is none") func longID() {
    let most = String(repeating: "x", count: Limits.formIDCharacters)
    #expect(FormPage.id(in: Array("id=\(most)".utf8), behind: ["id="]) == most)
    #expect(FormPage.id(in: Array("id=\(most)x".utf8), behind: ["id="]) == nil)
    #expect(FormPage.id(in: Array("abc".utf8), behind: [""]) == nil)
  }
}
