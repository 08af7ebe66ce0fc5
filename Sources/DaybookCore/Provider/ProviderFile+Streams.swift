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
      let isSnapshot = map.take("snapshot", .flag) ?? false
      let window =
        isSnapshot
        ? map.take("window", .dayWindow) ?? .unused : map.need("window", .dayWindow)
      let items = map.need("items", .list(of: .pointer, single: true, least: 1)) ?? []
      let rest = StreamRest(map, items, context)
      if rest.document.isXML { reportXML(map, items, rest) }
      if isSnapshot { reportSnapshot(map) }
      // With pages each is looked for twice: in a page alone, and in one of several.
      let places = rest.pages == nil ? 1 : 2
      let pointers = places * (items.count + rest.volatile.count) + context.answerPointers
      if pointers >= Limits.providerPointers {
        map.report("more pointers than one answer can be searched for", at: "items")
      }
      guard let name, let request, let window else { return nil }
      var stream = StreamSpec(name: name, request: request, window: window)
      stream.items = items
      stream.isSnapshot = isSnapshot
      rest.apply(to: &stream)
      for (key, complaint) in stream.complaints { map.report(complaint, at: key) }
      return stream
    }
  }

  /// What cannot be said of a stream without days.
  private static func reportSnapshot(_ map: MapDecoder) {
    for key in [
      "window", "span", "pad", "belongs", "each", "index", "reach", "settle",
    ] where map.has(key) {
      map.report("'\(key)' is for days, and a snapshot is asked without one", at: key)
    }
  }

  /// What cannot be said of a stream of XML.
  private static func reportXML(_ map: MapDecoder, _ items: [JSONPointer], _ rest: StreamRest) {
    for (key, pointers) in [("items", items), ("volatile", rest.volatile)] {
      for complaint in pointers.compactMap({ $0.complaintInXML() }) {
        map.report("'\(key)': in XML, \(complaint)", at: key)
      }
    }
    if let complaint = rest.belongs?.at.complaintInXML() {
      map.report("'belongs': in XML, \(complaint)", at: "belongs")
    }
    // Documents of XML cannot be joined in one file, nor cut.
    for key in ["span", "pad", "pages", "each"] where map.has(key) {
      map.report("'\(key)' is for JSON only", at: key)
    }
  }
}

/// The keys of a stream that may be left out.
private struct StreamRest {
  let span: Int
  let pad: Int
  let pages: Pages?
  let document: Document
  /// `Accept:` of a stream that does not say it itself.
  let accept: String?
  let belongs: Belongs?
  let each: Each?
  let index: Fact?
  let reach: Int?
  let settle: Settle
  let volatile: [JSONPointer]
  let printsInCurrentZone: Bool
  let scope: String?

  init(_ map: MapDecoder, _ items: [JSONPointer], _ context: ProviderContext) {
    span = map.take("span", .integer(1...1_100)) ?? 1
    pad = map.take("pad", .integer(0...7)) ?? 0
    pages = map.take("pages", .pages)
    document = Document(map)
    let isSaid = map.root.node(at: ["request", "accept"]) != nil
    accept = document.isXML && !isSaid ? document.accept : nil
    belongs = map.take("belongs", .belongs)
    each = map.take("each", .each(context))
    index = map.take("index", .fact([.ymd, .compact, .month], context))
    reach = map.take("reach", .integer(1...36_525))
    settle = map.take("settle", .settle(context)) ?? Settle()
    volatile = map.take("volatile", .list(of: .volatile(items))) ?? []
    printsInCurrentZone = map.take("prints_in", .printsIn) ?? false
    scope = map.take("scope", .oneOf("a scope of this file", context.scopes))
  }

  func apply(to stream: inout StreamSpec) {
    stream.span = span
    stream.pad = pad
    stream.pages = pages
    stream.document = document
    if let accept { stream.request.accept = accept }
    stream.belongs = belongs
    stream.each = each
    stream.index = index
    stream.reach = reach
    stream.settle = settle
    stream.volatile = volatile
    stream.printsInCurrentZone = printsInCurrentZone
    stream.scope = scope
  }
}

extension DayWindow {
  /// Of a stream whose request names no day.
  fileprivate static let unused = DayWindow(form: .ymd, ends: .both)
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

extension Reader where Value == Pages {
  /// `{token: NAME, at: POINTER, more: POINTER}` or `{counter: NAME, first: 1, step: 1}`.
  fileprivate static var pages: Reader {
    .keys("the pages") { map in
      let token = map.take("token", .text("a parameter's name"))
      let counter = map.take("counter", .text("a parameter's name"))
      let at = map.take("at", .pointer)
      let more = map.take("more", .pointer)
      let first = map.take("first", .integer(0...1_000_000))
      let step = map.take("step", .integer(1...1_000_000))
      let place = map.take("in", .word(Pages.Place.self)) ?? .query
      if map.isReadable, map.has("token") == map.has("counter") {
        map.log.report("pages need one of the keys 'token' and 'counter'", at: map.position)
      }
      for key in ["first", "step"] where map.has("token") && map.has(key) {
        map.report("'\(key)' goes with counter", at: key)
      }
      for key in ["at", "more"] where map.has("counter") && map.has(key) {
        map.report("'\(key)' goes with token", at: key)
      }
      if let counter {
        return Pages(.counter(send: counter, first: first ?? 1, step: step ?? 1), in: place)
      }
      if map.has("token"), map.misses("at") {
        map.log.report("'token' needs the key 'at' beside it", at: map.position(of: "token"))
      }
      guard let token, let at else { return nil }
      return Pages(.token(send: token, at: at), in: place, more: more)
    }
  }
}

extension Reader where Value == Belongs {
  fileprivate static var belongs: Reader {
    .keys("belongs") { map in
      let at = map.need("at", .pointer)
      let form = map.need("form", .word(FactForm.ofElements))
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
      let open = map.take("open", .pending)
      let changes = map.take("changes", .changes(context))
      return Settle(days: days, synced: synced, open: open, changes: changes)
    }
  }
}

extension Reader where Value == Pending {
  fileprivate static var pending: Reader {
    .keys("what is open") { map in
      let at = map.need("at", .pointer)
      let values = map.need("is", .list(of: .anyText, single: true, least: 1))
      guard let at, let values else { return nil }
      return Pending(at: at, values: values)
    }
  }
}

extension FactForm {
  /// Those that name a day or a moment of one.
  static let ofElements: [FactForm] = [.ymd, .compact, .parts, .wall, .instant, .unix]
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
