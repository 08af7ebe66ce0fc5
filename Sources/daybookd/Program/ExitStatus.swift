/// How the process ends (sysexits(3)). `--help` lists them; systemd does not restart after those
/// that stay wrong until a person acts.
enum ExitStatus: Int32, CaseIterable {
  case success = 0
  case usage = 64
  case software = 70
  case inputOutput = 74
  case locked = 75
  case settings = 78

  var meaning: String {
    switch self {
    case .success: "stopped as asked, or --check found nothing"
    case .usage: "the command line is wrong"
    case .software: "a fault of its own"
    case .inputOutput: "a disk, a database or a socket failed"
    case .locked: "another daemon works on the same state directory"
    case .settings: "the settings or a provider file are wrong"
    }
  }

  static var table: String {
    allCases.map { "  \($0.rawValue < 10 ? " " : "")\($0.rawValue)  \($0.meaning)" }
      .joined(separator: "\n")
  }
}
