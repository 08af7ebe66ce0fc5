extension Reader where Value == Each {
  /// `{item: POINTER, form: FORM, if: POINTER, get: [PART, ...]}`.
  static func each(_ context: ProviderContext) -> Reader {
    .keys("each") { map in
      let item = map.need("item", .pointer)
      let form = map.take("form", .word(ItemForm.self)) ?? .text
      let condition = map.take("if", .pointer)
      let parts = map.need("get", .parts(context))
      map.reportTwins(in: "get")
      guard let item, let parts else { return nil }
      return Each(item: item, form: form, condition: condition, parts: parts)
    }
  }
}

extension Reader where Value == [PartSpec] {
  fileprivate static func parts(_ context: ProviderContext) -> Reader {
    .list(of: .part(context), least: 1).checked { parts in
      parts.count <= Limits.partsOfItem ? nil : "more than \(Limits.partsOfItem) parts of an item"
    }
  }
}

extension Reader where Value == PartSpec {
  fileprivate static func part(_ context: ProviderContext) -> Reader {
    .keys("a part") { map in
      let name = map.need("name", .name)
      let request = map.need("request", .request(context, more: ["item"]))
      let kinds = [("json", Document.json), ("xml", .xml(entities: [])), ("bytes", .bytes)]
      let document = map.take("document", .word(from: kinds)) ?? .json
      let ending = map.take("extension", .ending)
      let scope = map.take("scope", .oneOf("a scope of this file", context.scopes))
      if document == .bytes, map.misses("extension") {
        map.report("'document: bytes' needs the key 'extension' beside it", at: "document")
      }
      guard let name, var request else { return nil }
      if !request.names("item") {
        map.report("the request of a part must name its item with {item}", at: "request")
      }
      if document != .json, map.root.node(at: ["request", "accept"]) == nil {
        request.accept = document.accept
      }
      return PartSpec(
        name: name, request: request, document: document, fileExtension: ending, scope: scope)
    }
  }
}

extension Reader where Value == String {
  /// What follows the dot in a file's name.
  fileprivate static var ending: Reader {
    .text("an ending such as tcx").checked { text in
      let isOne = text.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) }
      return isOne && (1...8).contains(text.utf8.count) && text != "tmp"
        ? nil : "\(quoted(text)) is no ending of 1 to 8 of a-z 0-9"
    }
  }
}

extension Request {
  /// Whether a placeholder of this name stands in it.
  func names(_ name: String) -> Bool {
    let texts = [path] + query.map(\.value) + (body?.texts ?? [])
    return texts.contains { Template($0)?.names.contains(name) ?? false }
  }
}

extension Document {
  /// `Accept:` of calls that do not say it themselves.
  var accept: String {
    switch self {
    case .json: "application/json"
    case .xml: "application/xml, text/xml"
    case .bytes: "*/*"
    }
  }
}
