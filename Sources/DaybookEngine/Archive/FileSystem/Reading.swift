import DaybookCore
import Glibc

extension FileOperations {
  /// Bytes read from this place on, fewer than `count` only at the end; 0 behind it.
  func read(_ file: Descriptor, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  {
    let count = try checked(.read(file.path)) {
      Int32(truncatingIfNeeded: pread(file.number, buffer.baseAddress, buffer.count, Int(offset)))
    }
    return Int(count)
  }

  /// The rest of a file, piece by piece.
  func forEachChunk(
    _ file: Descriptor, _ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void
  ) throws(SystemError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(
      byteCount: Limits.fileChunkBytes, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try read(file, buffer)
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// The first bytes of a small file; nil when there is none of this name.
  func contents(
    _ folder: Descriptor, _ name: String, limit: Int
  ) throws(SystemError) -> [UInt8]? {
    let file: Descriptor
    do { file = try openRegular(folder, name).0 } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    var bytes: [UInt8] = []
    try forEachChunk(file) { chunk throws(SystemError) in
      bytes.append(contentsOf: chunk.prefix(limit - bytes.count))
    }
    return bytes
  }

  /// SHA-256 of the rest of a file.
  func digest(_ file: Descriptor) throws(SystemError) -> Digest {
    let hash = SHA256()
    try forEachChunk(file) { bytes throws(SystemError) in hash.update(bytes) }
    return hash.finish()
  }

  func write(_ file: Descriptor, _ bytes: [UInt8]) throws(SystemError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(1, bytes.count), alignment: 16)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    try write(file, UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]))
  }
}
