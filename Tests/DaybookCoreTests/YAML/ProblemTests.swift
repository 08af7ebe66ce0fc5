import Testing

@testable import DaybookCore

@Suite("Problems of a file")
struct ProblemTests {
  private func problem(_ file: String, _ line: Int?, _ column: Int, _ text: String) -> Problem {
    Problem(file: file, position: line.map { Position(line: $0, column: column) }, message: text)
  }

  @Test("a problem reads file:line:column: message")
  func description() {
    #expect(problem("a.yaml", 3, 14, "no").description == "a.yaml:3:14: no")
    #expect(problem("a.yaml", nil, 0, "no").description == "a.yaml: no")
  }

  @Test("problems are sorted by file, line and column, whole files first, each once")
  func order() {
    let sorted = [
      problem("a", nil, 0, "z"), problem("a", 1, 2, "x"), problem("a", 1, 10, "a"),
      problem("a", 2, 1, "a"), problem("b", 1, 1, "a"),
    ]
    for shift in sorted.indices {
      let turned = Array(sorted[shift...] + sorted[..<shift])
      #expect(Problems(turned.reversed() + turned).list == sorted)
    }
  }

  @Test("problems at one place stay in the order in which they were found")
  func samePlace() {
    let found = ["c", "a", "b", "d"].map { problem("f", 1, 1, $0) }
    #expect(Problems([problem("f", 2, 1, "z")] + found).list == found + [problem("f", 2, 1, "z")])
  }

  @Test("a log gives the value only when nothing was reported")
  func result() throws {
    let log = ProblemLog(file: "a")
    #expect(try log.result(7).get() == 7)
    log.report("second", at: Position(line: 2, column: 1))
    log.report("first", at: Position(line: 1, column: 1))
    #expect(throws: Problems.self) { try log.result(7).get() }
    guard case .failure(let problems) = log.result(7) else { return }
    #expect(problems.lines == ["a:1:1: first", "a:2:1: second"])
    #expect(problems.description == "a:1:1: first\na:2:1: second")
    #expect(!problems.isEmpty)
  }
}
