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
    } else if let user = SocketPath.users(environment).first(where: exists) {
      self.init(path: user, origin: .user)
    } else {
      self.init(path: SocketPath.system, origin: .system)
    }
  }

  private init(path: String, origin: Origin) {
    self.path = path
    self.origin = origin
  }

  /// Where a daemon of one's own has its socket: below the runtime directory, and where there is
  /// none (su, cron, containers) below the state directory.
  private static func users(_ environment: [String: String]) -> [String] {
    let folder = { (name: String) in environment[name].flatMap { $0.hasPrefix("/") ? $0 : nil } }
    let state = folder("XDG_STATE_HOME") ?? folder("HOME").map { "\($0)/.local/state" }
    return [
      folder("XDG_RUNTIME_DIR").map { "\($0)/daybook/control.sock" },
      state.map { "\($0)/daybook/run/control.sock" },
    ].compactMap(\.self)
  }

  /// The command that shows what the daemon does.
  var statusCommand: String {
    origin == .user ? "systemctl --user status daybook" : "systemctl status daybook"
  }
}
