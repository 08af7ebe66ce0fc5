import DaybookCore
import Glibc

/// The file `.daybook` at the top of an archive. It names the ledger the archive belongs to.
enum Marker {
  static let name = ".daybook"
  private static let key = "ledger: "

  static func text(_ ledgerID: String) -> String {
    """
    This folder is a Daybook archive. Keep this file: without it nothing is written here.
    \(key)\(ledgerID)

    """
  }

  /// The ledger's id; nil when there is no marker.
  /// - Throws: `.failed` when the file is none of ours.
  static func read(
    _ root: Descriptor, _ operations: FileOperations
  ) throws(ArchiveFailure) -> String? {
    let bytes = try ArchiveFailure.translating { () throws(SystemError) in
      try operations.contents(root, name, limit: 1_024)
    }
    guard let bytes else { return nil }
    guard let id = ledgerID(String(decoding: bytes, as: UTF8.self)) else {
      throw .failed("\(name): not written by Daybook; move it away if the archive is to be here")
    }
    return id
  }

  static func ledgerID(_ text: String) -> String? {
    for line in text.split(separator: "\n") where line.hasPrefix(key) {
      let id = String(line.dropFirst(key.count))
      return Name.isValid(id) ? id : nil
    }
    return nil
  }
}

extension Archive {
  /// The id of the ledger that the archive at this path belongs to: what a lost ledger must take up
  /// again. Nil when there is no marker, or no folder.
  public static func readMarker(root: String) throws(ArchiveFailure) -> String? {
    let operations = FileOperations()
    guard let folder = try openRoot(root, operations) else { return nil }
    return try Marker.read(folder, operations)
  }

  /// Makes the folder if need be and, when it is empty, the marker in it.
  func makeMarker() throws(ArchiveFailure) {
    let root = try openOrMakeRoot()
    guard try Marker.read(root, operations) == nil else { return }
    try ArchiveFailure.translating { () throws(SystemError) in
      let leftovers = try operations.names(root).filter { !isNothing($0) }
      guard leftovers.isEmpty else { return }
      try writeMarker(root)
    }
  }

  // A file system of its own brings `lost+found`; a kill leaves a marker half made.
  private func isNothing(_ name: String) -> Bool {
    name == "lost+found" || TemporaryName.finalName(name) == Marker.name
  }

  private func writeMarker(_ root: Descriptor) throws(SystemError) {
    let temporary = temporaryName(for: Marker.name)
    let file = try operations.createFile(root, temporary)
    let bytes = Array(Marker.text(ledgerID).utf8)
    do {
      try operations.write(file, bytes)
      try operations.setMode(file, 0o640)
      try operations.syncFile(file)
      try operations.close(file)
      try operations.rename(root, temporary, to: root, Marker.name)
    } catch {
      try? operations.remove(root, temporary)
      throw error
    }
    try operations.syncFolder(root)
  }

  private func openOrMakeRoot() throws(ArchiveFailure) -> Descriptor {
    if let root = try Archive.openRoot(path, operations) { return root }
    try ArchiveFailure.translating { () throws(SystemError) in
      try operations.makeRoot(path)
    }
    guard let root = try Archive.openRoot(path, operations) else {
      throw .away("\(path): no such folder")
    }
    try ArchiveFailure.translating { () throws(SystemError) in
      try operations.setMode(root, 0o750)
    }
    return root
  }
}
