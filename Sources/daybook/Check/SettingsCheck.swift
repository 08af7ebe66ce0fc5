import DaybookCore
import Glibc

/// Reads settings and provider files from the disk and lets Core check them, as the daemon does at
/// its start.
struct SettingsCheck {
  static let systemPath = "/etc/daybook/daybook.yaml"
  /// What the operator put there goes before what the package brought.
  static let systemFolders = ["/etc/daybook/providers", "/usr/share/daybook/providers"]
  private static let zones = "/usr/share/zoneinfo/"

  /// The file to check.
  let path: String
  /// Where provider files are looked for.
  let folders: [String]

  /// Beside settings of one's own, provider files of one's own.
  init(path: String, folders: [String] = SettingsCheck.systemFolders) {
    self.path = path
    let beside = SettingsCheck.folder(of: path) + "providers"
    self.folders = folders.contains(beside) ? folders : [beside] + folders
  }

  /// Provider files of one folder, and of no other.
  init(path: String, only folder: String) {
    self.path = path
    self.folders = [folder]
  }

  /// Where the settings are: those of the person's own daemon if its socket is used, else the
  /// system's.
  static func standardPath(_ socket: SocketPath, _ environment: [String: String]) -> String {
    guard socket.origin == .user else { return systemPath }
    let named = environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let home = environment["HOME"].map { $0 + "/.config" }
    return (named ?? home).map { $0 + "/daybook/daybook.yaml" } ?? systemPath
  }

  struct Outcome: Equatable {
    var problems: [Problem] = []
    /// Of provider files that nothing names.
    var warnings: [Problem] = []
  }

  func run() -> Outcome {
    switch SettingsCheck.read(path) {
    case .failure(let problem): Outcome(problems: [problem])
    case .success(let bytes):
      switch Check.kind(SourceFile(path: path, bytes: bytes)) {
      case .provider: Outcome(problems: Check.file(bytes: bytes, name: path))
      case .settings: check(settings: SourceFile(path: path, bytes: bytes))
      }
    }
  }

  private func check(settings file: SourceFile) -> Outcome {
    var out = Outcome()
    var files: [SourceFile] = []
    for path in folders.flatMap(SettingsCheck.providerFiles) {
      switch SettingsCheck.read(path) {
      case .success(let bytes): files.append(SourceFile(path: path, bytes: bytes))
      case .failure(let problem): out.warnings.append(problem)
      }
    }
    let checked = Check.configuration(
      settings: file, providers: files,
      zoneExists: { access(SettingsCheck.zones + $0, R_OK) == 0 })
    out.problems = checked.problems.list
    out.warnings += checked.warnings.list
    return out
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[...slash])
  }

  /// `NAME.yaml` of a folder, sorted; none when it cannot be read.
  private static func providerFiles(_ folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(".yaml"), !name.hasPrefix(".") { names.append("\(folder)/\(name)") }
    }
    return names.sorted()
  }

  /// One byte more than is allowed is enough for the parser to refuse the file.
  private static func read(_ path: String) -> Result<[UInt8], Problem> {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return .failure(unreadable(path)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while bytes.count <= Limits.yamlBytes {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { return .failure(unreadable(path)) }
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    return .success(bytes)
  }

  private static func unreadable(_ path: String) -> Problem {
    Problem(file: path, position: nil, message: "cannot be read: \(errorText(errno))")
  }
}
