import DaybookCore
import Glibc

extension CheckRun {
  /// A file against its row.
  mutating func compare(
    _ row: CheckRow, _ name: String, in folder: Descriptor
  ) throws(SystemError) {
    result.checked += 1
    let path = folder.child(name)
    guard let status = try operations.status(folder, name) else {
      return reportDamage(row.day, path, .missing, "gone")
    }
    guard status.kind == .file else {
      let moved = job.repair ? ", moved to \(try quarantine(name, in: folder))" : ""
      return reportDamage(row.day, path, .missing, "in its place is no file" + moved)
    }
    if let damage = try difference(row, name, status, in: folder) {
      if try adoptLater(row, name, status, in: folder) { return }
      return reportDamage(row.day, path, damage.what, damage.why)
    }
    guard let part = try damagedPart(of: row.day, name, in: folder, deep: job.deep) else { return }
    reportDamage(row.day, folder.child(part.name), part.what, part.why)
  }

  /// What is wrong with a file; nil: nothing. One that was touched since it was stored is read even
  /// where sizes are enough.
  private func difference(
    _ row: CheckRow, _ name: String, _ status: FileStatus, in folder: Descriptor
  ) throws(SystemError) -> (what: Finding.What, why: String)? {
    guard status.size == row.size else {
      return (.size, "\(status.size) bytes, \(row.size) were stored")
    }
    let isUntouched = FileTime.isUntouched(status.modified, row.sha256, fetchedAt: row.fetchedAt)
    guard job.deep || !isUntouched else { return nil }
    return switch try digest(name, in: folder) {
    case row.sha256?: nil
    case nil: (.hash, "cannot be read")
    case _?: (.hash, "altered")
    }
  }

  /// A whole file with the time of a later fetch is what the process was about to settle when it
  /// ended; see ``FileTime``.
  private mutating func adoptLater(
    _ row: CheckRow, _ name: String, _ status: FileStatus, in folder: Descriptor
  ) throws(SystemError) -> Bool {
    guard job.repair, status.modified.seconds >= row.fetchedAt.seconds,
      DayName(name)?.fileExtension == job.fileExtension
    else { return false }
    let found = try scan(name, in: folder, row.day)
    guard found.scan.fault == nil,
      FileTime.isLater(status.modified, found.sha256, than: row.fetchedAt),
      try damagedPart(of: row.day, name, in: folder, deep: true) == nil
    else { return false }
    result.adopted.append(found)
    report(folder.child(name), .unknown, "a later read, adopted")
    return true
  }

  /// Nil when the disk cannot give the bytes back.
  func digest(_ name: String, in folder: Descriptor) throws(SystemError) -> Digest? {
    do {
      return try operations.digest(operations.openRegular(folder, name).0)
    } catch {
      if error.code == EIO { return nil }
      throw error
    }
  }

  /// A file under a day's name that no row speaks of.
  mutating func checkUnknown(
    _ day: Day, _ name: String, in folder: Descriptor
  ) throws(SystemError) {
    result.checked += 1
    let path = folder.child(name)
    // It stays damaged, however whole it looks, until it is read again or is what it was.
    if let stored = job.damaged[day], let status = try operations.status(folder, name),
      status.kind == .file, try digest(name, in: folder) != stored
    {
      return report(path, .hash, "altered; the day is asked again")
    }
    guard job.repair else {
      let run = "run: daybook verify \(job.account) --repair"
      return report(path, .unknown, run)
    }
    guard let status = try operations.status(folder, name) else { return }
    guard status.kind == .file else {
      return report(path, .invalid, "no file, moved to \(try quarantine(name, in: folder))")
    }
    let kind = job.fileExtension
    guard DayName(name)?.fileExtension == kind else {
      return report(path, .unknown, "left alone: the days of this stream are .\(kind) files")
    }
    let found = try scan(name, in: folder, day)
    let part = try damagedPart(of: day, name, in: folder, deep: true)
    guard let fault = found.scan.fault?.description ?? part.map({ "\($0.name): \($0.why)" }) else {
      result.adopted.append(found)
      return report(path, .unknown, "adopted")
    }
    report(path, .invalid, "\(fault), moved to \(try quarantine(name, in: folder))")
  }

  private func scan(
    _ name: String, in folder: Descriptor, _ day: Day
  ) throws(SystemError) -> AdoptedDay {
    let (file, status) = try operations.openRegular(folder, name)
    let scanner = BodyScanner(job.plan)
    let hash = SHA256()
    var size: Int64 = 0
    try operations.forEachChunk(file) { bytes throws(SystemError) in
      scanner.feed(bytes)
      hash.update(bytes)
      size += Int64(bytes.count)
    }
    // Whoever put it there may not have done so.
    try operations.syncFile(file)
    return AdoptedDay(
      day: day, size: size, sha256: hash.finish(), scan: scanner.finish(),
      fetchedAt: Instant(seconds: status.modified.seconds))
  }

  private func quarantine(_ name: String, in folder: Descriptor) throws(SystemError) -> String {
    try archive.quarantine(
      name, in: folder, account: job.account, stream: job.stream, root: root)
  }
}

extension Archive {
  /// Compares the files of one stream and year with what the ledger says of them.
  ///
  /// Days may be stored while it runs: what it says of a day whose row has changed since the job
  /// was made is out of date. With a failure, nothing is said of what was not looked at.
  public func check(_ job: CheckJob) -> CheckResult {
    do throws(ArchiveFailure) {
      let root = try opened()
      var run = CheckRun(self, job, root: root)
      do throws(SystemError) { try run.run() } catch {
        run.result.failure = ArchiveFailure(error)
      }
      // A disk that went away meanwhile makes everything look damaged.
      if !run.result.damaged.isEmpty { _ = try opened() }
      if job.lists {
        run.result.sums = try sha256sums(
          account: job.account, stream: job.stream, year: job.year, days: false)
      }
      return run.result
    } catch {
      var result = CheckResult(id: job.id)
      result.failure = error
      return result
    }
  }
}
