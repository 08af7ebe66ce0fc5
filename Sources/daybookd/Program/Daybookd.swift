import ArgumentParser
import DaybookCore
import DaybookEngine
import Dispatch
import Glibc

/// The daemon's command line.
@main
struct Daybookd: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "daybookd",
    abstract: "Keeps a complete copy of your days on your own machine.",
    usage: """
      daybookd [--config <file>] [--providers <folder>] [--state <folder>]
               [--runtime <folder>] [--verbose] [--check]
      """,
    discussion: """
      Runs until it is stopped (SIGTERM, SIGINT) and reads its settings again on SIGHUP. \
      systemd starts it as daybook.service; by hand it works the same, with its lines on \
      standard error. `daybook` talks to it.

      As root or as a system service it uses /etc/daybook, /var/lib/daybook and /run/daybook, \
      else your XDG folders: ~/.config/daybook, ~/.local/state/daybook and \
      $XDG_RUNTIME_DIR/daybook (without that variable ~/.local/state/daybook/run).

      EXIT STATUS
      \(ExitStatus.table)
      """,
    version: Product.version)

  @Option(
    name: .customLong("config"), help: ArgumentHelp("The settings file.", valueName: "file"))
  var settings: String?

  @Option(help: ArgumentHelp("The only folder of provider files.", valueName: "folder"))
  var providers: String?

  @Option(
    help: ArgumentHelp(
      "The folder of the ledger and, unless the settings name another, the archive.",
      valueName: "folder"))
  var state: String?

  @Option(help: ArgumentHelp("The folder of the control socket.", valueName: "folder"))
  var runtime: String?

  @Flag(help: "Write debug lines too: one for each day that is stored.")
  var verbose = false

  @Flag(help: "Check the settings, provider files and secrets, and end.")
  var check = false

  func run() throws {
    HTTPClient.clearEnvironment()
    let log = LogWriter(
      to: LogDestination.of(STDERR_FILENO, environment: Process.variable),
      threshold: verbose ? .debug : .info)
    do throws(StartFailure) {
      let reader = try makeReader()
      if check { return try report(reader.read()) }
      let daemon = try Daemon(reader: reader, places: try places(), log: log)
      daemon.run()
    } catch {
      for line in error.lines { log.write(Entry(.fatal, line)) }
      log.flush()
      throw ExitCode(error.status)
    }
  }

  private func places() throws(StartFailure) -> Places {
    let options = Places.Options(
      settings: settings, providers: providers, state: state, runtime: runtime)
    return try starting(.usage) { () throws(Places.Unknown) in
      try Places(
        options, uid: geteuid(), folder: Process.currentFolder(), environment: Process.variable)
    }
  }

  private func makeReader() throws(StartFailure) -> ConfigurationReader {
    try starting(.inputOutput) { () throws(SystemError) in try Hardening.apply() }
    let places = try places()
    return ConfigurationReader(
      settings: places.settings, providers: places.providers, credentials: places.credentials,
      zoneExists: { ZoneStore().zone($0) != nil })
  }

  /// What `--check` says, on standard output when all is well.
  private func report(_ outcome: ConfigurationReader.Outcome) throws(StartFailure) {
    for line in outcome.warnings { writeLine("warning: \(line)", to: STDERR_FILENO) }
    guard let configuration = outcome.configuration else {
      for line in outcome.problems { writeLine(line, to: STDERR_FILENO) }
      throw StartFailure([], .settings)
    }
    let accounts = configuration.settings.accounts.count
    writeLine("the settings are fine, accounts: \(accounts)", to: STDOUT_FILENO)
  }

  private func writeLine(_ text: String, to fd: Int32) {
    let line = Array((escapedForTerminal(text) + "\n").utf8)
    _ = write(fd, line, line.count)
  }
}
