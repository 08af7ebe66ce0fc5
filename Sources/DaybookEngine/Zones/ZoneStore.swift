import DaybookCore
import Glibc

/// The zones of the system's tzdata, by IANA name. Each is read once and again when its file was
/// replaced, as the distribution does when a country changes its clocks. Not thread-safe: belongs
/// to whoever made it.
public final class ZoneStore {
  private let root: String
  private var known: [String: (zone: Zone, version: Version)] = [:]

  /// What changes when a file is replaced.
  private struct Version: Equatable {
    var device: dev_t
    var inode: ino_t
    var size: off_t
    var seconds: Int
    var nanoseconds: Int

    init(_ status: stat) {
      device = status.st_dev
      inode = status.st_ino
      size = status.st_size
      seconds = status.st_mtim.tv_sec
      nanoseconds = status.st_mtim.tv_nsec
    }
  }

  /// `root` is the folder of the compiled zones, without a final slash.
  public init(root: String = "/usr/share/zoneinfo") { self.root = root }

  /// The zone of this name; nil when there is none: the name is none, the file is not there, or it
  /// is no zone. `UTC` is always there.
  public func zone(_ name: String) -> Zone? {
    if name == "UTC" { return .utc }
    guard ZoneStore.isValid(name) else { return nil }
    let path = "\(root)/\(name)"
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    if let (zone, version) = known[name], version == Version(status) { return zone }
    guard let (bytes, version) = read(path), let zone = try? Zone(name: name, tzif: bytes)
    else { return nil }
    known[name] = (zone, version)
    return zone
  }

  /// Names of IANA's form only, `Area/Place` of `A-Z a-z 0-9 _ + -`: they come from settings and
  /// servers and become part of a path.
  public static func isValid(_ name: String) -> Bool {
    guard name.utf8.count <= Limits.zoneNameBytes else { return false }
    return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .allSatisfy { part in !part.isEmpty && part.allSatisfy(isNameByte) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"),
      UInt8(ascii: "-"):
      true
    default: false
    }
  }

  /// A regular file, whole; nil when it is none, or larger than ``Limits/zoneBytes``.
  private func read(_ path: String) -> (bytes: [UInt8], version: Version)? {
    // A fifo in the place of a file must not hold the daemon up.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= Limits.zoneBytes
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { buffer in
        pread(file, buffer.baseAddress! + filled, buffer.count - filled, off_t(filled))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      filled += count
    }
    return (bytes, Version(status))
  }
}
