import DaybookCore

/// Puts a batch of spooled bodies under their names. The order is the safety:
///
/// 1. each file, and each of its parts: its time, then fsync
/// 2. parts are renamed to their names; fsync of the folders of those days
/// 3. the day it replaces gets a second name in `versions/`; fsync of those folders
/// 4. each file is renamed to its day
/// 5. fsync of the days' folders, one for each in the whole batch
///
/// A kill or a loss of power at any point leaves each day as it was or as it shall be, and an old
/// read that is to be kept has a name at every moment. An item that fails is left out of the later
/// steps and its temporary file is removed; the others go on.
struct PersistBatch {
  let archive: Archive
  let root: Descriptor
  private var entries: [PersistEntry] = []
  var folders = FolderTable()
  var operations: FileOperations { archive.operations }

  init(_ archive: Archive, root: Descriptor, _ items: [PersistItem]) {
    self.archive = archive
    self.root = root
    self.entries = items.map { PersistEntry($0) }
  }

  mutating func run() -> [PersistOutcome] {
    forEach { batch, entry throws(ArchiveFailure) in try batch.settleFiles(&entry) }
    forEach { batch, entry throws(ArchiveFailure) in try batch.renameParts(entry) }
    syncFolders { $0.item.parts.isEmpty ? nil : $0.folder }
    forEach { batch, entry throws(ArchiveFailure) in try batch.keepVersion(&entry) }
    forEach { batch, entry throws(ArchiveFailure) in try batch.keepOtherKind(&entry) }
    syncFolders { $0.versions }
    forEach { batch, entry throws(ArchiveFailure) in try batch.putDamagedAside(entry) }
    forEach { batch, entry throws(ArchiveFailure) in try batch.rename(entry) }
    syncFolders { $0.item.asVersion ? nil : $0.folder }
    return entries.map { $0.outcome(archive, root) }
  }

  private mutating func forEach(
    _ step: (inout PersistBatch, inout PersistEntry) throws(ArchiveFailure) -> Void
  ) {
    for index in entries.indices where entries[index].failure == nil {
      var entry = entries[index]
      do throws(ArchiveFailure) { try step(&self, &entry) } catch { entry.failure = error }
      entries[index] = entry
    }
  }

  // MARK: Steps

  private mutating func settleFiles(_ entry: inout PersistEntry) throws(ArchiveFailure) {
    let path = entry.item.spooled.path
    try archive.refuseReserved(path.account)
    let folder = try folders.open(path.folder, archive, root)
    entry.folder = folder
    for spooled in entry.item.parts + [entry.item.spooled] {
      try settle(spooled, in: folder, entry.item.fetchedAt)
    }
  }

  private func settle(_ spooled: Spooled, in folder: Descriptor, _ fetchedAt: Instant)
    throws(ArchiveFailure)
  {
    let found = try ArchiveFailure.translating { () throws(SystemError) in
      let file = try archive.file(of: spooled, in: folder)
      let size = try operations.status(file).size
      guard size == spooled.size else { return size }
      try operations.setTime(file, FileTime.of(spooled.sha256, fetchedAt: fetchedAt))
      try operations.syncFile(file)
      try operations.close(file)
      return size
    }
    guard found == spooled.size else {
      let name = folder.child(spooled.temporary)
      throw .failed("\(name): \(found) bytes, \(spooled.size) were written")
    }
  }

  private mutating func keepVersion(_ entry: inout PersistEntry) throws(ArchiveFailure) {
    guard let folder = entry.folder else { return }
    let item = entry.item
    let path = item.spooled.path
    if item.asVersion {
      entry.versions = try folders.open("\(path.folder)/\(VersionName.folder)", archive, root)
      try archive.keep(
        item.spooled.temporary, of: path, fetchedAt: item.fetchedAt, in: folder,
        versions: entry.versions)
    } else if let fetchedAt = item.keepOldFetchedAt, try isDay(path, in: folder),
      try archive.differs(item.spooled, in: folder)
    {
      entry.versions = try folders.open("\(path.folder)/\(VersionName.folder)", archive, root)
      try archive.keep(
        path.file, of: path, fetchedAt: fetchedAt, in: folder, versions: entry.versions)
    }
  }

