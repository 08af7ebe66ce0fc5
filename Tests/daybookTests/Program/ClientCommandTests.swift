import DaybookCore
import Testing

@testable import daybook

@Suite("Running a command")
struct ClientCommandTests {
  @Test("--socket and --json may stand before the command's name or after it")
  func placement() {
    let daemon = FakeDaemon { _ in [.reply(.done)] }
    for arguments in [
      ["--socket", daemon.socket, "--json", "pause"],
      ["pause", "--socket", daemon.socket, "--json"],
      ["--json", "pause", "--socket", daemon.socket],
    ] {
      let run = LiveCommand(arguments, daemon: nil, input: "").wait()
      #expect(run == CommandRun(status: .ok, out: "{}\n", err: ""))
    }
  }

  @Test("an option after the name goes before one ahead of it")
  func precedence() {
    let daemon = FakeDaemon { _ in [.reply(.done)] }
    let run = daybook("--socket", "/nowhere", "pause", "--socket", daemon.socket)
    #expect(run.status == .ok)
  }

  @Test("the exit status is that of what went wrong")
  func status() {
    for error in [ControlError.busy("x"), .shuttingDown, .invalidRange("x")] {
      let daemon = FakeDaemon(.reply(.failed(error)))
      let expected = FailureText.failure(
        error, error.response, SocketPath(option: daemon.socket, environment: [:]))
      let run = daybook("pause", daemon: daemon)
      #expect(run.status == expected.status)
      #expect(run.err.hasPrefix("daybook: \(expected.text)\n"))
    }
  }
}
