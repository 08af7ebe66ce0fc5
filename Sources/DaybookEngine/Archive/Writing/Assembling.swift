import DaybookCore
import Glibc

/// Puts days together out of the bytes of spooled answers. Each becomes a JSON array of its pieces,
/// byte for byte as they came, in a temporary file of its own.
struct Assembling {
  private let archive: Archive
  private let job: AssembleJob
  private let root: Descriptor
  private var operations: FileOperations { archive.operations }

  init(_ archive: Archive, root: Descriptor, _ job: AssembleJob) {
    precondition(!job.sources.isEmpty && job.days.count == job.pieces.count, "a job that is none")
    self.archive = archive
    self.root = root
    self.job = job
  }

  func run() throws(ArchiveFailure) -> [AssembledDay] {
    let sources = try open()
    var out: [AssembledDay] = []
    do throws(ArchiveFailure) {
      for (i, day) in job.days.enumerated() {
        out.append(try assemble(day, job.pieces[i], job.parts?[i], sources))
      }
    } catch {
      for day in out { archive.discard(day.spooled) }
      throw error
    }
    return out
  }

  private func open() throws(ArchiveFailure) -> [Descriptor] {
    try ArchiveFailure.translating { () throws(SystemError) in
      var files: [Descriptor] = []
      for source in job.sources {
        let folder = try operations.openFolder(root, source.path.folder)
        files.append(try operations.openRegular(folder, source.temporary).0)
      }
      return files
    }
  }

  private func assemble(
    _ day: Day, _ pieces: [DayCutter.Piece], _ parts: [AssemblePart]?, _ sources: [Descriptor]
  ) throws(ArchiveFailure) -> AssembledDay {
    var path = job.sources[0].path
    path.day = day
    if parts != nil { path.fileExtension = Each.fileExtension }
    let writer = try SpoolWriter(archive, path, below: root)
    let scanner = JSONScanner(job.plan)
    func put(_ bytes: UnsafeRawBufferPointer) throws(ArchiveFailure) {
      try writer.write(bytes)
      scanner.feed(bytes)
    }
    func put(_ text: StaticString) throws(ArchiveFailure) {
      try put(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    if parts != nil { try put("{\"list\":") }
    try put("[")
    for (i, piece) in pieces.enumerated() {
      if i > 0 { try put(",") }
      try copy(piece, sources[piece.source], put)
    }
    try put("]")
    if let parts {
      try put(",\"parts\":")
      let list = JSONValue.array(parts.map(Assembling.entry)).encoded
      let written = list.withUnsafeBytes { bytes in
        Result { () throws(ArchiveFailure) in try put(bytes) }
      }
      try written.get()
      try put("}")
    }
    return AssembledDay(spooled: try writer.finish(), scan: scanner.finish())
  }

  /// A part as the day's file lists it. One without a file is listed too: it was asked for.
  private static func entry(_ part: AssemblePart) -> JSONValue {
    var members = [
      JSONMember("item", .string(part.item)), JSONMember("name", .string(part.name)),
    ]
    if let file = part.spooled {
      members.append(JSONMember("file", .string(PartName.make(file))))
      members.append(JSONMember("size", .int(file.size)))
      members.append(JSONMember("sha256", .string("\(file.sha256)")))
    }
    return .object(members)
  }

  private func copy(
    _ piece: DayCutter.Piece, _ file: Descriptor,
    _ put: (UnsafeRawBufferPointer) throws(ArchiveFailure) -> Void
  ) throws(ArchiveFailure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Limits.fileChunkBytes, alignment: 16)
    defer { buffer.deallocate() }
    var rest = piece.length
    while rest > 0 {
      let part = UnsafeMutableRawBufferPointer(
        rebasing: buffer[..<Int(min(rest, Int64(buffer.count)))])
      let offset = piece.start + piece.length - rest
      let count = try ArchiveFailure.translating { () throws(SystemError) in
        try operations.read(file, at: offset, into: part)
      }
      guard count > 0 else { throw .failed("\(file.path): shorter than what was written") }
      try put(UnsafeRawBufferPointer(rebasing: part[..<count]))
      rest -= Int64(count)
    }
  }
}

extension Archive {
  /// Cuts or joins spooled answers. Whatever becomes of it, the answers' temporary files are gone
  /// afterwards. It waits for the disk: not for the engine's queue.
  public func assemble(_ job: AssembleJob) -> AssembleResult {
    defer { for source in job.sources { discard(source) } }
    do throws(ArchiveFailure) {
      let days = try Assembling(self, root: opened(), job).run()
      // What was whole as it came, and is not now, was lost on the way through the disk.
      if let bad = days.first(where: { $0.scan.fault != nil }) {
        for day in days { discard(day.spooled) }
        throw .failed("\(bad.spooled.path.file): put together, it is no whole document")
      }
      return AssembleResult(id: job.id, days: .success(days))
    } catch {
      return AssembleResult(id: job.id, days: .failure(error))
    }
  }
}
