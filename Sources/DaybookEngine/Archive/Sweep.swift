import DaybookCore
import Glibc

extension Archive {
  /// Removes what interrupted writes have left in the whole archive, at start-up. Files that this
  /// process has in hand, and those named in `busy`, stay. Returns how many were removed.
  ///
  /// It lists every folder (about 0.1 s for 40,000 files): on a thread that may wait.
  public func sweepTemporaries(busy: Set<String> = []) throws(ArchiveFailure) -> Int {
    let root = try opened()
    return try ArchiveFailure.translating { () throws(SystemError) in
      var removed = try sweep(root, busy)
      for account in try folders(root, "") where Name.isValid(account) {
        for stream in try folders(root, account) where Name.isValid(stream) {
          removed += try sweep(stream: "\(account)/\(stream)", root, busy)
        }
      }
      return removed
    }
  }

  private func sweep(
    stream: String, _ root: Descriptor, _ busy: Set<String>
  ) throws(SystemError) -> Int {
    var removed = 0
    for year in try folders(root, stream) where FolderNumber.year(year) != nil {
      for month in try folders(root, "\(stream)/\(year)") where FolderNumber.month(month) != nil {
        let path = "\(stream)/\(year)/\(month)"
        removed += try sweep(operations.openFolder(root, path), busy)
        removed += try sweepVersions("\(path)/\(VersionName.folder)", root, busy)
      }
    }
    return removed
  }

  private func sweepVersions(
    _ path: String, _ root: Descriptor, _ busy: Set<String>
  ) throws(SystemError) -> Int {
    do {
      return try sweep(operations.openFolder(root, path), busy)
    } catch {
      if error.code == ENOENT { return 0 }
      throw error
    }
  }

  private func sweep(_ folder: Descriptor, _ busy: Set<String>) throws(SystemError) -> Int {
    var removed = 0
    for name in try operations.names(folder) where TemporaryName.finalName(name) != nil {
      if busy.contains(name) || spools.contains(name) { continue }
      do {
        try operations.remove(folder, name)
        removed += 1
      } catch {
        if error.code != ENOENT { throw error }
      }
    }
    return removed
  }
}
