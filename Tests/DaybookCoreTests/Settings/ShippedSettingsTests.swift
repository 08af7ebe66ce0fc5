import Testing

@testable import DaybookCore

@Suite("The settings file that is installed")
struct ShippedSettingsTests {
  private let path = "etc/daybook/daybook.yaml"

  private func lines() throws -> [String] {
    String(decoding: try Shipped.bytes(path), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The file with the "# " taken from every example; what is left of the comments are the
  /// sentences, which do not begin with a key.
  private func uncommented() throws -> String {
    try lines().map { line in
      guard line.hasPrefix("# ") || line.hasPrefix("#  ") else { return line }
      let rest = String(line.dropFirst(2))
      let word = rest.drop { $0 == " " }.prefix { $0.isLowercase || "_-".contains($0) }
      let isKey = !word.isEmpty && rest.drop { $0 == " " }.dropFirst(word.count).first == ":"
      return isKey || rest.hasPrefix("  ") ? rest : line
    }.joined(separator: "\n")
  }

  @Test("as installed it is valid and has no accounts")
  func asShipped() throws {
    #expect(try SettingsFile.load(try Shipped.bytes(path), file: path).get() == Settings())
  }

  @Test(
    "with its examples it is valid together with the installed providers, whichever way of two",
    arguments: ["token_key:", "token_key_file:"])
  func examples(without key: String) throws {
    let text = try uncommented().split(separator: "\n").filter { !$0.hasPrefix(key) }
    let settings = SourceFile(path: path, bytes: Array(text.joined(separator: "\n").utf8))
    let providers = try ["moves", "owntracks"].map { name in
      let path = "etc/daybook/providers/\(name).yaml"
      return SourceFile(path: path, bytes: try Shipped.bytes(path))
    }
    let checked = Check.configuration(settings: settings, providers: providers)
    #expect(checked.problems.lines == [])
    let found = try #require(checked.settings)
    #expect(found.tokenKey != nil)
    #expect(found.archive == "/srv/daybook" && found.fresh == .hours(3))
    #expect(found.clients.map(\.name) == ["my-moves-app", "my-other-app"])
    #expect(
      found.clients.map(\.secret) == [
        .credential("moves-secret"), .file("/etc/daybook/other.secret"),
      ])
    #expect(found.accounts.map(\.name) == ["me-moves", "me-owntracks"])
    #expect(found.account("me-moves")?.windows.map(\.per) == [.app, .app])
    #expect(
      found.account("me-owntracks")?.params == [Field("user", "jane"), Field("device", "phone")])
  }

  @Test("every key that the loader knows stands in the file, and the file has no other")
  func everyKey() throws {
    let text = try uncommented()
    let log = ProblemLog(file: path)
    let root = try #require(YAMLParser.parse(Array(text.utf8), log: log))
    func keys(_ node: YAMLNode?) -> [String] {
      guard case .map(let map) = node?.content else { return [] }
      return map.entries.map(\.key)
    }
    func all(_ section: String) -> Set<String> {
      Set(keys(root.node(at: [section])).flatMap { keys(root.node(at: [section, $0])) })
    }
    #expect(Set(keys(root)) == Set(SettingsFile.keys))
    #expect(all("clients") == allowed("clients: {x: {provider: p, client_id: i, zzz: 1}}"))
    #expect(all("accounts") == allowed("accounts: {x: {provider: p, zzz: 1}}"))
  }

  /// The keys that the message about `zzz` lists.
  private func allowed(_ text: String) -> Set<String> {
    guard case .failure(let problems) = SettingsFile.load(Array(text.utf8), file: "d") else {
      return []
    }
    let list = problems.lines.first { $0.contains("zzz") }?.split(separator: ": ").last ?? ""
    return Set(list.split(separator: ", ").map(String.init))
  }

  @Test("a damaged settings file is settings or problems, never a crash", arguments: 0..<300)
  func mutations(seed: UInt64) throws {
    let whole = Array(try uncommented().utf8)
    let moves = SourceFile(
      path: "moves.yaml", bytes: try Shipped.bytes("etc/daybook/providers/moves.yaml"))
    let damaged = SourceFile(path: "daybook.yaml", bytes: mutated(whole, seed: seed))
    let checked = Check.configuration(settings: damaged, providers: [moves])
    #expect((checked.settings == nil) == !checked.problems.isEmpty, "seed \(seed)")
    _ = Check.file(bytes: mutated(whole, seed: seed), name: damaged.path)
  }
}