  /// Nothing is deleted: what was altered may be all that somebody has.
  private func putDamagedAside(_ entry: PersistEntry) throws(ArchiveFailure) {
    let path = entry.item.spooled.path
    guard entry.item.replacesDamaged, !entry.item.asVersion, let folder = entry.folder,
      try isDay(path, in: folder), try archive.differs(entry.item.spooled, in: folder)
    else { return }
    try ArchiveFailure.translating { () throws(SystemError) in
      _ = try archive.quarantine(
        path.file, in: folder, account: path.account, stream: path.stream, root: root)
    }
  }

  private func rename(_ entry: PersistEntry) throws(ArchiveFailure) {
    guard let folder = entry.folder else { return }
    let spooled = entry.item.spooled
    let isVersion = entry.item.asVersion
    if !isVersion { _ = try isDay(spooled.path, in: folder) }
    try ArchiveFailure.translating { () throws(SystemError) in
      if isVersion {
        try operations.remove(folder, spooled.temporary)
      } else {
        try operations.rename(folder, spooled.temporary, to: folder, spooled.path.file)
      }
      if let old = entry.otherKind { try operations.remove(folder, old) }
    }
  }

  /// Whether the day has a file already. Anything but a file in its place is an obstruction.
  private func isDay(_ path: DayPath, in folder: Descriptor) throws(ArchiveFailure) -> Bool {
    let found = try ArchiveFailure.translating { () throws(SystemError) in
      try operations.status(folder, path.file)
    }
    guard let found else { return false }
    guard found.kind == .file else {
      throw .obstructed("\(folder.child(path.file)): something that is no file is in its place")
    }
    return true
  }

  /// One fsync for each folder in the order of the entries; its failure is that of all its entries.
  private mutating func syncFolders(_ folder: (PersistEntry) -> Descriptor?) {
    var done: [String: ArchiveFailure?] = [:]
    for index in entries.indices where entries[index].failure == nil {
      guard let at = folder(entries[index]) else { continue }
      if done[at.path] == nil { done[at.path] = .some(sync(at)) }
      entries[index].failure = done[at.path] ?? nil
    }
  }

  private func sync(_ folder: Descriptor) -> ArchiveFailure? {
    do {
      try operations.syncFolder(folder)
      return nil
    } catch {
      return ArchiveFailure(error)
    }
  }
}

/// One item on its way.
struct PersistEntry {
  let item: PersistItem
  var folder: Descriptor?
  var versions: Descriptor?
  /// The file of another kind that the day was until now; its version is kept.
  var otherKind: String?
  var failure: ArchiveFailure?

  init(_ item: PersistItem) { self.item = item }

  func outcome(_ archive: Archive, _ root: Descriptor) -> PersistOutcome {
    let names = (item.parts + [item.spooled]).map(\.temporary)
    defer { for name in names { archive.spools.end(name) } }
    guard let failure else { return PersistOutcome(id: item.id, result: .success(())) }
    for name in names {
      if let folder { try? archive.operations.remove(folder, name) }
    }
    return PersistOutcome(id: item.id, result: .failure(failure))
  }
}

/// The folders that a batch has open, each once.
struct FolderTable {
  private var open: [String: Descriptor] = [:]

  mutating func open(
    _ path: String, _ archive: Archive, _ root: Descriptor
  ) throws(ArchiveFailure) -> Descriptor {
    if let folder = open[path] { return folder }
    let folder = try ArchiveFailure.translating { () throws(SystemError) in
      try archive.folder(path, below: root)
    }
    open[path] = folder
    return folder
  }
}

extension Archive {
  /// Puts spooled bodies under their names, durably; one outcome for each item, in order. Whatever
  /// becomes of an item, its temporary file is gone afterwards. It waits for the disk: not for the
  /// engine's queue.
  public func persist(_ items: [PersistItem]) -> [PersistOutcome] {
    var outcomes: [PersistOutcome] = []
    var rest = items[...]
    while !rest.isEmpty {
      // Two descriptors for each folder and one for each file are open at once.
      outcomes += persist(batch: Array(rest.prefix(Limits.persistBatch)))
      rest = rest.dropFirst(Limits.persistBatch)
    }
    return outcomes
  }

  private func persist(batch items: [PersistItem]) -> [PersistOutcome] {
    do throws(ArchiveFailure) {
      var batch = PersistBatch(self, root: try opened(), items)
      return batch.run()
    } catch {
      for item in items { for file in item.parts + [item.spooled] { discard(file) } }
      return items.map { PersistOutcome(id: $0.id, result: .failure(error)) }
    }
  }
}
