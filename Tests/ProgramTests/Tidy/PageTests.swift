import Testing

/// What the pages for people say about the build, held to the build.
@Suite("Pages")
struct PageTests {
  private func targets() throws -> Set<Substring> {
    let makefile = try Repository.text("Makefile")
    return Set(makefile.matches(of: /(?m)^([a-z-]+):/).map(\.output.1))
  }

  @Test("each target that a page names is one", arguments: ["README.md", "CHANGELOG.md"])
  func make(page: String) throws {
    let text = try Repository.text(page)
    var named = text.matches(of: /make ([a-z-]+)/).filter { match in
      // `make demo` and lines of a script, not a sentence.
      text[..<match.range.lowerBound].last.map { "`\n ".contains($0) } ?? true
    }.map(\.output.1)
    if page == "README.md" {
      #expect(named.count >= 3)
      let list = try #require(text.firstMatch(of: /`make help` lists([^.]*)\./)).output.1
      named += list.matches(of: /`([a-z-]+)`/).map(\.output.1)
    }
    let targets = try targets()
    for name in named { #expect(targets.contains(name), "make \(name)") }
  }

  @Test("make help explains each target")
  func help() throws {
    let explained = try Repository.text("Makefile").matches(of: #/(?m)^([a-z-]+):.*## /#)
    #expect(Set(explained.map(\.output.1)) == (try targets()))
    #expect(try targets().count >= 10)
  }

  @Test("each place of the repository that the README names is there")
  func places() throws {
    let text = try Repository.text("README.md")
    let paths = text.matches(of: /`((?:Sources|Tests|etc|man|systemd)(?:\/[A-Za-z0-9_.\/+-]*)?)`/)
    #expect(paths.count > 8)
    for path in paths { #expect(Repository.exists(String(path.output.1)), "\(path.output.1)") }
  }

  @Test("the README names the providers that come with the product, and no others")
  func providers() throws {
    let section = try #require(
      try Repository.text("README.md").split(separator: "\n## Providers\n").last)
    let named = (section.split(separator: "\n## ").first ?? "").matches(
      of: #/(?m)^\| `([a-z-]+)` /#)
    let shipped = try Repository.files(in: "etc/daybook/providers", "yaml")
      .map { ($0.split(separator: "/").last ?? "").dropLast(5) }
    #expect(Set(named.map(\.output.1)) == Set(shipped))
  }
}
