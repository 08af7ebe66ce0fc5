/// One value of a YAML document, with the place where it begins.
public struct YAMLNode: Sendable {
  public var position: Position
  public var content: Content

  public enum Content: Sendable {
    /// `plain`: written without quotes, so that `true`, `60` and `null` may mean more than text.
    case scalar(String, plain: Bool)
    case list([YAMLNode])
    case map(YAMLMap)
    /// Something the parser has already reported; to be passed over in silence.
    case refused
  }

  public init(_ content: Content, at position: Position) {
    self.content = content
    self.position = position
  }

  /// Nothing was written here, or `~` or `null`.
  public var isNull: Bool {
    guard case .scalar(let text, plain: true) = content else { return false }
    return ["", "~", "null"].contains(text)
  }

  public var isRefused: Bool {
    if case .refused = content { return true }
    return false
  }

  /// The value at the end of a path of keys and of indexes in decimal; nil when there is none.
  public func node(at path: some Sequence<String>) -> YAMLNode? {
    var node = self
    for step in path {
      guard let next = node.child(step) else { return nil }
      node = next
    }
    return node
  }

  /// Where to point when the value at this path is wrong: its own place, or that of the nearest
  /// thing around it that exists.
  public func position(of path: [String]) -> Position {
    var node = self
    var place = position
    for step in path {
      guard let next = node.child(step) else { return place }
      place = next.isNull ? node.keyPosition(step) ?? next.position : next.position
      node = next
    }
    return place
  }

  /// Where the last key of this path is written; nil when there is no such key.
  public func keyPosition(of path: [String]) -> Position? {
    guard let last = path.last else { return nil }
    return node(at: path.dropLast())?.keyPosition(last)
  }

  private func child(_ step: String) -> YAMLNode? {
    switch content {
    case .map(let map): return map[step]
    case .list(let items):
      guard let index = decimal(Array(step.utf8)), index < items.count else { return nil }
      return items[index]
    case .scalar, .refused: return nil
    }
  }

  private func keyPosition(_ key: String) -> Position? {
    guard case .map(let map) = content else { return nil }
    return map.entry(key)?.keyPosition
  }
}

/// A map in the order of the file, each key once.
public struct YAMLMap: Sendable {
  public struct Entry: Sendable {
    public var key: String
    public var keyPosition: Position
    public var value: YAMLNode
  }
  public private(set) var entries: [Entry] = []
  private var index: [String: Int] = [:]

  public init() {}

  /// False, and nothing is added, when the key is there already.
  public mutating func add(_ key: String, at position: Position, value: YAMLNode) -> Bool {
    guard index[key] == nil else { return false }
    index[key] = entries.count
    entries.append(Entry(key: key, keyPosition: position, value: value))
    return true
  }

  public func entry(_ key: String) -> Entry? { index[key].map { entries[$0] } }
  public subscript(key: String) -> YAMLNode? { entry(key)?.value }
}
