import Testing

@testable import DaybookCore

@Suite("The page for authors of provider files")
struct ProviderReadmeTests {
  private func text() throws -> String {
    String(decoding: try Shipped.bytes("etc/daybook/providers/README.md"), as: UTF8.self)
  }

  @Test("its worked example is a provider file without mistakes")
  func example() throws {
    let parts = try text().split(separator: "```yaml\n")
    let yaml = try #require(parts.dropFirst().first?.split(separator: "```").first)
    let provider = try ProviderFile.load(Array(yaml.utf8), file: "steps.yaml").get()
    #expect(provider.client == .basic && provider.stream("steps")?.settle.days == 3)
  }

  @Test("it names every key that the loader takes")
  func keys() throws {
    let text = try text()
    let settle = [
      "settle.days", "settle.synced", "settle.open", "settle.changes", "behaviours.walk-back",
    ]
    let stream = [
      "name", "request", "request.query", "request.accept", "request.body", "window.form",
      "window.ends",
      "items", "span", "pad", "document", "entities", "pages.token", "pages.more", "pages.counter",
      "pages.in", "snapshot", "each.item", "each.form", "each.if", "each.get",
      "belongs", "index", "reach", "volatile", "prints_in", "scope",
    ]
    let ofLists = [
      "account", "windows", "meters", "answers", "streams", "scopes", "fixed", "behaviours",
    ]
    for key in ProviderFile.keys.filter({ !ofLists.contains($0) }) + stream + settle {
      #expect(text.contains("`\(key)"), "\(key)")
    }
  }

  @Test("it names every word that a key can have")
  func words() throws {
    let text = try text()
    var words = Login.allCases.map(\.rawValue) + ClientAuthentication.allCases.map(\.rawValue)
    words += Scopes.Joint.allCases.map(\.rawValue) + CallKind.allCases.map(\.rawValue)
    words += Verdict.allCases.map(\.rawValue) + FactForm.allCases.map(\.rawValue)
    words += WindowSpec.Per.allCases.map(\.rawValue) + WindowSpec.Align.allCases.map(\.rawValue)
    words += Meter.Says.allCases.map(\.rawValue) + DayForm.allCases.map(\.rawValue)
    words += [Document.json, .xml(entities: [])].map(\.fileExtension)
    for word in words { #expect(text.contains("`\(word)`"), "\(word)") }
    for ends in Ends.allCases { #expect(text.contains("`\"\(ends.rawValue)\"`")) }
  }
}
