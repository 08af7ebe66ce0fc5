import CLinux
import DaybookCore
import Glibc
import Synchronization

/// The system calls of the archive, one method each, nothing else. Everything happens relative to
/// an open folder and follows no symbolic link (openat2(2) with RESOLVE_NO_SYMLINKS).
///
/// A test's `hook` sees each operation before it happens and may answer with an errno instead: for
/// one operation that is an injected error, for all from the n-th on it is the kill of the process.
final class FileOperations: Sendable {
  typealias Hook = @Sendable (FileOperation) -> Int32
  private let hook: Hook?
  private let flushCount = Atomic<Int>(0)

  init(hook: Hook? = nil) { self.hook = hook }

  /// fsync calls so far.
  var flushes: Int { flushCount.load(ordering: .relaxed) }

  /// - Parameter operation: named only when somebody asks or it fails: its path costs more to make
  ///   than to look at.
  func checked(
    _ operation: @autoclosure () -> FileOperation, retryInterrupted: Bool = true,
    _ call: () -> Int32
  ) throws(SystemError) -> Int32 {
    if let hook, case let code = hook(operation()), code != 0 {
      throw SystemError(code, operation())
    }
    while true {
      let result = call()
      if result >= 0 { return result }
      let code = errno
      guard code == EINTR, retryInterrupted else { throw SystemError(code, operation()) }
    }
  }

  // MARK: Files

  /// A file to read. It may turn out to be no regular file; opening never waits.
  func openFile(_ folder: Descriptor, _ name: String) throws(SystemError) -> Descriptor {
    let path = folder.child(name)
    let number = try checked(.open(path)) {
      clinux_openat_beneath(folder.number, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC, 0)
    }
    return Descriptor(number, path: path)
  }

  /// A new file to write, mode 0600 at most; EEXIST when the name is taken by anything.
  func createFile(_ folder: Descriptor, _ name: String) throws(SystemError) -> Descriptor {
    let path = folder.child(name)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let number = try checked(.create(path)) {
      clinux_openat_beneath(folder.number, name, flags, 0o600)
    }
    return Descriptor(number, path: path)
  }

  /// Writes all of it, however often that takes.
  func write(_ file: Descriptor, _ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    var rest = bytes[...]
    while let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      // Linux writes at most 2 GiB at once, far above our bodies.
      let count = try checked(.write(file.path)) {
        Int32(truncatingIfNeeded: Glibc.write(file.number, base, rest.count))
      }
      // Nothing written and no error would make this loop for ever.
      guard count > 0 else { throw SystemError(EIO, .write(file.path)) }
      rest = rest.dropFirst(Int(count))
    }
  }

  /// Bytes read; 0 at the end.
  func read(_ file: Descriptor, _ buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int
  {
    let count = try checked(.read(file.path)) {
      Int32(truncatingIfNeeded: Glibc.read(file.number, buffer.baseAddress, buffer.count))
    }
    return Int(count)
  }

  /// Sets the mode whatever the umask was when the file or folder was made.
  func setMode(_ file: Descriptor, _ mode: mode_t) throws(SystemError) {
    _ = try checked(.setMode(file.path)) { fchmod(file.number, mode) }
  }

  /// Sets the modification time and leaves the time of access.
  func setTime(_ file: Descriptor, _ time: Instant) throws(SystemError) {
    let rest = Int(time.microseconds - time.seconds * 1_000_000)
    let omit = (1 << 30) - 2  // UTIME_OMIT, a cast in C
    let times = [
      timespec(tv_sec: 0, tv_nsec: omit),
      timespec(tv_sec: Int(time.seconds), tv_nsec: rest * 1_000),
    ]
    _ = try checked(.setTime(file.path)) { futimens(file.number, times) }
  }

  func syncFile(_ file: Descriptor) throws(SystemError) { try sync(file, .syncFile(file.path)) }

  /// fsync(2), once: after an error the kernel calls the lost pages clean, and a second call would
  /// succeed without them.
  func sync(_ file: Descriptor, _ operation: FileOperation) throws(SystemError) {
    flushCount.add(1, ordering: .relaxed)
    _ = try checked(operation, retryInterrupted: false) { fsync(file.number) }
  }

  /// Closes with the result checked: a network file system reports a failed write here.
  func close(_ file: Descriptor) throws(SystemError) {
    // Given away first: Linux frees the number whatever close(2) answers.
    let number = file.release()
    _ = try checked(.close(file.path), retryInterrupted: false) { Glibc.close(number) }
  }

  func remove(_ folder: Descriptor, _ name: String) throws(SystemError) {
    _ = try checked(.remove(folder.child(name))) { unlinkat(folder.number, name, 0) }
  }

  func rename(
    _ folder: Descriptor, _ name: String, to other: Descriptor, _ newName: String
  ) throws(SystemError) {
    _ = try checked(.rename(from: folder.child(name), to: other.child(newName))) {
      renameat(folder.number, name, other.number, newName)
    }
  }

  /// A second name for a file; EEXIST when the name is taken.
  func link(
    _ folder: Descriptor, _ name: String, to other: Descriptor, _ newName: String
  ) throws(SystemError) {
    _ = try checked(.link(from: folder.child(name), to: other.child(newName))) {
      linkat(folder.number, name, other.number, newName, 0)
    }
  }
}
