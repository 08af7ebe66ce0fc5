import CLinux
import Glibc

extension FileOperations {
  /// Any folder by its full path, links followed: where the archive is, is the operator's choice.
  func openRoot(_ path: String) throws(SystemError) -> Descriptor {
    let number = try checked(.open("")) {
      clinux_openat(AT_FDCWD, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    }
    return Descriptor(number, path: "")
  }

  /// Makes the archive's folder itself, in a parent that exists, durably.
  func makeRoot(_ path: String) throws(SystemError) {
    _ = try checked(.makeFolder("")) { mkdir(path, 0o750) }
    let parent = try openRoot(path + "/..")
    try syncFolder(parent)
  }

  /// A folder below another, through folders alone.
  func openFolder(_ folder: Descriptor, _ path: String) throws(SystemError) -> Descriptor {
    let full = folder.child(path)
    let number = try checked(.open(full)) {
      clinux_openat_beneath(folder.number, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    }
    return Descriptor(number, path: full)
  }

  /// A folder of mode 0750 whatever the umask; EEXIST when the name is taken.
  func makeFolder(_ folder: Descriptor, _ name: String) throws(SystemError) -> Descriptor {
    _ = try checked(.makeFolder(folder.child(name))) { mkdirat(folder.number, name, 0o750) }
    let made = try openFolder(folder, name)
    try setMode(made, 0o750)
    return made
  }

  /// Makes the names in a folder durable; once, like ``syncFile(_:)``.
  func syncFolder(_ folder: Descriptor) throws(SystemError) {
    try sync(folder, .syncFolder(folder.path))
  }

  /// Names in a folder, sorted, without `.` and `..`.
  func names(_ folder: Descriptor) throws(SystemError) -> [String] {
    let operation = FileOperation.list(folder.path)
    // A stream owns its descriptor and its position, so it gets one of its own.
    let number = try checked(operation) {
      clinux_openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0)
    }
    guard let stream = fdopendir(number) else {
      let code = errno
      Glibc.close(number)
      throw SystemError(code, operation)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let name = try nextName(stream, operation) {
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private func nextName(
    _ stream: OpaquePointer, _ operation: FileOperation
  ) throws(SystemError) -> String? {
    errno = 0
    guard let entry = readdir(stream) else {
      if errno != 0 { throw SystemError(errno, operation) }
      return nil
    }
    return withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
  }
}
