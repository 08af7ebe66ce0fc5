import DaybookCore
import Glibc

/// A file that a day's file names, and that is not as it should be.
struct DamagedPart {
  var name: String
  var what: Finding.What
  var why: String
}

extension CheckRun {
  private static let plan = ScanPlan(
    capture: ["file", "size", "sha256"].map {
      JSONPointer(segments: [.key("parts"), .every, .key($0)])
    })

  /// The first part of a day that is gone or altered; nil: all are whole, or the day has none.
  func damagedPart(of day: Day, _ name: String, in folder: Descriptor, deep: Bool)
    throws(SystemError) -> DamagedPart?
  {
    guard DayName(name)?.fileExtension == Each.fileExtension else { return nil }
    let scanner = JSONScanner(Self.plan)
    try operations.forEachChunk(operations.openRegular(folder, name).0) { scanner.feed($0) }
    let found = scanner.finish().captured
    guard found[0].count == found[1].count, found[0].count == found[2].count else {
      return DamagedPart(name: name, what: .hash, why: "its list of parts is not whole")
    }
    for i in found[0].indices {
      let part = found[0][i].text
      // What a list says becomes a path only when it is a name that we give.
      guard PartName(part)?.day == day else {
        return DamagedPart(name: name, what: .hash, why: "it lists what is no part of it")
      }
      if let damage = try compare(part, found[1][i].text, found[2][i].text, in: folder, deep) {
        return damage
      }
    }
    return nil
  }

  private func compare(
    _ part: String, _ size: String, _ sha256: String, in folder: Descriptor, _ deep: Bool
  ) throws(SystemError) -> DamagedPart? {
    guard let status = try operations.status(folder, part), status.kind == .file else {
      return DamagedPart(name: part, what: .missing, why: "gone")
    }
    guard "\(status.size)" == size else {
      return DamagedPart(
        name: part, what: .size, why: "\(status.size) bytes, \(size) were stored")
    }
    guard deep else { return nil }
    let digest = try digest(part, in: folder)
    if let digest, "\(digest)" == sha256 { return nil }
    return DamagedPart(
      name: part, what: .hash, why: digest == nil ? "cannot be read" : "altered")
  }
}
