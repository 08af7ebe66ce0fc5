import DaybookCore
import Glibc

extension Archive {
  /// Gives the file a second name in `versions/`. A version of this time with the same content is
  /// it already; with other content the name gets a number.
  func keep(
    _ name: String, of path: DayPath, fetchedAt: Instant, in folder: Descriptor,
    versions: Descriptor?
  ) throws(ArchiveFailure) {
    guard let versions else { return }
    for copy in 1...Limits.versionsOfOneSecond {
      let version = VersionName.make(path, fetchedAt: fetchedAt, copy: copy)
      let kept = try ArchiveFailure.translating { () throws(SystemError) in
        try keep(name, in: folder, as: version, in: versions)
      }
      if kept { return }
    }
    throw .failed("\(versions.path): too many versions of \(path.day) of one second")
  }

  /// Whether the day's file is another read than the spooled one. It is the same when a process
  /// before us was killed between the rename and the row.
  func differs(_ spooled: Spooled, in folder: Descriptor) throws(ArchiveFailure) -> Bool {
    try ArchiveFailure.translating { () throws(SystemError) in
      let (file, status) = try operations.openRegular(folder, spooled.path.file)
      guard status.size == spooled.size else { return true }
      return try operations.digest(file) != spooled.sha256
    }
  }

  /// False when the name is taken by other content.
  private func keep(
    _ name: String, in folder: Descriptor, as version: String, in versions: Descriptor
  ) throws(SystemError) -> Bool {
    do {
      try operations.link(folder, name, to: versions, version)
      return true
    } catch {
      switch error.code {
      case EEXIST: return try isSame(name, in: folder, version, in: versions)
      // vfat, exfat and some network file systems have no second names.
      case EPERM, EOPNOTSUPP, ENOSYS, EMLINK:
        return try copy(name, in: folder, to: version, in: versions)
      default: throw error
      }
    }
  }

  private func isSame(
    _ name: String, in folder: Descriptor, _ other: String, in versions: Descriptor
  ) throws(SystemError) -> Bool {
    guard try operations.status(versions, other)?.kind == .file else { return false }
    let (a, first) = try operations.openRegular(folder, name)
    let (b, second) = try operations.openRegular(versions, other)
    if first.isSameFile(second) { return true }
    guard first.size == second.size else { return false }
    return try operations.digest(a) == operations.digest(b)
  }

  private func copy(
    _ name: String, in folder: Descriptor, to version: String, in versions: Descriptor
  ) throws(SystemError) -> Bool {
    if try operations.status(versions, version) != nil {
      return try isSame(name, in: folder, version, in: versions)
    }
    let (source, status) = try operations.openRegular(folder, name)
    let temporary = temporaryName(for: version)
    spools.begin(temporary)
    defer { spools.end(temporary) }
    let target = try operations.createFile(versions, temporary)
    do {
      try operations.forEachChunk(source) { bytes throws(SystemError) in
        try operations.write(target, bytes)
      }
      try operations.setMode(target, 0o640)
      try operations.setTime(target, status.modified)
      try operations.syncFile(target)
      try operations.close(target)
      try operations.rename(versions, temporary, to: versions, version)
    } catch {
      try? operations.remove(versions, temporary)
      throw error
    }
    return true
  }
}
