import CLinux
import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine
@testable import daybookd

/// The program as a process.
@Suite(.timeLimit(.minutes(3))) struct DaemonTests {
  private func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private func mode(_ path: String) -> mode_t? {
    var info = stat()
    return stat(path, &info) == 0 ? info.st_mode & 0o7777 : nil
  }

  /// What a daemon in order says here: a machine without a time server is doubted at first.
  private var healthyState: JSONValue {
    var health = Health()
    _ = health.judgeClock(now: Clock.now())
    return health.clockIsTrusted ? "ready" : "clock-untrusted"
  }

  @Test("it starts, says so, answers, and ends cleanly when asked")
  func life() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady()
    let client = RawClient(daemon.socketPath)
    let before = healthyState
    client.call("Status")
    let reply = try #require(try await client.reply())
    #expect(reply.error == nil)
    #expect(reply.parameters["daemon"]?["pid"] == .int(Int64(daemon.pid)))
    let state = try #require(reply.parameters["daemon"]?["state"])
    #expect([before, healthyState].contains(state))
    daemon.signal(SIGTERM)
    #expect(await daemon.hears("STOPPING=1"))
    #expect(await daemon.end() == 0)
    #expect(!exists(daemon.socketPath))
    #expect(await client.isClosed())
  }

  @Test("both signals to stop do", arguments: [SIGTERM, SIGINT])
  func signals(number: Int32) async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady()
    daemon.signal(number)
    #expect(await daemon.end() == 0)
  }

  @Test("a second daemon on the same state ends with 75 and one line that names the first")
  func second() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady()
    let run = try await runProgram(DaemonProcess.binary, daemon.arguments)
    #expect(run.status == 75)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines[0].contains("process \(daemon.pid)"))
    // And the first one is not disturbed.
    let client = RawClient(daemon.socketPath)
    #expect(try await client.closesAfterInfo() == false)
  }

  @Test("after a kill it starts again in the place of the dead one")
  func killed() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady()
    daemon.signal(SIGKILL)
    #expect(await daemon.end() == 128 + SIGKILL)
    #expect(exists(daemon.socketPath))
    try daemon.start()
    #expect(await daemon.hears("READY=1", times: 2))
    #expect(try await RawClient(daemon.socketPath).closesAfterInfo() == false)
  }

  @Test("wrong settings end it with 78 and every problem with its place")
  func wrongSettings() async throws {
    let daemon = try DaemonProcess(settings: "accounts:\n  A: {}\nfresh: never\nnonsense: 1\n")
    try daemon.start()
    #expect(await daemon.end() == 78)
    let path = "\(daemon.tree.path)/daybook.yaml"
    #expect(daemon.output.contains("\(path):2:"))
    #expect(daemon.output.contains("\(path):3:"))
    #expect(daemon.output.contains("\(path):4:"))
    #expect(!exists("\(daemon.tree.path)/state"))
  }

  @Test("missing settings are named")
  func missingSettings() async throws {
    let daemon = try DaemonProcess()
    unlink("\(daemon.tree.path)/daybook.yaml")
    try daemon.start()
    #expect(await daemon.end() == 78)
    #expect(daemon.output.contains("\(daemon.tree.path)/daybook.yaml"))
  }

  @Test("--check says what is wrong, or that nothing is, and starts nothing")
  func check() async throws {
    let good = try DaemonProcess()
    let fine = try await runProgram(DaemonProcess.binary, good.arguments + ["--check"])
    #expect(fine.status == 0)
    #expect(fine.output == "the settings are fine, accounts: 0\n")
    let bad = try DaemonProcess(settings: "acounts:\n")
    let wrong = try await runProgram(DaemonProcess.binary, bad.arguments + ["--check"])
    #expect(wrong.status == 78)
    #expect(wrong.output.hasPrefix("\(bad.tree.path)/daybook.yaml:1:1: "))
    #expect(!exists("\(good.tree.path)/state") && !exists("\(bad.tree.path)/state"))
  }

  @Test("a SIGHUP reads the settings again and tells systemd; wrong ones change nothing")
  func reload() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady()
    daemon.signal(SIGHUP)
    #expect(await daemon.hears("RELOADING=1"))
    #expect(await daemon.hears("READY=1", times: 2))
    try daemon.tree.write("/daybook.yaml", "nonsense: 1\n")
    daemon.signal(SIGHUP)
    #expect(await daemon.hears("RELOADING=1", times: 2))
    #expect(await daemon.hears("READY=1", times: 3))
    #expect(await eventually { daemon.output.contains("daybook.yaml:1:1") })
    #expect(try await RawClient(daemon.socketPath).closesAfterInfo() == false)
  }

  @Test("whatever the umask was, what it makes is closed to others")
  func umask() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady(shell: "umask 000")
    let state = "\(daemon.tree.path)/state"
    #expect(mode(state).map { $0 & 0o007 } == 0)
    for file in ["ledger.sqlite", "accounts.sqlite", "lock"] {
      #expect(mode("\(state)/\(file)") == 0o600, "\(file)")
    }
    #expect(mode(daemon.socketPath) == 0o660)
  }

  @Test("it leaves no core")
  func noCore() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady(shell: "ulimit -c unlimited 2>/dev/null || true")
    let limits = try await runProgram("/bin/cat", ["/proc/\(daemon.pid)/limits"]).output
    let core = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max core file") })
    #expect(core.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
  }

  @Test("the watchdog of systemd is fed")
  func watchdog() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady(
      shell: "export WATCHDOG_PID=$$", environment: ["WATCHDOG_USEC": "200000"])
    #expect(await daemon.hears("WATCHDOG=1", times: 5))
  }

  @Test("a socket that systemd passes is served, and its name stays when the daemon ends")
  func passedSocket() async throws {
    let daemon = try DaemonProcess()
    let path = "\(daemon.tree.path)/passed.sock"
    let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    try #require(clinux_bind_unix(listener, path) == 0 && listen(listener, 8) == 0)
    try await daemon.startReady(
      shell: "export LISTEN_PID=$$", descriptor: listener, environment: ["LISTEN_FDS": "1"])
    #expect(try await RawClient(path).closesAfterInfo() == false)
    #expect(!exists(daemon.socketPath))
    daemon.signal(SIGTERM)
    #expect(await daemon.end() == 0)
    #expect(exists(path))
  }

  @Test(
    "another user may look but not sign out, and the attempt is in the log",
    .enabled(if: geteuid() == 0 && isInstalled("/usr/bin/setpriv"), "needs root and setpriv"))
  func stranger() async throws {
    let daemon = try DaemonProcess()
    try await daemon.startReady()
    chmod(daemon.socketPath, 0o666)
    let script = """
      import socket, sys
      s = socket.socket(socket.AF_UNIX)
      s.connect(sys.argv[1])
      for method in ("Logout", "Reload", "Reload", "Pause"):
        p = '{"account":"a"}' if method == "Logout" else "{}"
        s.sendall(('{"method":"org.daybook.Control.%s","parameters":%s}' % (method, p)).encode() + b"\\0")
      data = b""
      while data.count(b"\\0") < 4:
        data += s.recv(4096)
      print(data.decode())
      """
    try daemon.tree.write("/client.py", script)
    let run = try await runProgram(
      "/usr/bin/setpriv",
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/python3",
        "\(daemon.tree.path)/client.py", daemon.socketPath,
      ])
    let replies = run.output.split(separator: "\0")
    try #require(replies.count >= 4, "\(run.output)")
    for reply in replies.prefix(3) { #expect(reply.contains("PermissionDenied"), "\(reply)") }
    #expect(!replies[3].contains("error"), "\(replies[3])")
    #expect(await eventually { daemon.output.contains("user 65534 called") })
    #expect(daemon.output.split(separator: "\n").filter { $0.contains("user 65534") }.count == 1)
  }

  @Test("the help names every exit status, and a wrong command line is 64")
  func commandLine() async throws {
    let help = try await runProgram(DaemonProcess.binary, ["--help"])
    #expect(help.status == 0)
    for status in ExitStatus.allCases { #expect(help.output.contains(status.meaning)) }
    #expect(
      try await runProgram(DaemonProcess.binary, ["--version"]).output == "\(Product.version)\n")
    #expect(try await runProgram(DaemonProcess.binary, ["--nonsense"]).status == 64)
  }

  @Test(
    "without a home and without options it says which option is missing",
    .enabled(if: geteuid() == 0 && isInstalled("/usr/bin/setpriv"), "needs root and setpriv"))
  func homeless() async throws {
    let run = try await runProgram(
      "/usr/bin/setpriv",
      ["--reuid=65534", "--regid=65534", "--clear-groups", DaemonProcess.binary])
    #expect(run.status == 64)
    #expect(run.output.contains("--config"))
  }
}
