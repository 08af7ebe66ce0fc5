import CLinux
import Glibc

/// Whether a disk of a few blocks can be mounted here: as root, outside of a strict sandbox.
let canMount: Bool = {
  let folder = ScratchFolder()
  return (try? withMemoryDisk(at: folder.path, "size=4k") {}) != nil
}()

struct CannotMount: Error {}

/// Mounts a small tmpfs for the time of `body`.
func withMemoryDisk<T>(at path: String, _ options: String, _ body: () throws -> T) throws -> T {
  guard mount("none", path, "tmpfs", 0, options) == 0 else { throw CannotMount() }
  defer { umount2(path, Int32(MNT_DETACH)) }
  return try body()
}
