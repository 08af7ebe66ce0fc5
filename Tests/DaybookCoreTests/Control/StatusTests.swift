import Testing

@testable import DaybookCore

@Suite("Counts of a stream")
struct StatusTests {
  @Test("stored days are those with a file, all days those in any state")
  func sums() {
    var stream = StreamStatus(name: "steps")
    #expect(stream.stored == 0)
    #expect(stream.total == 0)
    stream.missing = 1
    stream.open = 10
    stream.final = 100
    stream.confirmed = 90
    stream.refused = 1_000
    stream.beyond = 10_000
    stream.failing = 100_000
    stream.damaged = 1_000_000
    #expect(stream.stored == 110)
    #expect(stream.total == 1_111_111, "confirmed days are final ones, counted once")
  }

  @Test("classes of work are ordered, the most urgent first")
  func classes() {
    #expect(WorkClass.allCases.sorted() == WorkClass.allCases)
    #expect(WorkClass.forced < .urgent)
    #expect(WorkClass.backfill < .verify)
    #expect(Set(WorkClass.allCases.map(\.name)).count == WorkClass.allCases.count)
  }
}
