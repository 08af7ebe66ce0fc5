/// Reads a file that people edit: one YAML document of maps, lists and scalars.
///
/// Anchors, aliases and tags are refused: they make small files large (the "billion laughs") and
/// values mean something else than they look like. So are a second document, a key that stands
/// twice, and nesting deeper than ``Limits/yamlDepth``.
struct YAMLParser {
  private let events: YAMLEvents
  private let log: ProblemLog

  /// The document, or nil when `log` has the reason. An empty file is a null.
  static func parse(_ bytes: [UInt8], log: ProblemLog) -> YAMLNode? {
    guard bytes.count <= Limits.yamlBytes else {
      let most = "\(Limits.yamlBytes / 1024) KiB"
      log.report("the file is larger than \(most), the most that is read", at: nil)
      return nil
    }
    let parser = YAMLParser(events: YAMLEvents(bytes), log: log)
    do {
      return try parser.stream()
    } catch {
      log.report(error.message, at: error.position)
      return nil
    }
  }

  private typealias Fault = YAMLEvents.Fault

  private func stream() throws(Fault) -> YAMLNode {
    var root: YAMLNode?
    while true {
      let (event, place) = try events.next()
      switch event {
      case .end: return root ?? YAMLNode(.scalar("", plain: true), at: Position(line: 1, column: 1))
      case .documentStart:
        guard root == nil else {
          throw Fault(position: place, message: "a second document; a file holds one")
        }
        root = try value(try events.next(), depth: 1)
      case .mapStart, .mapEnd, .listStart, .listEnd, .scalar, .alias, .other: continue
      }
    }
  }

  private func value(
    _ next: (event: YAMLEvents.Event, place: Position), depth: Int
  ) throws(Fault) -> YAMLNode {
    let place = next.place
    guard depth <= Limits.yamlDepth else {
      throw Fault(position: place, message: "nested deeper than \(Limits.yamlDepth) levels")
    }
    switch next.event {
    case .scalar(let text, let plain, let properties):
      refuse(properties, at: place)
      return YAMLNode(.scalar(text, plain: plain), at: place)
    case .listStart(let properties):
      refuse(properties, at: place)
      return YAMLNode(.list(try list(depth: depth)), at: place)
    case .mapStart(let properties):
      refuse(properties, at: place)
      return YAMLNode(.map(try map(depth: depth)), at: place)
    case .alias:
      log.report("an alias (*) is not accepted; write the value itself", at: place)
      return YAMLNode(.refused, at: place)
    case .mapEnd, .listEnd, .documentStart, .end, .other:
      preconditionFailure("libyaml: an event out of order")
    }
  }

  private func list(depth: Int) throws(Fault) -> [YAMLNode] {
    var items: [YAMLNode] = []
    while true {
      let next = try events.next()
      if case .listEnd = next.0 { return items }
      items.append(try value(next, depth: depth + 1))
    }
  }

  private func map(depth: Int) throws(Fault) -> YAMLMap {
    var map = YAMLMap()
    while true {
      let next = try events.next()
      if case .mapEnd = next.0 { return map }
      let key = try value(next, depth: depth + 1)
      let value = try value(try events.next(), depth: depth + 1)
      add(key, value, to: &map)
    }
  }

  private func add(_ key: YAMLNode, _ value: YAMLNode, to map: inout YAMLMap) {
    switch key.content {
    case .scalar(let text, _):
      guard !map.add(text, at: key.position, value: value) else { return }
      let first = map.entry(text)?.keyPosition.line ?? 0
      log.report(
        "key \(quoted(text)) stands twice; the first is in line \(first)", at: key.position)
    case .list, .map: log.report("a key must be text", at: key.position)
    case .refused: return
    }
  }

  private func refuse(_ properties: YAMLEvents.Properties, at place: Position) {
    if properties.anchor {
      log.report("an anchor (&) is not accepted; write the value itself", at: place)
    }
    if properties.tag {
      log.report("a tag (!) is not accepted; text can be told by quotes", at: place)
    }
  }
}
