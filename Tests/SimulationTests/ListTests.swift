import DaybookCore
import Testing

@testable import DaybookEngine

/// Leaving with plain files: what is there can be checked without Daybook.
@Suite("The list of all files")
struct ListTests {
  @Test("a list of all files is what sha256sum would say, and days are as the ledger has them")
  func list() throws {
    let world = try World.complete(history: 60)
    let day = world.options.firstDay + 9
    var request = VerifyRequest()
    request.sums = true
    let id = world.command(.verify(request), more: true)
    try world.run(for: .minutes(1))
    let lines = world.answers[id]?.flatMap { reply -> [String] in
      if case .verify(let progress) = reply { progress.sums ?? [] } else { [] }
    }
    let archive = try #require(world.archive)
    let read = try archive.sha256sums(account: "me", stream: "storyline", year: 2018)
    #expect(lines == read && read.count == 61)
    try world.remove(world.path(day))
    let again = world.command(.verify(request))
    try world.run(for: .minutes(1))
    guard case .verify(let progress)? = world.answers[again]?.last else {
      throw WorldError("no end of verify")
    }
    #expect(progress.sums == read, "what should be there is listed")
  }
}
