import Testing

@testable import DaybookCore

@Suite("Provider file: documents of XML")
struct ProviderFileDocumentTests {
  private static func more(_ text: String) -> [Int: String] { [13: "    \(text)"] }
  private static let listed = "document: xml\n    entities:"

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        more("document: XML"),
        "13:15: 'document': expected one of json, xml, not 'XML'"),
      WrongProvider(
        more("entities: [hellip]"), "13:15: 'entities' is for 'document: xml' only"),
      WrongProvider(
        more("document: json\n    entities: [hellip]"),
        "14:15: 'entities' is for 'document: xml' only"),
      WrongProvider(
        more("\(listed) [amp]"), "14:16: 'entities': 'amp' is known without being listed"),
      WrongProvider(
        more("\(listed) [\"&hellip;\", 12]"),
        "14:16: 'entities': '&hellip;' is no name of an entity",
        "14:28: 'entities': '12' is no name of an entity"),
      WrongProvider(
        [12: "    items: /steps/0/value", 13: "    document: xml"],
        "12:12: 'items': in XML, '0' is no name of an element, and elements have no indexes"),
      WrongProvider(
        [12: "    items: /steps", 13: "    document: xml\n    volatile: [/steps/@a/b]"],
        "14:15: 'volatile': in XML, an attribute ('@a') holds nothing"),
      WrongProvider(
        [12: "    items: /steps", 13: "    document: xml\n    belongs: {at: /@day, form: ymd}"],
        "14:14: 'belongs': in XML, '@day' is no attribute"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("more entities than the limit are refused")
  func tooMany() {
    func file(_ n: Int) -> [Int: String] {
      Self.more("\(Self.listed) [\((1...n).map { "e\($0)" }.joined(separator: ", "))]")
    }
    WrongProvider(file(Limits.xmlEntities)).check()
    WrongProvider(file(Limits.xmlEntities + 1), "14:15: more than 256 entities").check()
  }

  private func stream(_ lines: String, accept: String = "") throws -> StreamSpec {
    let file = WrongProvider([
      10: "    request: {get: \"/{user}/{start}\"\(accept)}", 12: "    items: /a/b", 13: lines,
    ])
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    return try #require(provider.stream("steps"))
  }

  @Test("JSON is what is meant when nothing is said")
  func values() throws {
    #expect(try stream("").document == .json)
    #expect(try stream("    document: json").document == .json)
    #expect(try stream("    document: json").request.accept == "application/json")
    #expect(try stream("    document: xml").document == .xml(entities: []))
    let listed = try stream("    document: xml\n    entities: [hellip, nbsp]")
    #expect(listed.document == .xml(entities: ["hellip", "nbsp"]))
    #expect(listed.filePlan == xmlPlan(["/a/b"], entities: ["hellip", "nbsp"]))
  }

  @Test("XML is asked for as XML, unless the file asks otherwise")
  func accept() throws {
    #expect(try stream("    document: xml").request.accept == "application/xml, text/xml")
    let said = try stream("    document: xml", accept: ", accept: text/html")
    #expect(said.request.accept == "text/html")
  }
}
