import DaybookCore

extension PersistBatch {
  /// Parts get their names before the day that names them. One that is there already has the same
  /// bytes, or is damaged: what has just come is put in its place.
  func renameParts(_ entry: PersistEntry) throws(ArchiveFailure) {
    guard let folder = entry.folder else { return }
    try ArchiveFailure.translating { () throws(SystemError) in
      for part in entry.item.parts {
        try operations.rename(folder, part.temporary, to: folder, PartName.make(part))
      }
    }
  }
}
