import DaybookCore
import DaybookEngine
import DaybookSimulator
import Foundation

/// A provider in this process, and the real `daybookd` and `daybook` beside it as programs, in a
/// folder of their own that goes with the value.
final class House {
  let server: SimServer
  let folder: String
  private(set) var daemon: Program?

  /// - Parameter change: what is special about the simulated Moves.
  init(days: Int, _ change: (inout MovesSettings) -> Void = { _ in }) throws {
    let today = Int(Date().timeIntervalSince1970 / 86_400)
    var settings = MovesSettings(firstDay: Day(number: today - days + 1))
    settings.windows = [
      SimWindow("Minute", length: .seconds(1), limit: 60),
      SimWindow("Hour", length: .seconds(10), limit: 2_000),
    ]
    settings.redirectURIs = ["http://127.0.0.1:8754/"]
    settings.freshFactor = 1
    settings.emptyRate = 0
    settings.lateRate = 0
    settings.pointEvery = 600
    change(&settings)
    server = try SimServer(SimWorld(Providers(moves: MovesModel(settings))))
    folder = NSTemporaryDirectory() + "/daybook-house-\(UUID().uuidString)"
    for name in ["", "/state", "/run"] {
      try FileManager.default.createDirectory(
        atPath: folder + name, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
    try write("secret", settings.clientSecret + "\n")
    try write("daybook.yaml", yaml)
  }

  deinit {
    daemon?.kill()
    server.stop()
    try? FileManager.default.removeItem(atPath: folder)
  }

  private var yaml: String {
    """
    clients:
      app:
        provider: moves
        client_id: daybook
        client_secret_file: \(folder)/secret
    accounts:
      me:
        provider: moves
        client: app
        origin: \(server.origin)
        timeout: 5s
        windows:
          minute: {seconds: 1, limit: 60}
          hour: {seconds: 10, limit: 2000}

    """
  }

  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardizedFileURL.path

  func write(_ name: String, _ text: String) throws {
    let path = "\(folder)/\(name)"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  func text(_ name: String) -> String {
    (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
  }

  // MARK: The programs

  func startDaemon() throws {
    daemon = try Program(
      "daybookd",
      [
        "--config", "\(folder)/daybook.yaml", "--providers",
        "\(House.repository)/etc/daybook/providers", "--state", "\(folder)/state", "--runtime",
        "\(folder)/run", "--verbose",
      ], output: "\(folder)/daemon.log")
  }

  func killDaemon() {
    daemon?.kill()
    daemon = nil
  }

  /// SIGTERM; its exit status.
  func stopDaemon() -> Int32? {
    daemon?.signal(SIGTERM)
    defer { daemon = nil }
    return daemon?.wait()
  }

  private var environment: [String: String] { ["DAYBOOK_SOCKET": "\(folder)/run/control.sock"] }

  /// Runs `daybook` to its end: exit status and standard output.
  func daybook(_ arguments: String...) throws -> (status: Int32, output: String) {
    try daybook(arguments)
  }

  func daybook(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let name = UUID().uuidString
    let program = try Program(
      "daybook", arguments, environment: environment, output: "\(folder)/\(name)",
      errors: "\(folder)/\(name).errors")
    let status = program.wait()
    return (status, text(name) + text("\(name).errors"))
  }

  func waitForDaemon() throws {
    try wait(60, for: "an answer of the daemon; \(text("daemon.log").suffix(2_000))") {
      try daybook("status").status != 2
    }
  }

  /// `daybook login me --no-browser`, with the simulator's person in the browser.
  func signIn() throws {
    var pipes: [Int32] = [-1, -1]
    guard pipe(&pipes) == 0 else { throw Program.Failure(description: "pipe") }
    for fd in pipes { _ = fcntl(fd, F_SETFD, FD_CLOEXEC) }
    let login = try Program(
      "daybook", ["login", "me", "--no-browser"], environment: environment, input: pipes[0],
      output: "\(folder)/url", errors: "\(folder)/login")
    close(pipes[0])
    defer { close(pipes[1]) }
    try wait(60, for: "the URL to open") { text("url").hasSuffix("\n") }
    let answer = try SimClient.send("GET", String(text("url").dropLast()))
    guard let target = answer.header("location") else {
      throw Program.Failure(description: "no redirect but \(answer.status)")
    }
    try (target + "\n").utf8.withContiguousStorageIfAvailable {
      guard Foundation.write(pipes[1], $0.baseAddress, $0.count) == $0.count else {
        throw Program.Failure(description: "the command does not read")
      }
    }
    guard login.wait() == 0 else { throw Program.Failure(description: text("login")) }
  }

  // MARK: What can be seen from outside

  var stats: MovesStats { server.withWorld { $0.providers.moves?.stats } ?? emptyStats }
  private var emptyStats: MovesStats { preconditionFailure("this house has Moves") }

  /// Days that the ledger has stored, while no daemon runs: read from a copy, so that recovering
  /// the ledger stays the daemon's affair.
  func storedDays() throws -> Set<Day> {
    precondition(daemon == nil)
    let copy = "\(folder)/copy-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
      guard FileManager.default.fileExists(atPath: "\(folder)/state/\(name)") else { continue }
      try FileManager.default.copyItem(
        atPath: "\(folder)/state/\(name)", toPath: "\(copy)/\(name)")
    }
    let database = try Database(path: "\(copy)/ledger.sqlite")
    let days = try database.statement("SELECT day FROM day WHERE sha256 IS NOT NULL")
      .all { row in Day(number: row.int(0)) }
    return Set(days)
  }

  /// Sum of a counter over all accounts and streams, as `daybook status --json` says it.
  func total(_ counter: String) throws -> Int {
    let status = try daybook("status", "--json")
    guard status.status == 0 else { return -1 }
    let parts = status.output.components(separatedBy: "\"\(counter)\":").dropFirst(2)
    return parts.reduce(0) { $0 + (Int($1.prefix { $0.isNumber }) ?? 0) }
  }
}
