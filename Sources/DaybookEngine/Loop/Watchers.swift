import DaybookCore

/// Clients that follow what happens: changes are gathered for a moment, so that a busy daemon does
/// not write a message for every day.
struct Watchers {
  struct Watcher {
    var command: CommandID
    var account: String?
  }

  private(set) var all: [Watcher] = []
  private var entries: [TimedEntry] = []
  private var changed: Set<Int> = []
  private(set) var flushAt: BootTime?

  private static let gathering = Duration.milliseconds(200)

  mutating func add(_ command: CommandID, account: String?) {
    all.append(Watcher(command: command, account: account))
  }

  mutating func remove(_ command: CommandID) {
    all.removeAll { $0.command == command }
    if all.isEmpty { forget() }
  }

  private mutating func forget() {
    entries = []
    changed = []
    flushAt = nil
  }

  mutating func add(_ entry: TimedEntry) {
    // A line for every day would say less than the progress does.
    guard !all.isEmpty, entry.entry.message.priority < .debug else { return }
    if entries.count < Limits.watchedEntries { entries.append(entry) }
  }

  /// Notes which lanes changed; the first change starts the gathering.
  mutating func note(_ lanes: [Lane], now: Now) {
    guard !all.isEmpty, !lanes.isEmpty || !entries.isEmpty else { return }
    for lane in lanes { changed.insert(lane.id) }
    if flushAt == nil { flushAt = now.boot + Self.gathering }
  }

  /// What is to be told now; nil while it still gathers.
  mutating func take(now: Now) -> (lanes: Set<Int>, entries: [TimedEntry])? {
    guard let at = flushAt, at <= now.boot else { return nil }
    defer { forget() }
    return (changed, entries)
  }

  /// The daemon stops: nobody is left waiting.
  mutating func end(_ out: inout [Effect]) {
    for watcher in all {
      out.append(.answer(watcher.command, .failed(.shuttingDown), continues: false))
    }
    all = []
    forget()
  }
}
