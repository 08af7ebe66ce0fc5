extension Reader where Value == [StreamSpec] {
  static func streams(_ context: ProviderContext) -> Reader {
    .list(of: .stream(context), least: 1).checked { streams in
      streams.count <= Limits.streams ? nil : "more than \(Limits.streams) streams"
    }
  }
}

extension Reader where Value == StreamSpec {
  static func stream(_ context: ProviderContext) -> Reader {
    .keys("a stream") { map in
      let name = map.need("name", .name)
      let request = map.need("request", .request(context))
      let window = map.need("window", .dayWindow)
      let items = map.need("items", .list(of: .pointer, single: true, least: 1)) ?? []
      let rest = StreamRest(map, items, context)
      if let request, let window, let complaint = complaint(request, window) {
        map.report(complaint, at: "request")
      }
      let pointers = items.count + rest.volatile.count + context.answerPointers
      if pointers >= Limits.providerPointers {
        map.report("more pointers than one answer can be searched for", at: "items")
      }
      guard let name, let request, let window else { return nil }
      var stream = StreamSpec(name: name, request: request, window: window)
      stream.items = items
      rest.apply(to: &stream)
      return stream
    }
  }

  /// A request must name its day, and both ends where the ends are moments: what a server takes
  /// for the other one is a guess, and wrong on days of 23 or 25 hours.
  private static func complaint(_ request: Request, _ window: DayWindow) -> String? {
    let texts = [request.path] + request.query.map(\.value)
    let names = texts.flatMap { Template($0)?.names ?? [] }
    if !names.contains("start") { return "a request must name its day with {start}" }
    guard !window.form.namesDays, !names.contains("end") else { return nil }
    return "with moments (form: \(window.form.rawValue)) a request needs {end} beside {start}"
  }
}

/// The keys of a stream that may be left out.
private struct StreamRest {
  let span: Int
  let belongs: Belongs?
  let index: Fact?
  let reach: Int?
  let settle: Settle
  let volatile: [JSONPointer]
  let printsInCurrentZone: Bool
  let scope: String?

  init(_ map: MapDecoder, _ items: [JSONPointer], _ context: ProviderContext) {
    span = map.take("span", .span) ?? 1
    belongs = map.take("belongs", .belongs)
    index = map.take("index", .fact([.ymd, .compact, .month], context))
    reach = map.take("reach", .integer(1...36_525))
    settle = map.take("settle", .settle(context)) ?? Settle()
    volatile = map.take("volatile", .list(of: .volatile(items))) ?? []
    printsInCurrentZone = map.take("prints_in", .printsIn) ?? false
    scope = map.take("scope", .oneOf("a scope of this file", context.scopes))
  }

  func apply(to stream: inout StreamSpec) {
    stream.span = span
    stream.belongs = belongs
    stream.index = index
    stream.reach = reach
    stream.settle = settle
    stream.volatile = volatile
    stream.printsInCurrentZone = printsInCurrentZone
    stream.scope = scope
  }
}

extension Reader where Value == Request {
  /// `{get: PATH}` or `{post: PATH}`, with a query.
  fileprivate static func request(_ context: ProviderContext) -> Reader {
    .keys("a request") { map in
      let names = ["start", "end"] + context.params
      let get = map.take("get", .path(names: names, query: false))
      let post = map.take("post", .path(names: names, query: false))
      let query = map.take("query", .query(names: names)) ?? []
      let accept = map.take("accept", .mediaType)
      if map.isReadable, map.has("get") == map.has("post") {
        map.log.report("a request needs one of the keys 'get' and 'post'", at: map.position)
      }
      guard let path = get ?? post else { return nil }
      var request = Request(path: path, query: query)
      request.method = map.has("get") ? .get : .post
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

extension Reader where Value == DayWindow {
  fileprivate static var dayWindow: Reader {
    .keys("the window of a day") { map in
      let form = map.need("form", .word(DayForm.self))
      let ends = map.need("ends", .word(Ends.self))
      guard let form, let ends else { return nil }
      return DayWindow(form: form, ends: ends)
    }
  }
}

extension Reader where Value == Int {
  fileprivate static var span: Reader {
    .integer(1...366).checked { span in
      span == 1 ? nil : "only 1 exists so far: one call asks for one day"
    }
  }
}

extension Reader where Value == Belongs {
  fileprivate static var belongs: Reader {
    .keys("belongs") { map in
      let at = map.need("at", .pointer)
      let form = map.need("form", .word([DayForm.ymd, .compact]))
      guard let at, let form else { return nil }
      return Belongs(at: at, form: form)
    }
  }
}

extension Reader where Value == Settle {
  fileprivate static func settle(_ context: ProviderContext) -> Reader {
    .keys("settle") { map in
      let days = map.take("days", .integer(0...3_650)) ?? 1
      let synced = map.take("synced", .flag) ?? false
      if synced, !context.hasSyncedAt {
        map.report("'synced' needs the fact 'synced_at' under 'account'", at: "synced")
      }
      return Settle(days: days, synced: synced)
    }
  }
}

extension Reader where Value == JSONPointer {
  /// A pointer into the items: elsewhere nothing is compared.
  fileprivate static func volatile(_ items: [JSONPointer]) -> Reader {
    Reader.pointer.checked { pointer in
      guard !items.isEmpty, !items.contains(where: { pointer.isBelow($0) }) else { return nil }
      return "\(quoted("\(pointer)")) is below none of 'items', so it is not compared anyway"
    }
  }
}

extension JSONPointer {
  /// Whether what it points at lies within what `other` points at; `*` meets every segment.
  fileprivate func isBelow(_ other: JSONPointer) -> Bool {
    segments.count > other.segments.count
      && zip(segments, other.segments).allSatisfy { $0 == $1 || $0 == .every || $1 == .every }
  }
}

extension Reader where Value == Bool {
  fileprivate static var printsIn: Reader {
    .word(from: [("current_zone", true), ("day_zone", false)])
  }
}
