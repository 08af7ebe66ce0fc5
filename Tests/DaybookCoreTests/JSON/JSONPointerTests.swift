import Testing

@testable import DaybookCore

@Suite("JSONPointer: RFC 6901 and a star")
struct JSONPointerTests {
  @Test(
    "a text and its segments",
    arguments: [
      ("", []), ("/", [.key("")]), ("/a", [.key("a")]), ("/a/b", [.key("a"), .key("b")]),
      ("/0/x", [.key("0"), .key("x")]), ("/*", [.every]),
      ("/a/*/b", [.key("a"), .every, .key("b")]),
      ("//", [.key(""), .key("")]), ("/a~1b", [.key("a/b")]), ("/m~0n", [.key("m~n")]),
      ("/~01", [.key("~1")]), ("/**", [.key("**")]), ("/ ", [.key(" ")]), ("/é", [.key("é")]),
      ("/c%d", [.key("c%d")]), ("/k\"l", [.key("k\"l")]), ("/i\\j", [.key("i\\j")]),
      // A combining mark joins the slash or tilde before it into one character.
      ("/a/\u{301}b", [.key("a"), .key("\u{301}b")]), ("/\u{301}", [.key("\u{301}")]),
      ("/~0\u{301}", [.key("~\u{301}")]), ("/*\u{301}", [.key("*\u{301}")]),
    ] as [(String, [JSONPointer.Segment])])
  func segments(text: String, segments: [JSONPointer.Segment]) throws {
    let pointer = try #require(JSONPointer(text))
    #expect(pointer.segments == segments)
    #expect(Array(pointer.description.utf8) == Array(text.utf8))
  }

  @Test(
    "what is no pointer", arguments: ["a", "a/b", " /a", "/~", "/a~2", "/~a", "#/a", "*", "/a~"])
  func invalid(text: String) {
    #expect(JSONPointer(text) == nil)
  }

  @Test("the root has no segments") func root() {
    #expect(JSONPointer.root == JSONPointer(""))
    #expect(JSONPointer.root.description == "")
  }

  @Test("a pointer grows by a segment, and what follows another one is a pointer again")
  func relations() throws {
    let list = try #require(JSONPointer("/a/list"))
    let day = try #require(JSONPointer("/a/list/*/day"))
    #expect(list.appending(.every).appending(.key("day")) == day)
    #expect(day.below(list)?.description == "/*/day")
    #expect(day.below(day) == .root && day.below(.root) == day)
    #expect(list.below(day) == nil)
    #expect(try #require(JSONPointer("/b")).below(list) == nil)
  }
}
