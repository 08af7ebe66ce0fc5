import Testing

@testable import DaybookCore

@Suite("Settling: what a read does to the one before it")
struct SettlingTests {
  private typealias R = Reads

  @Test("a day without bytes is stored, whatever its state was", arguments: DayState.allCases)
  func first(state: DayState) {
    let read = R.read(R.at(6))
    let outcome = R.rule().outcome(of: read, before: nil, state: state)
    #expect(outcome.filing == .store)
    #expect(outcome.day == StoredDay(read: read))
    #expect(outcome.day.reads == 1)
    #expect(outcome.state == .open)
    #expect(!outcome.changedFinal)
  }

  @Test("an equal read is evidence: the file stays, the first read's time as well") func equal() {
    let before = R.stored(6, 24)
    let again = R.read(R.at(48), size: 1_050)
    let outcome = R.rule(settle: 30).outcome(of: again, before: before, state: .open)
    #expect(outcome.filing == .keep)
    #expect(outcome.day.reads == 3)
    #expect(outcome.day.read == before.read)
    #expect(outcome.day.equalSince == R.at(6))
    #expect(outcome.day.readAt == R.at(48))
  }

  @Test("an equal read of a final day leaves it final, however early or odd it is")
  func equalFinal() {
    for forced in [false, true] {
      let outcome = R.rule(neighbours: 1 << 40).outcome(
        of: R.read(R.at(2)), before: R.stored(1), state: .final, forced: forced)
      #expect(outcome.state == .final)
      #expect(outcome.filing == .keep)
      #expect(outcome.nextAt == nil)
      #expect(!outcome.changedFinal)
    }
  }

  @Test("a read that was made before the newest one moves nothing back") func late() {
    let outcome = R.rule(settle: 30).outcome(
      of: R.read(R.at(30)), before: R.stored(6, 48), state: .open)
    #expect(outcome.day.readAt == R.at(48))
    #expect(outcome.day.equalSince == R.at(6))
  }

  @Test(
    "an answer without items never replaces one with items: it becomes a version",
    arguments: [DayState.open, .final], [false, true])
  func emptied(state: DayState, zones: Bool) {
    let before = R.stored(6, 24)
    for forced in [false, true] {
      let outcome = R.rule(zones: zones).outcome(
        of: R.read(R.days(40), "", items: 0, zone: zones ? "Asia/Tokyo" : "UTC"), before: before,
        state: state, forced: forced)
      #expect(outcome.filing == .keepWithVersion)
      #expect(outcome.day == before)
      #expect(outcome.state == state)
      #expect((outcome.nextAt == nil) == (state == .final))
      #expect(!outcome.changedFinal)
    }
  }

  @Test(
    "a different read replaces an open day; the older one is kept if it had more, or by a resync",
    arguments: [
      (3, 4, false, .store), (3, 3, false, .store), (0, 1, false, .store), (0, 0, false, .store),
      (3, 2, false, .storeKeepingOld), (3, 4, true, .storeKeepingOld),
      (3, 3, true, .storeKeepingOld), (0, 1, true, .storeKeepingOld),
    ] as [(Int, Int, Bool, Settling.Filing)])
  func different(before: Int, after: Int, forced: Bool, filing: Settling.Filing) {
    let read = R.read(R.at(24), "b", items: after)
    let outcome = R.rule().outcome(
      of: read, before: R.stored(6, 12, items: before), state: .open, forced: forced)
    #expect(outcome.filing == filing)
    #expect(outcome.day == StoredDay(read: read))
    #expect(outcome.state == .open)
    #expect(!outcome.changedFinal)
  }

  @Test("as many items with other contents are another read, and so are more with the same digest")
  func digests() {
    let rule = R.rule()
    let before = R.stored(6)
    #expect(rule.outcome(of: R.read(R.at(24), "b"), before: before, state: .open).day.reads == 1)
    let more = R.read(R.at(24), "a", items: 4)
    #expect(rule.outcome(of: more, before: before, state: .open).day.reads == 1)
  }

  @Test("a final day that changed is replaced, its older read kept, and its neighbours re-opened")
  func changedFinal() {
    for items in [2, 3, 9] {
      let read = R.read(R.days(10), "b", items: items)
      let outcome = R.rule().outcome(of: read, before: R.stored(6, 48), state: .final)
      #expect(outcome.filing == .storeKeepingOld)
      #expect(outcome.changedFinal)
      #expect(outcome.day.reads == 1)
      #expect(outcome.state == .open)
      #expect(outcome.nextAt == R.days(16))
    }
    // One read so late is evidence enough, if it is not odd.
    let read = R.read(R.days(400), "b")
    let late = R.rule().outcome(of: read, before: R.stored(6, 48), state: .final)
    #expect(late.state == .final)
    #expect(late.changedFinal)
    #expect(late.day.reads == 1)
  }

  // MARK: Zones

  @Test("printed in another zone, a final day stays and the answer is dropped")
  func otherZoneFinal() {
    let before = R.stored(6, 48)
    for (text, items) in [("a", 3), ("b", 9)] {
      let read = R.read(R.days(10), text, items: items, zone: "Asia/Tokyo")
      let outcome = R.rule(zones: true).outcome(
        of: read, before: before, state: .final, forced: true)
      #expect(outcome.filing == .keep)
      #expect(outcome.day == before)
      #expect(outcome.state == .final)
      #expect(outcome.nextAt == nil)
      #expect(!outcome.changedFinal)
    }
  }

  @Test("printed in another zone, an open day is replaced, and equality is not compared")
  func otherZoneOpen() {
    let read = R.read(R.days(10), zone: "Asia/Tokyo")
    let outcome = R.rule(zones: true).outcome(of: read, before: R.stored(6), state: .open)
    #expect(outcome.filing == .store)
    #expect(outcome.day.reads == 1)
    #expect(outcome.state == .open)
  }

  @Test("where the provider prints in the day's own zone, the zone's name does not matter")
  func zonesDoNotMatter() {
    let read = R.read(R.days(10), zone: "Asia/Tokyo")
    let outcome = R.rule().outcome(of: read, before: R.stored(6), state: .open)
    #expect(outcome.filing == .keep)
    #expect(outcome.day.reads == 2)
    #expect(outcome.state == .final)
  }

  // MARK: Without a body

  @Test("not modified is a read equal to the stored one", arguments: [DayState.open, .final])
  func unchanged(state: DayState) {
    let outcome = R.rule().unchanged(R.stored(6), at: R.at(48), state: state)
    #expect(outcome.filing == .keep)
    #expect(outcome.day.reads == 2)
    #expect(outcome.day.readAt == R.at(48))
    #expect(outcome.state == .final)
    let early = R.rule().unchanged(R.stored(6), at: R.at(12), state: state)
    #expect(early.state == state)
    #expect((early.nextAt == nil) == (state == .final))
  }

  @Test("a lost ledger is made again by the same rule, from one read")
  func rebuilt() {
    #expect(R.rule().rebuilt(R.read(R.days(3))).state == .open)
    #expect(R.rule().rebuilt(R.read(R.days(31))).state == .final)
    #expect(R.rule().rebuilt(R.read(R.days(31), "", items: 0)).state == .open)
    let outcome = R.rule().rebuilt(R.read(R.days(31)))
    #expect(outcome.filing == .keep)
    #expect(outcome.day.reads == 1)
  }
}
