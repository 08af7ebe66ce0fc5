import Testing

@testable import daybook

@Suite("Exit statuses")
struct ExitStatusTests {
  @Test("each number has the meaning that scripts rely on")
  func numbers() {
    let numbers = ExitStatus.allCases.map(\.rawValue)
    #expect(numbers == [0, 1, 2, 3, 4, 5, 64, 74, 130, 141])
  }

  @Test("the help lists each with its meaning, in columns")
  func help() {
    let lines = ExitStatus.help.split(separator: "\n")
    #expect(lines.first == "EXIT STATUS")
    #expect(lines.count == ExitStatus.allCases.count + 1)
    for (line, status) in zip(lines.dropFirst(), ExitStatus.allCases) {
      #expect(line.hasPrefix("  \(status.rawValue) "))
      #expect(line.dropFirst(8) == status.meaning)
    }
  }
}
