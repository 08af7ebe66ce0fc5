import Testing

@testable import DaybookCore

/// A provider file with a mistake: the lines of ``WrongProvider/right`` with some replaced, or more
/// at its end, and the problems that must come of it.
struct WrongProvider: CustomTestStringConvertible, Sendable {
  var changes: [Int: String]
  var problems: [String]

  /// `line` is replaced (several lines in one text push the rest down).
  init(_ line: Int, _ text: String, _ problems: String...) {
    self.changes = [line: text]
    self.problems = problems
  }
  init(_ changes: [Int: String], _ problems: String...) {
    self.changes = changes
    self.problems = problems
  }

  static let right = [
    /* 1 */ "name: demo",
    /* 2 */ "title: Demo",
    /* 3 */ "login: code",
    /* 4 */
    "urls: {authorize: https://a.example/a, token: https://a.example/t, api: https://a.example}",
    /* 5 */ "params: [user]",
    /* 6 */ "windows:",
    /* 7 */ "  - {name: minute, seconds: 60, limit: 60, per: app, align: clock}",
    /* 8 */ "streams:",
    /* 9 */ "  - name: steps",
    /* 10 */ "    request: {get: \"/{user}/steps/{start}\"}",
    /* 11 */ "    window: {form: ymd, ends: \"[]\"}",
    /* 12 */ "    items: /steps",
    /* 13 */ "# more",
  ]

  var text: String {
    WrongProvider.right.enumerated().map { changes[$0.offset + 1] ?? $0.element }
      .joined(separator: "\n") + "\n"
  }
  var testDescription: String {
    changes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: " / ")
  }

  /// Loads the text as `demo.yaml`, and expects exactly these problems.
  func check() {
    switch ProviderFile.load(Array(text.utf8), file: "etc/demo.yaml") {
    case .success: #expect(problems.isEmpty, "accepted: \(testDescription)")
    case .failure(let found): #expect(found.lines == problems.map { "etc/demo.yaml:" + $0 })
    }
  }
}
