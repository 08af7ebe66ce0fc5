import DaybookCore

extension Archive {
  /// Writes, syncs and removes a small file.
  public func probe() -> ProbeResult {
    do throws(ArchiveFailure) {
      let root = try opened()
      try ArchiveFailure.translating { () throws(SystemError) in try writeProbe(root) }
      return .writable
    } catch {
      switch error {
      case .full(let text): return .full(text)
      case .away(let text): return .away(text)
      case .syncFailed(let text), .obstructed(let text), .failed(let text): return .failed(text)
      }
    }
  }

  private func writeProbe(_ root: Descriptor) throws(SystemError) {
    let name = temporaryName(for: "probe")
    spools.begin(name)
    defer { spools.end(name) }
    let file = try operations.createFile(root, name)
    do {
      // A few bytes would still fit where a day does not.
      try operations.write(file, [UInt8](repeating: 0x20, count: Limits.probeBytes))
      try operations.syncFile(file)
      try operations.close(file)
    } catch {
      try? operations.remove(root, name)
      throw error
    }
    try operations.remove(root, name)
  }
}
