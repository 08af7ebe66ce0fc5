import DaybookCore
import Glibc

/// A body on its way into a temporary file in the folder of its day. Used by one thread at a time;
/// what is not finished removes itself.
public final class SpoolWriter {
  public let path: DayPath
  /// Name of the temporary file.
  public let temporary: String
  /// Bytes written so far.
  public private(set) var size: Int64 = 0

  private let archive: Archive
  private let folder: Descriptor
  private let file: Descriptor
  private let hash = SHA256()
  private var isOpen = true

  init(_ archive: Archive, _ path: DayPath, below root: Descriptor) throws(ArchiveFailure) {
    let folder = try archive.dayFolder(path, below: root)
    let temporary = archive.temporaryName(for: path.file)
    archive.spools.begin(temporary)
    do {
      self.file = try archive.operations.createFile(folder, temporary)
    } catch {
      archive.spools.end(temporary)
      throw ArchiveFailure(error)
    }
    self.archive = archive
    self.path = path
    self.folder = folder
    self.temporary = temporary
  }

  deinit { abandon() }

  /// Appends. After an error the file is gone.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveFailure) {
    precondition(isOpen, "written to a spool that has ended")
    do {
      try archive.operations.write(file, bytes)
    } catch {
      abandon()
      throw ArchiveFailure(error)
    }
    hash.update(bytes)
    size += Int64(bytes.count)
  }

  /// Ends the file: all written, not yet synced. It is then ``Archive/persist(_:)``'s or
  /// ``Archive/discard(_:)``'s.
  public func finish() throws(ArchiveFailure) -> Spooled {
    precondition(isOpen, "finished a spool that has ended")
    do {
      try archive.operations.setMode(file, 0o640)
      if !archive.spools.keep(temporary, file) { try archive.operations.close(file) }
    } catch {
      abandon()
      throw ArchiveFailure(error)
    }
    isOpen = false
    return Spooled(path: path, temporary: temporary, size: size, sha256: hash.finish())
  }

  /// Removes the file. Does nothing after the end.
  public func abandon() {
    guard isOpen else { return }
    isOpen = false
    // Its blocks are free only when it is closed too.
    file.drop()
    // What cannot be removed now is swept at the next start.
    try? archive.operations.remove(folder, temporary)
    archive.spools.end(temporary)
  }
}

extension Archive {
  /// Begins a temporary file for a day, with its folders.
  public func openSpool(for path: DayPath) throws(ArchiveFailure) -> SpoolWriter {
    try SpoolWriter(self, path, below: opened())
  }

  /// Removes a temporary file that is not wanted. A failure shows at the next start, as a leftover.
  public func discard(_ spooled: Spooled) {
    defer { spools.end(spooled.temporary) }
    guard let root = try? opened(),
      let folder = try? operations.openFolder(root, spooled.path.folder)
    else { return }
    try? operations.remove(folder, spooled.temporary)
  }

  /// The temporary file: still open from the writing, or opened again.
  func file(of spooled: Spooled, in folder: Descriptor) throws(SystemError) -> Descriptor {
    if let file = spools.take(spooled.temporary) { return file }
    return try operations.openRegular(folder, spooled.temporary).0
  }
}
