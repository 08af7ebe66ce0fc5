import DaybookCore

/// Whose turn it is: a ring of ready lanes for each client, the clients in a ring of their own, and
/// a heap of lanes that sleep until a moment. Turns are counted in calls.
final class Roster {
  private(set) var lanes: [Int: Lane] = [:]
  /// By id: the order in which lanes are listed.
  private(set) var order: [Int] = []
  private var clients: [ClientState] = []
  private var nextClient = 0
  private var sleepers = Heap()
  private var turns: UInt64 = 0

  var all: [Lane] { order.compactMap { lanes[$0] } }
  subscript(id: Int) -> Lane? { lanes[id] }
  func named(_ name: String) -> Lane? { all.first { $0.name == name } }

  func add(_ lane: Lane) {
    lanes[lane.id] = lane
    order.append(lane.id)
    order.sort()
    if !clients.contains(where: { $0 === lane.client }) { clients.append(lane.client) }
  }

  func remove(_ lane: Lane) {
    lane.client.ring.removeAll { $0 == lane.id }
    lane.isInRing = false
    lanes[lane.id] = nil
    order.removeAll { $0 == lane.id }
    clients.removeAll { client in !lanes.values.contains { $0.client === client } }
  }

  func client(_ owner: String) -> ClientState? { clients.first { $0.owner == owner } }
  var allClients: [ClientState] { clients }

  // MARK: Waking and sleeping

  /// The lane may have something to do: to the end of its client's ring.
  func wake(_ lane: Lane) {
    guard !lane.isInRing else { return }
    lane.isInRing = true
    lane.sleepsUntil = nil
    lane.client.ring.append(lane.id)
  }

  func wakeAll() { for id in order { if let lane = lanes[id] { wake(lane) } } }

  /// The lanes of a client: one of them has given back a slot of a shared window. Who had the last
  /// turn comes last.
  func wake(_ client: ClientState) {
    wake(order.compactMap { lanes[$0] }.filter { $0.client === client && !$0.isInRing })
  }

  private func wake(_ waiting: [Lane]) {
    for lane in waiting.sorted(by: { ($0.turn, $0.id) < ($1.turn, $1.id) }) { wake(lane) }
  }

  func sleep(_ lane: Lane, until moment: BootTime) {
    lane.sleepsUntil = moment
    sleepers.push(.init(at: moment, lane: lane.id))
  }

  /// The lane makes a call. Of lanes that wait for the same window the one whose last turn is the
  /// oldest is the next: where there is room for a few calls only, the first would take them all.
  /// A turn that a closed window cuts short goes on later: turns are equal in calls.
  func served(_ lane: Lane) {
    lane.callsOfTurn += 1
    guard lane.callsOfTurn >= Limits.callsInTurn else { return }
    lane.callsOfTurn = 0
    turns += 1
    lane.turn = turns
  }

  /// Wakes whose time has come.
  func wakeSleepers(now: Now) {
    var due: [Lane] = []
    while let first = sleepers.first, first.at <= now.boot {
      sleepers.pop()
      if let lane = lanes[first.lane], lane.sleepsUntil == first.at { due.append(lane) }
    }
    wake(due)
  }

  /// When the next lane wants to wake.
  var nextWake: BootTime? {
    while let first = sleepers.first {
      if let lane = lanes[first.lane], lane.sleepsUntil == first.at, !lane.isInRing {
        return first.at
      }
      sleepers.pop()
    }
    return nil
  }

  // MARK: Turns

  /// Takes the next lane off its ring: clients in rotation, one lane of each.
  func next() -> Lane? {
    for _ in 0..<clients.count {
      if nextClient >= clients.count { nextClient = 0 }
      let client = clients[nextClient]
      nextClient += 1
      while !client.ring.isEmpty {
        let id = client.ring.removeFirst()
        guard let lane = lanes[id] else { continue }
        lane.isInRing = false
        return lane
      }
    }
    return nil
  }
}

/// A binary heap of sleeping lanes, the earliest first. Entries that no longer hold stay until they
/// come to the top.
struct Heap {
  struct Sleeper: Comparable {
    var at: BootTime
    var lane: Int
    static func < (a: Sleeper, b: Sleeper) -> Bool { (a.at, a.lane) < (b.at, b.lane) }
  }
  private var items: [Sleeper] = []

  var first: Sleeper? { items.first }

  mutating func push(_ item: Sleeper) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard items[child] < items[parent] else { return }
      items.swapAt(child, parent)
      child = parent
    }
  }

  mutating func pop() {
    guard let last = items.popLast(), !items.isEmpty else { return }
    items[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
        if items[child] < items[least] { least = child }
      }
      if least == parent { return }
      items.swapAt(parent, least)
      parent = least
    }
  }
}
