import DaybookCore
import Testing

/// The table of providers in the README is what the files say.
@Suite("The table of providers")
struct ProviderTableTests {
  private func providers() throws -> [Provider] {
    try Repository.files(in: "etc/daybook/providers", "yaml").map { file in
      let bytes = Array(try Repository.lines(file).joined(separator: "\n").utf8)
      return try ProviderFile.load(bytes, file: file).get()
    }.sorted { $0.name < $1.name }
  }

  private func row(_ p: Provider) -> String {
    "| `\(p.name)` | \(signIn(p)) | \(firstDay(p)) | \(limits(p)) | \(service(p)) |"
  }

  private func signIn(_ p: Provider) -> String {
    switch p.login {
    case .code: "OAuth"
    case .key: "key"
    case .token: "token"
    case .form: "form"
    case .none: "none"
    }
  }

  private func firstDay(_ p: Provider) -> String {
    switch (p.account.firstDay, p.walkBack) {
    case (_?, nil): "told"
    case (_?, _?): "told or walked back to"
    case (nil, _?): "walked back to"
    case (nil, nil): "`since:`"
    }
  }

  private func limits(_ p: Provider) -> String {
    let parts = WindowSpec.Per.allCases.reversed().compactMap { per -> String? in
      let own = p.windows.filter { $0.per == per }.map(limit)
      return own.isEmpty ? nil : own.joined(separator: " and ") + ", per \(per.rawValue)"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: "; ")
  }

  private func limit(_ window: WindowSpec) -> String {
    let names = [1: "a second", 60: "a minute", 3_600: "an hour", 86_400: "a day"]
    let length = names[Int(window.seconds)] ?? "in \(window.seconds) s"
    var digits = String(window.limit)
    for place in stride(from: digits.count - 3, to: 0, by: -3) {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
    }
    return "\(digits) \(length)"
  }

  private func service(_ p: Provider) -> String {
    guard let sunset = p.sunset else { return "none announced" }
    return "\(sunset)" + (p.successor.map { "; then `\($0)`" } ?? "")
  }

  @Test("it has a row for each file, and each row says what the file says")
  func rows() throws {
    let lines = try Repository.lines("README.md")
    let head = try #require(lines.firstIndex { $0.hasPrefix("| provider | sign-in |") })
    let told = lines[(head + 2)...].prefix { $0.hasPrefix("|") }
    #expect(told.map(String.init) == (try providers().map(row)))
  }

  @Test("a successor that is shipped is one that exists")
  func successors() throws {
    let all = try providers()
    for p in all {
      if let next = p.successor { #expect(all.contains { $0.name == next }, "\(p.name)") }
    }
  }
}
