/// Reads a map key by key, so that the code of a loader is the table of its keys. Every key asked
/// for is a key allowed; ``finish()`` reports the others.
///
/// ```swift
/// let map = MapDecoder(node, "a window", log)
/// let seconds = map.need("seconds", .number(over: 0))
/// let per = map.take("per", .word(WindowSpec.Per.self)) ?? .user
/// map.finish()
/// ```
final class MapDecoder {
  let log: ProblemLog
  /// The map itself.
  let root: YAMLNode
  private let what: String
  private let map: YAMLMap
  private var allowed: [String] = []

  /// `what` names the map in messages: "a window". A null is an empty map; anything else that is
  /// no map is reported and read as an empty one that misses nothing.
  init(_ node: YAMLNode, _ what: String, _ log: ProblemLog) {
    self.log = log
    self.what = what
    self.root = node
    switch node.content {
    case .map(let map):
      self.map = map
      self.isReadable = true
    case .scalar, .list, .refused:
      self.map = YAMLMap()
      self.isReadable = node.isNull
      if !node.isNull, !node.isRefused {
        log.report("expected \(what) (keys and values), not \(node.described)", at: node.position)
      }
    }
  }

  /// The node was a map, so a missing key is worth a word.
  let isReadable: Bool

  /// The value of a key that must be there; nil when there is a problem, which is reported.
  func need<Value>(_ key: String, _ reader: Reader<Value>) -> Value? {
    allowed.append(key)
    guard let entry = map.entry(key) else {
      if isReadable {
        log.report("\(what) needs the key '\(key)': \(reader.expected)", at: position)
      }
      return nil
    }
    return read(entry, reader)
  }

  /// The value of a key that may be left out.
  func take<Value>(_ key: String, _ reader: Reader<Value>) -> Value? {
    allowed.append(key)
    return map.entry(key).flatMap { read($0, reader) }
  }

  private func read<Value>(_ entry: YAMLMap.Entry, _ reader: Reader<Value>) -> Value? {
    var node = entry.value
    // libyaml puts a value that is not there behind its colon; the key is what people look for.
    if node.isNull { node.position = entry.keyPosition }
    return reader.read(node, Reading(label: "'\(entry.key)'", log: log))
  }

  /// Where the map begins.
  var position: Position { root.position }
  /// Whether a key is missing from a map that could be read.
  func misses(_ key: String) -> Bool { isReadable && !has(key) }
  func has(_ key: String) -> Bool { map.entry(key) != nil }
  /// Where a key is written; the map's own place when it is not.
  func position(of key: String) -> Position { map.entry(key)?.keyPosition ?? position }
  /// Where a key's value is written; as `position(of:)` when it is not.
  func valuePosition(of key: String) -> Position {
    guard let node = map[key], !node.isNull else { return position(of: key) }
    return node.position
  }
  func report(_ message: String, at key: String) { log.report(message, at: valuePosition(of: key)) }

  /// Reports every key that nothing asked for. Call it last.
  func finish() {
    for entry in map.entries where !allowed.contains(entry.key) {
      let guess = didYouMean(entry.key, allowed)
      log.report(
        "unknown key \(quoted(entry.key))\(guess.isEmpty ? "." : guess) "
          + "The keys of \(what): \(allowed.joined(separator: ", "))",
        at: entry.keyPosition)
    }
  }
}

/// Where a reader is: what to call the value, and where to report.
struct Reading {
  var label: String
  var log: ProblemLog

  func report(_ message: String, at node: YAMLNode) {
    log.report("\(label): \(message)", at: node.position)
  }
}

extension YAMLNode {
  /// What stands here, for "expected …, not …".
  var described: String {
    switch content {
    case .scalar(let text, let plain):
      if isNull { return text.isEmpty ? "nothing" : text }
      return plain ? quoted(text) : "the quoted text \(quoted(text))"
    case .list: return "a list"
    case .map: return "keys and values"
    case .refused: return "a refused value"
    }
  }
}
