import CLinux
import Foundation

/// `daybookd` as a process of its own, in folders of its own.
final class DaemonProcess {
  let tree = WorkTree()
  private(set) var pid: pid_t = 0
  private var notify: Int32 = -1
  private(set) var notes: [String] = []

  static var binary: String {
    let runner =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return (runner as NSString).deletingLastPathComponent + "/daybookd"
  }

  init(settings: String = "accounts:\n") throws {
    try tree.write("/daybook.yaml", settings)
    try tree.makeFolder("/providers")
    try tree.makeFolder("/run")
    for folder in ["", "/run"] { chmod(tree.path + folder, 0o755) }
    notify = socket(
      AF_UNIX,
      Int32(
        SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard clinux_bind_unix(notify, notifyPath) == 0 else {
      throw SpawnFailure(text: "no notify socket")
    }
  }

  deinit {
    if pid != 0 {
      kill(pid, SIGKILL)
      var status: Int32 = 0
      waitpid(pid, &status, 0)
    }
    close(notify)
  }

  var socketPath: String { tree.path + "/run/control.sock" }
  private var notifyPath: String { tree.path + "/notify" }

  var arguments: [String] {
    [
      "--config", tree.path + "/daybook.yaml", "--providers", tree.path + "/providers",
      "--state", tree.path + "/state", "--runtime", tree.path + "/run",
    ]
  }

  /// Starts it. `shell`: lines of sh before it takes the shell's place; `descriptor` becomes 3.
  func start(
    _ more: [String] = [], shell: String = "", descriptor: Int32? = nil,
    environment: [String: String] = [:]
  ) throws {
    var variables = environment
    variables["NOTIFY_SOCKET"] = notifyPath
    let script = shell + "\nexec \"$0\" \"$@\""
    let words = ["/bin/sh", "-c", script, DaemonProcess.binary] + arguments + more
    pid = try spawn(
      words, environment: variables, output: tree.path + "/log", descriptor: descriptor)
  }

  /// Starts it and waits for READY.
  func startReady(
    _ more: [String] = [], shell: String = "", descriptor: Int32? = nil,
    environment: [String: String] = [:]
  ) async throws {
    try start(more, shell: shell, descriptor: descriptor, environment: environment)
    let ready = await hears("READY=1")
    guard ready else { throw SpawnFailure(text: "not ready: \(output)") }
  }

  /// True once a notification with this line has come.
  func hears(_ line: String, times: Int = 1) async -> Bool {
    await eventually { [self] in
      collectNotes()
      return notes.filter { $0.split(separator: "\n").contains(Substring(line)) }.count >= times
    }
  }

  private func collectNotes() {
    var bytes = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = recv(notify, &bytes, bytes.count, 0)
      guard count > 0 else { return }
      notes.append(String(decoding: bytes[..<count], as: UTF8.self))
    }
  }

  func signal(_ number: Int32) {
    precondition(pid > 0, "0 would be everybody")
    kill(pid, number)
  }

  /// Exit status; 128 + N after signal N; nil when it does not end.
  func end() async -> Int32? {
    var status: Int32 = 0
    let ended = await eventually { [pid] in waitpid(pid, &status, WNOHANG) == pid }
    guard ended else { return nil }
    pid = 0
    return shellStatus(status)
  }

  /// What it has written so far.
  var output: String { (try? String(contentsOfFile: tree.path + "/log", encoding: .utf8)) ?? "" }
}
