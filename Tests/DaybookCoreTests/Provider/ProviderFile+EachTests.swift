import Testing

@testable import DaybookCore

@Suite("Provider file: parts of items")
struct ProviderFileEachTests {
  private static func each(_ text: String) -> [Int: String] { [13: "    each: {\(text)}"] }
  private static let request = "request: {get: \"/{item}\"}"

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        each("item: /id"),
        "13:11: each needs the key 'get': a list, each a part (keys and values)"),
      WrongProvider(
        each("item: id, get: [{name: x, \(request)}]"),
        "13:18: 'item': expected a JSON pointer such as /data/0/id, or \"\" for the whole, not 'id'"
      ),
      WrongProvider(
        each("item: /id, form: last, get: [{name: x, \(request)}]"),
        "13:29: 'form': expected one of text, tail, not 'last'"),
      WrongProvider(
        each("item: /id, get: [{name: x, request: {get: \"/x\"}}]"),
        "13:48: the request of a part must name its item with {item}"),
      WrongProvider(
        each("item: /id, get: [{name: x, \(request), document: bytes}]"),
        "13:76: 'document: bytes' needs the key 'extension' beside it"),
      WrongProvider(
        each("item: /id, get: [{name: x, \(request), extension: ../x}]"),
        "13:77: 'extension': '../x' is no ending of 1 to 8 of a-z 0-9"),
      WrongProvider(
        each("item: /id, get: [{name: x, \(request)}, {name: x, \(request)}]"),
        "13:74: 'get': 'x' stands twice"),
      WrongProvider(
        each("item: /id, get: [{name: x, \(request), scope: s}]"),
        "13:73: 'scope': 's' is not a scope of this file; there is none"),
      WrongProvider(each("item: /id, get: [{name: x, \(request)}]")),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("more parts than the limit are refused")
  func tooMany() {
    let parts = (1...Limits.partsOfItem + 1).map { "{name: x\($0), \(Self.request)}" }
    WrongProvider(
      Self.each("item: /id, get: [\(parts.joined(separator: ", "))]"),
      "13:28: 'get': more than 8 parts of an item"
    ).check()
  }

  @Test("{item} is a placeholder of parts alone")
  func item() {
    WrongProvider(
      [10: "    request: {get: \"/{user}/{start}/{item}\"}"],
      "10:20: 'get': '{item}' is no placeholder; known here: {start}, {end}, {user}"
    ).check()
  }

  @Test("they arrive in the model")
  func values() throws {
    let text = """
      item: /name, form: tail, if: /map, get: [
            {name: a, request: {get: "/a/{item}", query: {alt: media}}, document: xml, extension: tcx},
            {name: b, request: {get: "/b/{item}"}, document: bytes, extension: fit}]
      """
    let file = WrongProvider(Self.each(text))
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    let each = try #require(provider.streams[0].each)
    #expect("\(each.item)" == "/name" && each.form == .tail && each.condition != nil)
    #expect(each.parts.map(\.name) == ["a", "b"])
    #expect(each.parts.map(\.fileExtension) == ["tcx", "fit"])
    #expect(each.parts.map(\.document) == [.xml(entities: []), .bytes])
    #expect(each.parts.map(\.request.accept) == ["application/xml, text/xml", "*/*"])
    #expect(each.parts[0].request.query == [Field("alt", "media")])
  }
}
