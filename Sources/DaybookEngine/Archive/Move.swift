import DaybookCore
import Glibc

extension Archive {
  /// Gives an account's folder another name. Done again it does nothing, so that it may follow a
  /// kill; an account without a folder is fine.
  /// - Throws: `.obstructed` when both names have a folder.
  public func moveAccount(from old: String, to new: String) throws(ArchiveFailure) {
    precondition(Name.isValid(old) && Name.isValid(new))
    try refuseReserved(old)
    try refuseReserved(new)
    let root = try opened()
    let hasOld = try hasFolder(old, root)
    let hasNew = try hasFolder(new, root)
    if hasOld && hasNew {
      throw .obstructed("\(new): there is such a folder already; \(old) was not renamed")
    }
    try ArchiveFailure.translating { () throws(SystemError) in
      if hasOld { try operations.rename(root, old, to: root, new) }
      // Also when a process before us was killed between the two.
      if hasOld || hasNew { try operations.syncFolder(root) }
    }
    durable.withLock { $0.removeAll() }
  }

  private func hasFolder(_ name: String, _ root: Descriptor) throws(ArchiveFailure) -> Bool {
    let status = try ArchiveFailure.translating { () throws(SystemError) in
      try operations.status(root, name)
    }
    guard let status else { return false }
    guard status.kind == .folder else { throw .obstructed("\(name): is not a folder") }
    return true
  }
}
