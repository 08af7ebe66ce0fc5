import Testing

@testable import DaybookCore

@Suite("Checking files")
struct CheckTests {
  private func file(_ path: String, _ text: String) -> SourceFile {
    SourceFile(path: path, bytes: Array(text.utf8))
  }

  @Test(
    "what a file is meant to be shows in its keys, misspelt ones too",
    arguments: [
      ("x.yaml", "accounts: {}\n", Check.Kind.settings), ("x.yaml", "acounts: {}\n", .settings),
      ("x.yaml", "", .settings), ("x.yaml", "# only comments\n", .settings),
      ("x.yaml", "name: x\nstreams: []\n", .provider), ("x.yaml", "lgoin: code\n", .provider),
      ("x.yaml", "what: ever\n", .provider), ("daybook.yaml", "what: ever\n", .settings),
      ("/etc/daybook/daybook.yaml", "- a\n", .settings),
      ("daybook.yaml", "name: daybook\n", .provider),
      ("x.yaml", "{", .provider),
    ])
  func kind(path: String, text: String, kind: Check.Kind) {
    #expect(Check.kind(file(path, text)) == kind)
  }

  @Test("a file is checked as what it is meant to be")
  func single() throws {
    #expect(Check.file(bytes: Array("fresh: 3h\n".utf8), name: "x").isEmpty)
    #expect(
      Check.file(bytes: Array("fresh: 3\n".utf8), name: "x").map(\.position?.description) == ["1:8"]
    )
    let moves = try Shipped.bytes("etc/daybook/providers/moves.yaml")
    #expect(Check.file(bytes: moves, name: "a/moves.yaml").isEmpty)
    #expect(
      Check.file(bytes: moves, name: "a/movies.yaml").map(\.description) == [
        "a/movies.yaml:9:7: 'name': the file must be called 'moves.yaml', not 'movies.yaml'"
      ])
  }

  private static let small = """
    title: T
    login: none
    urls: {api: https://a.example}
    account: {first_day: {get: /me, at: /since, form: ymd}}
    streams: [{name: s, request: {get: "/{start}"}, window: {form: ymd, ends: "[]"}, items: ""}]

    """

  @Test("of two provider files of one name the first counts")
  func precedence() {
    let checked = Check.configuration(
      settings: file("d", "accounts: {me: {provider: p}}"),
      providers: [
        file("/etc/p.yaml", "name: p\n" + Self.small),
        file("/usr/p.yaml", "name: p\n" + Self.small.replacing("title: T", with: "title: Other")),
      ])
    #expect(checked.problems.isEmpty && checked.warnings.isEmpty)
    #expect(checked.providers["p"]?.title == "T")
    #expect(checked.settings?.accounts.map(\.name) == ["me"])
    #expect(checked.located?.position(of: ["accounts", "me", "provider"]).description == "1:27")
  }

  @Test("a broken provider file hides the one behind it: an override must not fall back silently")
  func noFallback() {
    let checked = Check.configuration(
      settings: file("d", "accounts: {me: {provider: p}}"),
      providers: [file("/etc/p.yaml", "name: p\n"), file("/usr/p.yaml", "name: p\n" + Self.small)])
    #expect(checked.settings == nil && checked.providers.isEmpty)
    #expect(
      checked.problems.lines.first == "/etc/p.yaml:1:1: a provider file needs the key 'title': text"
    )
  }

  @Test("a broken provider file that nothing names is only a warning")
  func unnamed() {
    let checked = Check.configuration(
      settings: file("d", "accounts: {me: {provider: p}}"),
      providers: [file("q.yaml", "what"), file("p.yaml", "name: p\n" + Self.small)])
    #expect(checked.problems.isEmpty && checked.settings != nil)
    #expect(
      checked.warnings.lines == [
        "q.yaml:1:1: expected a provider file (keys and values), not 'what'"
      ])
  }

  @Test("problems of the settings and of the providers they name are told together")
  func together() {
    let checked = Check.configuration(
      settings: file("d.yaml", "fresh: 0s\nclients: {c: {provider: p}}\n"),
      providers: [file("p.yaml", "what"), file("q.yaml", "what")])
    #expect(
      checked.problems.list.map { "\($0.file) \($0.position?.description ?? "")" } == [
        "d.yaml 1:8", "d.yaml 2:14", "p.yaml 1:1",
      ])
    #expect(checked.warnings.lines.count == 1)
  }

  @Test("a provider file that cannot be read hides the one behind it, and so do settings")
  func unreadable() {
    let checked = Check.configuration(
      settings: file("d", "accounts: {me: {provider: p}}"),
      providers: [
        SourceFile(path: "/etc/p.yaml", content: .failure(.init("anybody may write it"))),
        file("/usr/p.yaml", "name: p\n" + Self.small),
      ])
    #expect(checked.problems.lines == ["/etc/p.yaml: anybody may write it"])
    let none = SourceFile(path: "d", content: .failure(.init("not there")))
    #expect(Check.configuration(settings: none, providers: []).problems.lines == ["d: not there"])
    #expect(Check.kind(none) == .settings)
  }

  @Test("zones are asked of the system")
  func zones() {
    let checked = Check.configuration(
      settings: file("d", "accounts: {me: {provider: p, zone: Mars/Olympus}}"),
      providers: [file("p.yaml", "name: p\n" + Self.small)], zoneExists: { $0 == "UTC" })
    #expect(checked.settings == nil)
    #expect(
      checked.problems.lines == [
        "d:1:36: 'zone': this system knows no time zone 'Mars/Olympus' (package tzdata)"
      ])
  }
}
