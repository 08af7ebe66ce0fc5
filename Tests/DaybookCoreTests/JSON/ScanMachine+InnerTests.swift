import DaybookCore
import Testing

@Suite("JSON: the usual members and elements")
struct ScanMachineInnerTests {
  private static let scalars = [
    "1", "0", "-0", "-", "01", "-01", "1.", "1.5", "-1.25", ".5", "1.5.5", "1e5", "1E+5", "1.5e-3",
    "1e", "12345678901234567890", "1x", "--1", "+1", "true", "false", "null", "tru", "trueX",
    "True",
    "nul", "nullnull", "fals", "\"\"", "\"plain\"", "\"12345678\"", "\"1234567\\n\"", "\"\\u00e9\"",
    "\"é\"", "\"Ŝipo, 8 or more\"", "\"open", "\"tab\tinside\"", "\"\u{7F}\"", "{}", "[]", "[1]",
    "{\"x\": 1}", "", " ", "\"a\" \"b\"", "1 2", "]", "}", ",", ":", "'a'",
  ]
  private static let members = [
    "\"k\":#", "\"k\": #", "\"k\" :#", "\"k\":  #", "\"k\":\n#", "\"k\":\t#,\"z\":1",
    "\"k\": #, \"z\": 1",
    "\"k\": # , \"z\": 1", "\"k\": #,\n  \"z\": 1", "\"k\": #,", "\"k\": #,,\"z\":1", "\"k\" #",
    "k: #",
    "\"é\": #", "\"\\u006b\": #", "\"k\": #, \"k\": #", "\"a\": 1, \"b\": #, \"c\": \"d\"",
  ]
  private static let elements = ["#", "#,1", "#, 1", "#,  1", "1, #", "#,", "[#, 1], #", " # "]

  private static let plans = [
    ScanPlan(), ScanPlan(items: [JSONPointer("/a")].compactMap { $0 }),
    ScanPlan(capture: [JSONPointer("/a/0/k")].compactMap { $0 }),
  ]

  private func report(_ text: String, _ plan: ScanPlan, by size: Int) -> ScanReport {
    let scanner = JSONScanner(plan)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      scanner.feed(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return scanner.finish()
  }

  /// Byte by byte nothing is ever seen as a whole, so every token takes the long way.
  private func compare(_ text: String) {
    for plan in Self.plans {
      let slow = report(text, plan, by: 1)
      for size in [2, 3, 7, 16, text.utf8.count] {
        #expect(report(text, plan, by: size) == slow, "\(text) by \(size)")
      }
    }
  }

  @Test("a member is judged as it is byte by byte, however usual it looks", arguments: members)
  func member(_ member: String) {
    for scalar in Self.scalars {
      let filled = member.replacing("#", with: scalar)
      compare("{\"a\": [{\(filled)}, {\"k\": 2}]}")
    }
  }

  @Test("an element is judged as it is byte by byte", arguments: elements)
  func element(_ element: String) {
    for scalar in Self.scalars {
      let filled = element.replacing("#", with: scalar)
      compare("{\"a\": [[\(filled)], 3]}")
      compare("[\(filled)]")
    }
  }

  @Test("a document that is cut anywhere is never whole")
  func cuts() {
    let text = "{\"a\": [{\"k\": 1.5, \"t\": \"plain\", \"n\": null}, {\"k\": -2}], \"b\": true}"
    for plan in Self.plans {
      #expect(report(text, plan, by: text.utf8.count).fault == nil)
      for end in 0..<text.utf8.count {
        let cut = String(text.prefix(end))
        #expect(report(cut, plan, by: max(1, end)).fault != nil, "\(cut)")
        #expect(report(cut, plan, by: max(1, end)) == report(cut, plan, by: 1), "\(cut)")
      }
    }
  }
}
