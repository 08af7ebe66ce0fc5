import Testing

@testable import DaybookCore

@Suite("The record of a day")
struct DayRecordTests {
  @Test("the numbers of the states are those of the ledger") func numbers() {
    let numbers: [(DayState, Int)] = [
      (.missing, 0), (.open, 1), (.final, 2), (.refused, 3), (.beyond, 4), (.failing, 5),
      (.damaged, 6),
    ]
    for (state, number) in numbers {
      #expect(state.rawValue == number)
      #expect(DayState(rawValue: number) == state)
    }
    #expect(DayState.allCases.count == numbers.count)
  }

  @Test("only open and final days have bytes in the archive", arguments: DayState.allCases)
  func stored(state: DayState) { #expect(state.isStored == [.open, .final].contains(state)) }

  @Test("a first read is its own evidence") func firstRead() {
    let read = Reads.read(Reads.at(6))
    let day = StoredDay(read: read)
    #expect(day.reads == 1)
    #expect(day.equalSince == read.at)
    #expect(day.readAt == read.at)
    let known = StoredDay(
      read: read, reads: 4, equalSince: Reads.at(1), readAt: Reads.at(9))
    #expect(known.reads == 4)
    #expect(known.equalSince == Reads.at(1))
    #expect(known.readAt == Reads.at(9))
  }
}
