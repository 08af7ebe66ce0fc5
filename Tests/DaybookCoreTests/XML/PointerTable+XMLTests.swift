import Testing

@testable import DaybookCore

@Suite("PointerTable: pointers as paths of elements")
struct PointerTableXMLTests {
  private let table = PointerTable(xmlPlan(["/a/b", "/a/*", "/a/@b", "/a/@b/c"]))
  /// In the order of their texts.
  private let star: UInt64 = 1
  private let attribute: UInt64 = 2
  private let element: UInt64 = 8

  private func elements(_ name: String, of alive: UInt64 = .max) -> UInt64 {
    Array(name.utf8).withUnsafeBytes { table.children(of: alive, depth: 1, element: $0) }
  }

  private func attributes(_ name: String, of alive: UInt64 = .max) -> UInt64 {
    Array(name.utf8).withUnsafeBytes { table.attributes(of: alive, depth: 1, name: $0) }
  }

  @Test("elements are led to by their name and by the star") func elementNames() {
    #expect(
      table.texts.map { String(decoding: $0, as: UTF8.self) }
        == ["/a/*", "/a/@b", "/a/@b/c", "/a/b"])
    #expect(elements("b") == star | element)
    #expect(elements("c") == star)
    #expect(elements("b", of: element) == element)
    #expect(elements("b", of: attribute) == 0)
  }

  @Test("attributes are led to by their name alone, and hold nothing") func attributeNames() {
    #expect(attributes("b") == attribute)
    #expect(attributes("c") == 0)
    #expect(attributes("@b") == 0)
    #expect(attributes("b", of: star | element) == 0)
  }

  @Test("names are compared byte for byte") func bytes() {
    let table = PointerTable(xmlPlan(["/\u{E9}"]))
    func reach(_ name: String) -> UInt64 {
      Array(name.utf8).withUnsafeBytes { table.children(of: .max, depth: 0, element: $0) }
    }
    #expect(reach("\u{E9}") == 1)
    #expect(reach("e\u{301}") == 0)
  }

  @Test(
    "a pointer that leads nowhere in XML is known",
    arguments: [
      ("", nil), ("/a", nil), ("/a/*/b", nil), ("/a/@b", nil), ("/*/@b", nil), ("/ä:b.c", nil),
      ("/a/@b/c", "an attribute ('@b') holds nothing"), ("/@b", "'@b' is no attribute"),
      ("/a/@", "'@' is no attribute"),
      ("/a/0", "'0' is no name of an element, and elements have no indexes"),
      ("/a/", "'' is no name of an element, and elements have no indexes"),
    ] as [(String, String?)])
  func complaints(text: String, complaint: String?) throws {
    #expect(try #require(JSONPointer(text)).complaintInXML() == complaint)
  }
}
