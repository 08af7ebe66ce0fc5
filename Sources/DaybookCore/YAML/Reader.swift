/// Turns a node into a value, or reports why it cannot.
struct Reader<Value> {
  /// What a right value looks like: "a number above 0".
  let expected: String
  /// Nil after a report.
  let read: (YAMLNode, Reading) -> Value?
}

extension Reader {
  /// A scalar that `parse` understands. `showing` the wrong one in the message is not for secrets.
  static func scalar(
    _ expected: String, showing: Bool = true, _ parse: @escaping (String, _ plain: Bool) -> Value?
  ) -> Reader {
    Reader(expected: expected) { node, reading in
      if node.isRefused { return nil }
      if !node.isNull, case .scalar(let text, let plain) = node.content,
        let value = parse(text, plain)
      {
        return value
      }
      let found = showing ? ", not \(node.described)" : ""
      reading.report("expected \(expected)\(found)", at: node)
      return nil
    }
  }

  /// A value that must be written without quotes.
  static func plain(_ expected: String, _ parse: @escaping (String) -> Value?) -> Reader {
    scalar(expected) { text, plain in plain ? parse(text) : nil }
  }

  func map<Other>(_ transform: @escaping (Value) -> Other) -> Reader<Other> {
    Reader<Other>(expected: expected) { node, reading in read(node, reading).map(transform) }
  }

  /// A further condition; `complaint` says what is wrong with this value.
  func checked(_ complaint: @escaping (Value) -> String?) -> Reader {
    Reader(expected: expected) { node, reading in
      guard let value = read(node, reading) else { return nil }
      guard let message = complaint(value) else { return value }
      reading.report(message, at: node)
      return nil
    }
  }
}

extension Reader {
  /// A list, of which the right items are kept. A single value may stand for a list of one.
  static func list<Item>(
    of item: Reader<Item>, single: Bool = false, least: Int = 0
  ) -> Reader where Value == [Item] {
    let expected = single ? "\(item.expected), or a list of such" : "a list, each \(item.expected)"
    return Reader(expected: expected) { node, reading in
      switch node.content {
      case .list(let items):
        if items.count < least { reading.report("expected at least \(least)", at: node) }
        return items.compactMap { item.read($0, reading) }
      case .scalar where node.isNull && least == 0: return []
      case .scalar where single && !node.isNull, .map where single:
        return item.read(node, reading).map { [$0] }
      case .refused: return nil
      case .scalar, .map:
        reading.report("expected \(expected), not \(node.described)", at: node)
        return nil
      }
    }
  }

  /// A list whose items are all different.
  static func set<Item: Hashable>(
    of item: Reader<Item>, least: Int = 0
  ) -> Reader where Value == [Item] {
    Reader(expected: "a list, each \(item.expected)") { node, reading in
      var seen: Set<Item> = []
      let once = item.checked { seen.insert($0).inserted ? nil : "\(quoted("\($0)")) stands twice" }
      return Reader.list(of: once, least: least).read(node, reading)
    }
  }

  /// A map with fixed keys, read by `body`.
  static func keys(
    _ what: String, _ body: @escaping (MapDecoder) -> Value?
  ) -> Reader {
    Reader(expected: "\(what) (keys and values)") { node, reading in
      let map = MapDecoder(node, what, reading.log)
      defer { map.finish() }
      return body(map)
    }
  }

  /// A map whose keys are names chosen by its author; `body` reads one entry. Right entries are
  /// kept, in the order of the file.
  static func entries<Item>(
    _ what: String, _ body: @escaping (YAMLMap.Entry, Reading) -> Item?
  ) -> Reader where Value == [Item] {
    Reader(expected: "\(what) (names and values)") { node, reading in
      switch node.content {
      case .map(let map):
        return map.entries.compactMap { entry in
          var entry = entry
          if entry.value.isNull { entry.value.position = entry.keyPosition }
          return body(entry, Reading(label: "'\(entry.key)'", log: reading.log))
        }
      case .scalar where node.isNull: return []
      case .refused: return nil
      case .scalar, .list:
        reading.report("expected \(what) (names and values), not \(node.described)", at: node)
        return nil
      }
    }
  }
}
