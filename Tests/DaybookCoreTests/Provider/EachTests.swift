import Testing

@testable import DaybookCore

@Suite("Parts of items")
struct EachTests {
  private let part = PartSpec(name: "x", request: Request(path: "/{item}"))

  private func each(_ form: ItemForm = .text, condition: Bool = false) -> Each {
    let has = JSONPointer(segments: [.key("has")])
    return Each(
      item: JSONPointer(segments: [.key("id")]), form: form, condition: condition ? has : nil,
      parts: [part])
  }

  @Test(
    "an item's id is text, a number, or what is behind the last slash",
    arguments: [
      (ItemForm.text, JSONScalar(.string, "a-7"), "a-7"), (.text, JSONScalar(.number, "12"), "12"),
      (.text, JSONScalar(.string, "users/me/7"), "users/me/7"),
      (.tail, JSONScalar(.string, "users/me/7"), "7"), (.tail, JSONScalar(.string, "7"), "7"),
    ])
  func ids(_ form: ItemForm, _ scalar: JSONScalar, _ id: String) throws {
    #expect(try each(form).id([scalar]) == id)
  }

  @Test("an item without an id, or with one that cannot be sent, makes the list unusable")
  func faults() {
    #expect(throws: Each.Fault.silent) { try each().id([nil]) }
    #expect(throws: Each.Fault.silent) { try each().id([]) }
    for text in [
      "", ".", "..", "a\nb", "\u{7f}", String(repeating: "x", count: Limits.itemBytes + 1),
    ] {
      #expect(throws: Each.Fault.strange, "\(text)") {
        try each().id([JSONScalar(.string, text)])
      }
    }
    #expect(throws: Each.Fault.strange) { try each(.tail).id([JSONScalar(.string, "/")]) }
  }

  @Test(
    "only items that have a value where it is looked for have parts",
    arguments: [
      (JSONScalar(.string, "abc"), true), (JSONScalar(.number, "0"), true),
      (JSONScalar(.literal, "true"), true), (JSONScalar(.literal, "false"), false),
      (JSONScalar(.literal, "null"), false), (JSONScalar(.string, ""), false), (nil, false),
    ])
  func condition(_ scalar: JSONScalar?, _ has: Bool) throws {
    let id = try each(condition: true).id([JSONScalar(.string, "7"), scalar])
    #expect(id == (has ? "7" : nil))
    #expect(try each(condition: true).id([nil, nil]) == nil, "nobody asks for its id then")
  }

  @Test("a part's file ends as said, or as its kind does")
  func endings() {
    #expect(part.fileExtension == "json" && part.document == .json)
    let xml = PartSpec(name: "x", request: part.request, document: .xml(entities: []))
    #expect(xml.fileExtension == "xml")
    let fit = PartSpec(name: "x", request: part.request, document: .bytes, fileExtension: "fit")
    #expect(fit.fileExtension == "fit")
    #expect(each().part("x") == part && each().part("y") == nil)
    #expect(Name.isValid(Each.fileExtension))
  }
}
