import DaybookSimulator
import Foundation

/// The real `daybookd` and `daybook` as programs, in a folder of their own that goes with the value.
/// Who provides the days, its heirs know.
class House {
  let folder: String
  private(set) var daemon: Program?

  /// - Parameter isInMemory: in memory where the machine has such a place: for many files of which
  ///   only their number matters.
  init(isInMemory: Bool = false) throws {
    let memory = isInMemory && FileManager.default.isWritableFile(atPath: "/dev/shm")
    folder = (memory ? "/dev/shm" : NSTemporaryDirectory()) + "/daybook-house-\(UUID().uuidString)"
    for name in ["", "/state", "/run"] {
      try FileManager.default.createDirectory(
        atPath: folder + name, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    }
  }

  deinit {
    daemon?.kill()
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Where the installed provider files are kept.
  static let providers = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../etc/daybook/providers").standardizedFileURL.path

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
        "--config", "\(folder)/daybook.yaml", "--providers", House.providers, "--state",
        "\(folder)/state", "--runtime", "\(folder)/run", "--verbose",
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

  // MARK: Signing in

  /// `daybook login me --no-browser`, with the simulator's person in front of the browser.
  func signIn() throws {
    try? FileManager.default.removeItem(atPath: "\(folder)/url")
    try login("--no-browser") { paste in
      try wait(60, for: "the URL to open; \(text("login"))") { text("url").hasSuffix("\n") }
      let answer = try SimClient.send("GET", String(text("url").dropLast()))
      guard let target = answer.header("location") else {
        throw Program.Failure(description: "no redirect but \(answer.status)")
      }
      try paste(target + "\n")
    }
  }

  /// `daybook login me` at a site's form: user name and password, a line each.
  func signIn(user: String, password: String) throws {
    try login { paste in try paste("\(user)\n\(password)\n") }
  }

  private func login(_ options: String..., body: ((String) throws -> Void) throws -> Void) throws {
    var pipes: [Int32] = [-1, -1]
    guard pipe(&pipes) == 0 else { throw Program.Failure(description: "pipe") }
    for fd in pipes { _ = fcntl(fd, F_SETFD, FD_CLOEXEC) }
    let login = try Program(
      "daybook", ["login", "me"] + options, environment: environment, input: pipes[0],
      output: "\(folder)/url", errors: "\(folder)/login")
    close(pipes[0])
    defer { close(pipes[1]) }
    try body { text in
      try text.utf8.withContiguousStorageIfAvailable {
        guard Foundation.write(pipes[1], $0.baseAddress, $0.count) == $0.count else {
          throw Program.Failure(description: "the command does not read")
        }
      }
    }
    guard login.wait() == 0 else { throw Program.Failure(description: text("login")) }
  }

  // MARK: What can be seen from outside

  /// Sum of a counter over all accounts and streams, as `daybook status --json` says it.
  func total(_ counter: String) throws -> Int {
    let status = try daybook("status", "--json")
    guard status.status == 0 else { return -1 }
    let parts = status.output.components(separatedBy: "\"\(counter)\":").dropFirst(2)
    return parts.reduce(0) { $0 + (Int($1.prefix { $0.isNumber }) ?? 0) }
  }
}
