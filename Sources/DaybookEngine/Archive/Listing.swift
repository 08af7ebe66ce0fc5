import DaybookCore
import Glibc

extension Archive {
  /// Names of the accounts that have a folder, sorted.
  public func accounts() throws(ArchiveFailure) -> [String] {
    try folders("").filter { Name.isValid($0) && $0 != Quarantine.folder }
  }

  /// Names of an account's streams that have a folder, sorted.
  public func streams(account: String) throws(ArchiveFailure) -> [String] {
    precondition(Name.isValid(account))
    return try folders(account).filter { Name.isValid($0) }
  }

  /// Years of a stream that have a folder, ascending.
  public func years(account: String, stream: String) throws(ArchiveFailure) -> [Int] {
    precondition(Name.isValid(account) && Name.isValid(stream))
    return try folders("\(account)/\(stream)").compactMap { FolderNumber.year($0) }
  }

  /// The files of a stream and year, versions and parts too, one line each as sha256sum(1) writes and
  /// checks them: 64 hexadecimal digits, two spaces, the path below the archive. Without `days` those
  /// that hold a day are left out.
  public func sha256sums(
    account: String, stream: String, year: Int, days: Bool = true
  ) throws(ArchiveFailure) -> [String] {
    precondition(Name.isValid(account) && Name.isValid(stream))
    let root = try opened()
    let path = "\(account)/\(stream)/\(padded(year, 4))"
    return try ArchiveFailure.translating { () throws(SystemError) in
      var lines: [String] = []
      for month in try folders(root, path) where FolderNumber.month(month) != nil {
        lines += try sums(operations.openFolder(root, "\(path)/\(month)"), days)
      }
      return lines
    }
  }

  private func sums(_ folder: Descriptor, _ days: Bool) throws(SystemError) -> [String] {
    var lines: [String] = []
    for name in try operations.names(folder)
    where TemporaryName.finalName(name) == nil && (days || DayName(name) == nil) {
      switch try operations.status(folder, name)?.kind {
      case .file?:
        let digest = try operations.digest(operations.openRegular(folder, name).0)
        lines.append("\(digest)  \(folder.child(name))")
      case .folder? where name == VersionName.folder:
        lines += try sums(operations.openFolder(folder, name), true)
      case .folder?, .other?, nil: break
      }
    }
    return lines
  }

  private func folders(_ path: String) throws(ArchiveFailure) -> [String] {
    let root = try opened()
    return try ArchiveFailure.translating { () throws(SystemError) in try folders(root, path) }
  }

  /// Names of the folders in a folder, sorted; none when it is not there.
  func folders(_ root: Descriptor, _ path: String) throws(SystemError) -> [String] {
    let folder: Descriptor
    do {
      folder = path.isEmpty ? root : try operations.openFolder(root, path)
    } catch {
      if error.code == ENOENT { return [] }
      throw error
    }
    var found: [String] = []
    for name in try operations.names(folder)
    where try operations.status(folder, name)?.kind == .folder {
      found.append(name)
    }
    return found
  }
}
