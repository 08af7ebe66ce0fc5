import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Roster")
struct RosterTests {
  private func roster(_ clients: [[Int]]) -> Roster {
    let roster = Roster()
    for (i, ids) in clients.enumerated() {
      let client = ClientState(owner: "c:\(i)", id: nil, secret: nil, windows: [])
      for id in ids { roster.add(LaneTests.make(id: id, client: client)) }
    }
    return roster
  }
  private func turns(_ roster: Roster, _ count: Int) -> [Int] {
    (0..<count).compactMap { _ in roster.next()?.id }
  }
  private func now(_ microseconds: Int64) -> Now {
    Now(wall: Instant(seconds: 0), boot: BootTime(microseconds: microseconds))
  }

  @Test("lanes are listed by number and found by number or name")
  func listing() {
    let roster = roster([[3, 1], [2]])
    #expect(roster.all.map(\.id) == [1, 2, 3])
    #expect(roster.named("a2")?.id == 2 && roster.named("a4") == nil)
    #expect(roster[3]?.name == "a3" && roster[4] == nil)
    #expect(roster.client("c:1") === roster[2]?.client && roster.client("c:2") == nil)
  }

  @Test("a lane that was woken twice has one turn")
  func wakeOnce() throws {
    let roster = roster([[1]])
    let lane = try #require(roster[1])
    roster.wake(lane)
    roster.wake(lane)
    #expect(turns(roster, 3) == [1])
    roster.wake(lane)
    #expect(turns(roster, 3) == [1])
  }

  @Test("lanes of a client take turns in the order they were woken, clients in rotation")
  func rotation() {
    let roster = roster([[1, 2, 3], [4]])
    var order: [Int] = []
    roster.wakeAll()
    for _ in 0..<8 {
      guard let lane = roster.next() else { break }
      order.append(lane.id)
      roster.wake(lane)
    }
    #expect(order == [1, 4, 2, 4, 3, 4, 1, 4])
  }

  @Test("a lane that was removed has no turn, and its client goes with the last one")
  func remove() throws {
    let roster = roster([[1, 2], [3]])
    roster.wakeAll()
    for id in [1, 3] { roster.remove(try #require(roster[id])) }
    #expect(turns(roster, 3) == [2])
    #expect(roster.all.map(\.id) == [2] && roster.allClients.map(\.owner) == ["c:0"])
  }

  @Test("waking a client wakes its lanes alone")
  func wakeClient() throws {
    let roster = roster([[1, 2], [3]])
    roster.wake(try #require(roster.client("c:0")))
    #expect(turns(roster, 3) == [1, 2])
  }

  @Test("of lanes that wait for the same thing, the one whose last turn is the oldest is next")
  func oldestFirst() throws {
    let roster = roster([[1, 2, 3]])
    let lanes = try (1...3).map { try #require(roster[$0]) }
    for _ in 0..<Limits.callsInTurn { roster.served(lanes[0]) }
    for _ in 0..<Limits.callsInTurn { roster.served(lanes[2]) }
    // One call is no turn yet.
    roster.served(lanes[1])
    roster.wake(lanes[0].client)
    #expect(turns(roster, 3) == [2, 1, 3])
    for lane in lanes { roster.sleep(lane, until: BootTime(microseconds: 10)) }
    roster.wakeSleepers(now: now(10))
    #expect(turns(roster, 3) == [2, 1, 3])
  }

  @Test("a lane sleeps until its moment")
  func sleep() throws {
    let roster = roster([[1]])
    roster.sleep(try #require(roster[1]), until: BootTime(microseconds: 10))
    #expect(roster.nextWake == BootTime(microseconds: 10))
    roster.wakeSleepers(now: now(9))
    #expect(roster.next() == nil)
    roster.wakeSleepers(now: now(10))
    #expect(turns(roster, 2) == [1])
    #expect(roster.nextWake == nil)
  }

  @Test("a lane that was woken, put to sleep anew or removed does not wake by its old moment")
  func oldMoments() throws {
    let roster = roster([[1, 2, 3]])
    let lanes = try (1...3).map { try #require(roster[$0]) }
    for lane in lanes { roster.sleep(lane, until: BootTime(microseconds: 10)) }
    roster.wake(lanes[0])
    #expect(turns(roster, 2) == [1])
    roster.sleep(lanes[1], until: BootTime(microseconds: 20))
    roster.remove(lanes[2])
    #expect(roster.nextWake == BootTime(microseconds: 20))
    roster.wakeSleepers(now: now(15))
    #expect(roster.next() == nil)
    roster.wakeSleepers(now: now(20))
    #expect(turns(roster, 2) == [2])
  }

  @Test("sleepers come in the order of their moments, whatever order they went in")
  func heap() {
    for seed in UInt64(1)...20 {
      var random = SeededRandom(seed: seed)
      var heap = Heap()
      let items = (0..<50).map { lane in
        Heap.Sleeper(
          at: BootTime(microseconds: Int64.random(in: 0..<20, using: &random)), lane: lane)
      }
      for item in items { heap.push(item) }
      var out: [Heap.Sleeper] = []
      while let first = heap.first {
        out.append(first)
        heap.pop()
      }
      #expect(out == items.sorted(), "seed \(seed)")
    }
  }

  @Test("an empty heap may be popped")
  func emptyHeap() {
    var heap = Heap()
    heap.pop()
    #expect(heap.first == nil)
  }
}
