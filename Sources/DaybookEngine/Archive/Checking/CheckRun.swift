import DaybookCore
import Glibc

/// One ``CheckJob`` at work: every month of the year is listed, each name is one of a few kinds,
/// and the rows that met no file are missing at the end.
struct CheckRun {
  let archive: Archive
  let job: CheckJob
  let root: Descriptor
  var result: CheckResult
  private let rows: [Day: CheckRow]
  private var met: Set<Day> = []
  var operations: FileOperations { archive.operations }

  init(_ archive: Archive, _ job: CheckJob, root: Descriptor) {
    self.archive = archive
    self.job = job
    self.root = root
    self.result = CheckResult(id: job.id)
    self.rows = Dictionary(job.rows.map { ($0.day, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func run() throws(SystemError) {
    if let year = try openYear() {
      for name in try operations.names(year) {
        guard let month = FolderNumber.month(name) else {
          try otherName(name, in: year)
          continue
        }
        try check(operations.openFolder(year, name), month: month)
      }
    }
    for row in job.rows where !met.contains(row.day) { reportMissing(row.day) }
  }

  private func openYear() throws(SystemError) -> Descriptor? {
    let year = padded(job.year, 4)
    do {
      return try operations.openFolder(root, "\(job.account)/\(job.stream)/\(year)")
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
  }

  // MARK: One month

  private mutating func check(_ folder: Descriptor, month: Int) throws(SystemError) {
    // A day may stand there with several extensions, one after the other; a row speaks of one.
    var files: [(day: Day, names: [String])] = []
    for name in try operations.names(folder) where name != VersionName.folder {
      guard let found = DayName(name), found.day.civil.year == job.year,
        found.day.civil.month == month
      else {
        // Parts are the affair of the days that list them; those of earlier reads stay.
        if PartName(name) == nil { try otherName(name, in: folder) }
        continue
      }
      if files.last?.day == found.day {
        files[files.count - 1].names.append(name)
      } else {
        files.append((found.day, [name]))
      }
    }
    let before = result.adopted.count
    for file in files { try check(file.day, file.names, in: folder) }
    guard result.adopted.count > before else { return }
    // The rows that will claim them come after their names are durable, and those of their folders.
    _ = try archive.folder(folder.path, below: root)
    try operations.syncFolder(folder)
  }

  private mutating func check(
    _ day: Day, _ names: [String], in folder: Descriptor
  ) throws(SystemError) {
    // Whatever is there now, an answer may put something else in its place at any moment.
    if job.busyDays.contains(day) { return }
    guard let row = rows[day] else {
      for name in names { try checkUnknown(day, name, in: folder) }
      return
    }
    met.insert(day)
    let chosen = try fitting(names, row, in: folder)
    for name in names {
      if name == chosen {
        try compare(row, name, in: folder)
      } else {
        report(folder.child(name), .unknown, "left alone: the day has another file")
      }
    }
  }

  /// The file of the row's size, or else the first.
  private func fitting(
    _ names: [String], _ row: CheckRow, in folder: Descriptor
  ) throws(SystemError) -> String? {
    // The usual day is looked at once.
    guard names.count > 1 else { return names.first }
    for name in names {
      guard let status = try operations.status(folder, name) else { continue }
      if status.kind == .file && status.size == row.size { return name }
    }
    return names.first
  }

  // MARK: Names that are no day

  private mutating func otherName(_ name: String, in folder: Descriptor) throws(SystemError) {
    guard TemporaryName.finalName(name) != nil else {
      report(folder.child(name), .unknown, "left alone: not a name of the archive")
      return
    }
    if job.busy.contains(name) || archive.spools.contains(name) { return }
    // Its own call may have ended since the folder was listed.
    guard try operations.status(folder, name) != nil else { return }
    guard job.repair else {
      report(folder.child(name), .temporary, "run: daybook verify \(job.account) --repair")
      return
    }
    do { try operations.remove(folder, name) } catch {
      if error.code == ENOENT { return }
      throw error
    }
    report(folder.child(name), .temporary, "removed")
  }

  // MARK: Findings

  mutating func report(_ path: String, _ what: Finding.What, _ action: String) {
    result.findings.append(Finding(path: path, what: what, action: action))
  }

  mutating func reportDamage(_ day: Day, _ path: String, _ what: Finding.What, _ why: String) {
    let ask = "daybook resync \(job.account) --stream \(job.stream) --from \(day) --to \(day)"
    report(path, what, "\(why); to ask for it again: \(ask)")
    result.damaged.append(day)
  }

  private mutating func reportMissing(_ day: Day) {
    // The row does not say which extension its file had.
    let path = DayPath(account: job.account, stream: job.stream, day: day)
    reportDamage(day, "\(path.folder)/\(day)", .missing, "gone")
  }
}
