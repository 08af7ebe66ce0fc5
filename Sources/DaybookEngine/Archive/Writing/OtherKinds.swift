import DaybookCore

/// A provider file may say one day that the days of a stream are of another kind: XML instead of
/// JSON, or with parts. What was stored of a day before would then stand beside it for ever.
extension PersistBatch {
  private static let kinds = ["json", "xml", Each.fileExtension]

  /// The day as it was, of another kind, becomes a version.
  mutating func keepOtherKind(_ entry: inout PersistEntry) throws(ArchiveFailure) {
    let path = entry.item.spooled.path
    guard let folder = entry.folder, let old = entry.item.replaces, !entry.item.asVersion else {
      return
    }
    for kind in Self.kinds where kind != path.fileExtension {
      var other = path
      other.fileExtension = kind
      // Something else that happens to have such a name is nobody's day.
      guard try size(other.file, in: folder) == old.size else { continue }
      let versions = try folders.open("\(path.folder)/\(VersionName.folder)", archive, root)
      try archive.keep(
        other.file, of: other, fetchedAt: old.fetchedAt, in: folder, versions: versions)
      entry.versions = versions
      entry.otherKind = other.file
      return
    }
  }

  private func size(_ name: String, in folder: Descriptor) throws(ArchiveFailure) -> Int64? {
    try ArchiveFailure.translating { () throws(SystemError) in
      let status = try operations.status(folder, name)
      return status?.kind == .file ? status?.size : nil
    }
  }
}
