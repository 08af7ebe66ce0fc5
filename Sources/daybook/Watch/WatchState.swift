import DaybookCore

/// What a watch has been told so far.
struct WatchState {
  private(set) var daemon: DaemonStatus?
  /// Sorted by name.
  private(set) var accounts: [AccountStatus] = []
  /// The newest lines of the journal, oldest first.
  private(set) var entries: [TimedEntry] = []
  /// Accounts that have changed, and lines that have come, since they were last taken.
  private var changed: Set<String> = []
  private var fresh: [TimedEntry] = []
  private var droppedFresh = 0
  private var daemonChanged = false

  /// Lines kept for the screen, and lines printed in one go.
  static let shownEntries = 5
  static let printedEntries = 20

  mutating func apply(_ daemon: DaemonStatus?, _ accounts: [AccountStatus], _ lines: [TimedEntry]) {
    if let daemon {
      daemonChanged = daemonChanged || daemon.state != self.daemon?.state
      self.daemon = daemon
    }
    for account in accounts { put(account) }
    entries = Array((entries + lines).suffix(WatchState.shownEntries))
    droppedFresh += max(0, fresh.count + lines.count - WatchState.printedEntries)
    fresh = Array((fresh + lines).suffix(WatchState.printedEntries))
  }

  private mutating func put(_ account: AccountStatus) {
    var low = 0
    var high = accounts.count
    while low < high {
      let middle = (low + high) / 2
      if accounts[middle].name < account.name { low = middle + 1 } else { high = middle }
    }
    if low < accounts.count, accounts[low].name == account.name {
      guard accounts[low] != account else { return }
      accounts[low] = account
    } else {
      accounts.insert(account, at: low)
    }
    changed.insert(account.name)
  }

  /// What has happened since the last time this was called.
  struct News {
    /// Its state has changed.
    var daemon: DaemonStatus?
    var accounts: [AccountStatus]
    var entries: [TimedEntry]
    /// Lines that came too fast to be kept.
    var dropped: Int
    var isEmpty: Bool { daemon == nil && accounts.isEmpty && entries.isEmpty }
  }

  mutating func takeNews() -> News {
    let news = News(
      daemon: daemonChanged ? daemon : nil,
      accounts: accounts.filter { changed.contains($0.name) }, entries: fresh,
      dropped: droppedFresh)
    daemonChanged = false
    changed = []
    fresh = []
    droppedFresh = 0
    return news
  }
}
