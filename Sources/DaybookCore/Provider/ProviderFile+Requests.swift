extension Reader where Value == Request {
  /// `{get: PATH}` or `{post: PATH}`, with a query, and a post with a body.
  static func request(_ context: ProviderContext, more: [String] = []) -> Reader {
    .keys("a request") { map in
      let names = ["start", "end"] + context.requestNames + more
      let get = map.take("get", .path(names: names, query: false))
      let post = map.take("post", .path(names: names, query: false))
      let query = map.take("query", .query(names: names)) ?? []
      let accept = map.take("accept", .mediaType)
      let body = map.take("body", .json(names: names))
      if map.isReadable, map.has("get") == map.has("post") {
        map.log.report("a request needs one of the keys 'get' and 'post'", at: map.position)
      }
      if map.has("body"), !map.has("post") { map.report("a body goes with post", at: "body") }
      guard let path = get ?? post else { return nil }
      var request = Request(path: path, query: query)
      request.method = map.has("get") ? .get : .post
      request.body = body
      if let accept { request.accept = accept }
      return request
    }
  }
}

extension Reader where Value == [Field] {
  /// Keys and texts with placeholders; a list of texts repeats the key.
  fileprivate static func query(names: [String]) -> Reader {
    .fields("a query", lists: true, value: .anyText.checked { Template.complaint($0, names) })
  }
}

extension Reader where Value == String {
  /// `application/json`, perhaps with a quality or several, as `Accept:` has it.
  fileprivate static var mediaType: Reader {
    .text("a media type such as application/json").checked { text in
      let isHeader = text.utf8.allSatisfy { $0 >= 32 && $0 < 127 }
      return isHeader && text.contains("/") ? nil : "\(quoted(text)) is no media type"
    }
  }
}

extension Reader where Value == JSONValue {
  /// A body of JSON, written as YAML: words without quotes are what JSON takes them for, texts may
  /// hold placeholders.
  fileprivate static func json(names: [String]) -> Reader {
    Reader(expected: "a body (keys and values)") { node, reading in
      guard case .map = node.content else {
        if !node.isRefused {
          reading.report("expected a body (keys and values), not \(node.described)", at: node)
        }
        return nil
      }
      return value(node, names, reading)
    }
  }

  private static func value(_ node: YAMLNode, _ names: [String], _ reading: Reading) -> JSONValue? {
    switch node.content {
    case .refused: return nil
    case .list(let items): return .array(items.compactMap { value($0, names, reading) })
    case .map(let map):
      return .object(
        map.entries.compactMap { entry in
          value(entry.value, names, reading).map { JSONMember(entry.key, $0) }
        })
    case .scalar(let text, let plain):
      if node.isNull { return .null }
      if plain, let literal = literal(text) { return literal }
      if let complaint = Template.complaint(text, names) { reading.report(complaint, at: node) }
      return .string(text)
    }
  }

  private static func literal(_ text: String) -> JSONValue? {
    switch text {
    case "true": .bool(true)
    case "false": .bool(false)
    default: Int64(text).map { .int($0) } ?? (NumberState.isNumber(text) ? .number(text) : nil)
    }
  }
}

extension JSONValue {
  /// All texts in it.
  var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(\.texts)
    case .object(let members): members.flatMap(\.value.texts)
    case .null, .bool, .int, .number: []
    }
  }
}
