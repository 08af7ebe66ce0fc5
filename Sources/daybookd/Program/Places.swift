/// Where the daemon finds and keeps things: as the command line says, else as systemd says
/// (systemd.exec(5)), else by the XDG base directories for a person and the usual places for the
/// system.
struct Places: Hashable {
  /// The settings file.
  var settings: String
  /// Folders of provider files; the first that has a file counts.
  var providers: [String]
  var state: String
  /// Folder of the control socket when no service manager passes one.
  var runtime: String
  /// Folder of secrets that systemd has loaded; nil: none.
  var credentials: String?
  /// Other people may look in, as far as the modes of files and the socket let them.
  var isSystem: Bool

  /// What the command line may say.
  struct Options: Hashable {
    var settings: String?
    var providers: String?
    var state: String?
    var runtime: String?
  }

  struct Unknown: Error, Hashable, CustomStringConvertible {
    var what: String
    var option: String
    var description: String { "no place for \(what): HOME is not set; use \(option)" }
  }

  /// - Parameters:
  ///   - uid: the effective user.
  ///   - folder: the current one, absolute; relative paths of the command line are below it.
  init(
    _ options: Options, uid: UInt32, folder: String, environment: @escaping (String) -> String?
  ) throws(Unknown) {
    let variables = Variables(environment: environment)
    // A user's service manager names itself to its services; the system's does not.
    isSystem =
      uid == 0
      || (variables.path("STATE_DIRECTORY") != nil && environment("MANAGERPID") == nil)
    let config = isSystem ? "/etc/daybook" : variables.xdg("XDG_CONFIG_HOME", ".config")
    let state = isSystem ? "/var/lib/daybook" : variables.xdg("XDG_STATE_HOME", ".local/state")
    let given = { (path: String?) in path.map { Places.absolute($0, below: folder) } }

    settings = try Places.known(
      given(options.settings) ?? config.map { "\($0)/daybook.yaml" }, "the settings", "--config")
    self.state = try Places.known(
      given(options.state) ?? variables.path("STATE_DIRECTORY") ?? state, "the archive", "--state")
    runtime =
      given(options.runtime) ?? variables.path("RUNTIME_DIRECTORY")
      ?? (isSystem ? "/run/daybook" : variables.path("XDG_RUNTIME_DIR").map { "\($0)/daybook" })
      // su(1), cron(8) and containers have no runtime directory; the state directory is private too.
      ?? "\(self.state)/run"
    credentials = variables.path("CREDENTIALS_DIRECTORY")
    if let only = given(options.providers) {
      providers = [only]
    } else {
      let own = isSystem ? nil : config.map { "\($0)/providers" }
      providers =
        (own.map { [$0] } ?? [])
        + ["/etc/daybook/providers", "/usr/share/daybook/providers"]
    }
  }

  /// Path of the control socket that is bound by hand.
  var socket: String { "\(runtime)/control.sock" }

  private static func known(
    _ path: String?, _ what: String, _ option: String
  ) throws(Unknown) -> String {
    guard let path else { throw Unknown(what: what, option: option) }
    return path
  }

  private static func absolute(_ path: String, below folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }
}

private struct Variables {
  var environment: (String) -> String?

  /// The first of the absolute paths that a variable holds: systemd joins several by colons.
  func path(_ name: String) -> String? {
    let first = environment(name)?.split(separator: ":").first.map(String.init)
    return first.flatMap { $0.hasPrefix("/") ? $0 : nil }
  }

  /// `daybook` below an XDG base directory. One that is not absolute is to be ignored
  /// (https://specifications.freedesktop.org/basedir-spec).
  func xdg(_ name: String, _ fallback: String) -> String? {
    let base = path(name) ?? path("HOME").map { "\($0)/\(fallback)" }
    return base.map { "\($0)/daybook" }
  }
}
