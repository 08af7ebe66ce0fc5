import DaybookCore

/// What is going to happen, by virtual time; ties in the order in which they were entered.
struct Agenda<Item> {
  private struct Entry {
    var at: BootTime
    var order: Int
    var item: Item
  }
  private var heap: [Entry] = []
  private var entered = 0

  var nextAt: BootTime? { heap.first?.at }
  var isEmpty: Bool { heap.isEmpty }

  mutating func add(_ item: Item, at moment: BootTime) {
    entered += 1
    heap.append(Entry(at: moment, order: entered, item: item))
    var child = heap.count - 1
    while child > 0, isBefore(child, (child - 1) / 2) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeFirst() -> (at: BootTime, item: Item)? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      var parent = 0
      while true {
        var least = parent
        for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
          if isBefore(child, least) { least = child }
        }
        if least == parent { break }
        heap.swapAt(parent, least)
        parent = least
      }
    }
    return (first.at, first.item)
  }

  /// The first, when it is due at this moment and is one of those looked for.
  mutating func removeFirst(at moment: BootTime, where isWanted: (Item) -> Bool) -> Item? {
    guard let first = heap.first, first.at == moment, isWanted(first.item) else { return nil }
    return removeFirst()?.item
  }

  /// Keeps only what still holds, in its order.
  mutating func keep(where holds: (Item) -> Bool) {
    let kept = heap.filter { holds($0.item) }.sorted { ($0.at, $0.order) < ($1.at, $1.order) }
    heap = kept
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    (heap[a].at, heap[a].order) < (heap[b].at, heap[b].order)
  }
}
