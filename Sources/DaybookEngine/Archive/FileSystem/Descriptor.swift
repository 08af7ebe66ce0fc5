import Glibc
import Synchronization

/// An open file or folder; closed when the last reference goes.
final class Descriptor: Sendable {
  /// Below the archive; the archive itself is the empty path.
  let path: String
  private let held: Atomic<Int32>

  init(_ number: Int32, path: String) {
    self.path = path
    self.held = Atomic(number)
  }

  deinit { drop() }

  /// Closes now, whatever close(2) says: for what is not wanted any more.
  func drop() {
    let number = release()
    if number >= 0 { Glibc.close(number) }
  }

  /// The number for system calls; -1 when closed.
  var number: Int32 { held.load(ordering: .relaxed) }

  /// Gives the number away: the caller closes it. -1 when somebody has done so.
  func release() -> Int32 { held.exchange(-1, ordering: .relaxed) }

  func child(_ name: String) -> String { path.isEmpty ? name : "\(path)/\(name)" }
}
