import DaybookCore
import Glibc

extension Archive {
  /// Opens a folder below the archive, making what is missing of it. Its name and its parents' are
  /// durable when this returns: whichever this process sees for the first time, made now or by a
  /// process that was killed, has its parent synced once.
  func folder(_ path: String, below root: Descriptor) throws(SystemError) -> Descriptor {
    if isDurable(path) {
      do { return try operations.openFolder(root, path) } catch {
        if error.code != ENOENT { throw error }
      }
    }
    var at = root
    for name in path.split(separator: "/") { at = try step(into: String(name), from: at) }
    return at
  }

  private func step(into name: String, from parent: Descriptor) throws(SystemError) -> Descriptor {
    let (folder, isNew) = try openOrMake(name, in: parent)
    if isNew || !isDurable(folder.path) {
      try operations.syncFolder(parent)
      remember(folder.path)
    }
    return folder
  }

  private func openOrMake(
    _ name: String, in parent: Descriptor
  ) throws(SystemError) -> (Descriptor, isNew: Bool) {
    do { return (try operations.openFolder(parent, name), false) } catch {
      if error.code != ENOENT { throw error }
    }
    do { return (try operations.makeFolder(parent, name), true) } catch {
      // Another thread was faster.
      if error.code != EEXIST { throw error }
      return (try operations.openFolder(parent, name), true)
    }
  }

  private func isDurable(_ path: String) -> Bool { durable.withLock { $0.contains(path) } }

  private func remember(_ path: String) {
    durable.withLock { known in
      // Forgetting costs a few syncs.
      if known.count >= Limits.durableFolders { known.removeAll() }
      known.insert(path)
    }
  }

  /// The folder of a day, made if need be.
  func dayFolder(_ path: DayPath, below root: Descriptor) throws(ArchiveFailure) -> Descriptor {
    try refuseReserved(path.account)
    return try ArchiveFailure.translating { () throws(SystemError) in
      try folder(path.folder, below: root)
    }
  }

  func refuseReserved(_ account: String) throws(ArchiveFailure) {
    guard account != Quarantine.folder else {
      throw .obstructed("an account cannot be named \(account): the archive uses that folder")
    }
  }
}
