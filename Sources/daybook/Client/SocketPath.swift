import Glibc

/// Where the daemon's socket is: `--socket`, else `DAYBOOK_SOCKET`, else the one of the person's
/// own daemon if there is one, else the system's.
struct SocketPath: Equatable {
  static let system = "/run/daybook/control.sock"

  var path: String
  /// Who named it, for the message when nothing is there.
  var origin: Origin

  enum Origin: Equatable {
    case option, environment, user, system
  }

  init(
    option: String?, environment: [String: String],
    exists: (String) -> Bool = { access($0, F_OK) == 0 }
  ) {
    if let option {
      self.init(path: option, origin: .option)
    } else if let named = environment["DAYBOOK_SOCKET"], !named.isEmpty {
      self.init(path: named, origin: .environment)
    } else if let user = SocketPath.user(environment), exists(user) {
      self.init(path: user, origin: .user)
    } else {
      self.init(path: SocketPath.system, origin: .system)
    }
  }

  private init(path: String, origin: Origin) {
    self.path = path
    self.origin = origin
  }

  private static func user(_ environment: [String: String]) -> String? {
    guard let folder = environment["XDG_RUNTIME_DIR"], folder.hasPrefix("/") else { return nil }
    return folder + "/daybook/control.sock"
  }

  /// The command that shows what the daemon does.
  var statusCommand: String {
    origin == .user ? "systemctl --user status daybook" : "systemctl status daybook"
  }
}
