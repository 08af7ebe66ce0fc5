import Testing

@testable import DaybookCore

@Suite("Any provider, written and loaded")
struct ProviderRoundTripTests {
  @Test("a provider that is written as a file loads as itself", arguments: 0..<300)
  func roundTrip(seed: UInt64) {
    var random = RandomProvider(seed: seed)
    let provider = random.provider()
    let yaml = ProviderWords.yaml(provider)
    switch ProviderFile.load(Array(yaml.utf8), file: "\(provider.name).yaml") {
    case .success(let loaded): #expect(loaded == provider, "seed \(seed)\n\(yaml)")
    case .failure(let problems): Issue.record("seed \(seed)\n\(yaml)\n\(problems)")
    }
  }

  @Test(
    "the installed files survive being written and loaded again", arguments: Shipped.names)
  func shipped(name: String) throws {
    let provider = try Shipped.provider(name)
    let yaml = ProviderWords.yaml(provider)
    #expect(try ProviderFile.load(Array(yaml.utf8), file: "\(name).yaml").get() == provider)
  }

  /// All keys of a file with their paths, in its order.
  private func keys(_ node: YAMLNode, _ path: [String] = []) -> [(path: [String], at: Position)] {
    switch node.content {
    case .map(let map):
      return map.entries.flatMap { entry in
        [(path + [entry.key], entry.keyPosition)] + keys(entry.value, path + [entry.key])
      }
    case .list(let items):
      return items.enumerated().flatMap { keys($0.element, path + ["\($0.offset)"]) }
    case .scalar, .refused: return []
    }
  }

  private func root(_ bytes: [UInt8]) throws -> YAMLNode {
    try #require(YAMLParser.parse(bytes, log: ProblemLog(file: "f")))
  }

  /// Inserts `text` at a place of an ASCII file.
  private func inserting(_ text: String, in bytes: [UInt8], at place: Position) -> [UInt8] {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    lines[place.line - 1].insert(contentsOf: Array(text.utf8), at: place.column - 1)
    return Array(lines.joined(separator: [10]))
  }

  @Test(
    "every key, misspelt, is told at its very place",
    arguments: Shipped.names.map { "providers/\($0).yaml" })
  func misspelt(path: String) throws {
    let bytes = try Shipped.bytes("etc/daybook/\(path)")
    let free: Set<String> = [
      "query", "body", "fields", "header", "authorize", "range", "start", "end",
    ]
    for (keyPath, place) in keys(try root(bytes)) {
      guard let key = keyPath.last, keyPath.dropLast().last.map({ !free.contains($0) }) ?? true
      else { continue }
      let wrong = inserting("q", in: bytes, at: place)
      guard case .failure(let problems) = ProviderFile.load(wrong, file: path) else {
        Issue.record("accepted: q\(key)")
        continue
      }
      let told = problems.list.contains {
        $0.position == place && $0.message.hasPrefix("unknown key 'q\(key)'")
      }
      #expect(told, "q\(key) at \(place): \(problems)")
    }
  }

  @Test("every scalar that becomes a map of nonsense is told, at its place")
  func nonsense() throws {
    let bytes = try Shipped.bytes("etc/daybook/providers/moves.yaml")
    for (path, _) in keys(try root(bytes)) {
      let node = try #require(try root(bytes).node(at: path))
      guard case .scalar(let text, plain: true) = node.content else { continue }
      var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
      let (line, start) = (node.position.line - 1, node.position.column - 1)
      lines[line].replaceSubrange(start..<start + text.utf8.count, with: Array("{q: {}}".utf8))
      let wrong = Array(lines.joined(separator: [10]))
      guard case .failure(let problems) = ProviderFile.load(wrong, file: "moves.yaml") else {
        Issue.record("accepted: \(path)")
        continue
      }
      let lineNumbers = problems.list.compactMap(\.position?.line)
      #expect(lineNumbers.contains(node.position.line), "\(path): \(problems)")
    }
  }

  @Test("every beginning of a file is a provider or problems", arguments: Shipped.names)
  func beginnings(name: String) throws {
    let bytes = try Shipped.bytes("etc/daybook/providers/\(name).yaml")
    let whole = try Shipped.provider(name)
    for count in stride(from: 0, to: bytes.count, by: 31) {
      switch ProviderFile.load(Array(bytes.prefix(count)), file: "\(name).yaml") {
      case .success(let provider): #expect(provider.urls == whole.urls, "\(count) bytes")
      case .failure(let problems): #expect(!problems.isEmpty, "\(count) bytes")
      }
    }
  }
}
