import DaybookCore
import Testing

@testable import daybook

@Suite("The names that there are")
struct KnownNamesTests {
  private func daemon(_ error: ControlError, _ accounts: [AccountStatus]) -> FakeDaemon {
    FakeDaemon { call in
      if case .status = call { return statusSteps(accounts) }
      return [.reply(.failed(error))]
    }
  }

  @Test("an unknown account is answered with the known ones")
  func accounts() {
    let daemon = daemon(.noSuchAccount("x"), [Samples.working, Samples.idle])
    let run = daybook("pause", "x", daemon: daemon)
    #expect(run.status == .problems)
    #expect(run.err == "daybook: no account 'x'; accounts: me-moves, phone\n")
  }

  @Test("an unknown stream is answered with those of the account")
  func streams() {
    let error = ControlError.noSuchStream(account: "old", stream: "x")
    let run = daybook("resync", "old", "--stream", "x", daemon: daemon(error, [Samples.troubled]))
    #expect(run.err == "daybook: account 'old' has no stream 'x'; streams: steps, sleep\n")
  }

  @Test("of many names only some are told")
  func many() {
    let accounts = (10..<40).map { AccountStatus(name: "a\($0)", provider: "p", state: .idle) }
    let run = daybook("logout", "x", daemon: daemon(.noSuchAccount("x"), accounts))
    #expect(run.err.contains("accounts: a10, a11, "))
    #expect(run.err.contains("a21 and 18 more\n"))
  }

  @Test("when the daemon does not tell them, the failure stays as it is")
  func silent() {
    let run = daybook("pause", "x", daemon: daemon(.noSuchAccount("x"), []))
    #expect(run.err == "daybook: no account 'x'\n  see them: daybook status\n")
  }

  @Test("other failures are not touched, and cost no second call")
  func others() {
    let daemon = daemon(.permissionDenied, [Samples.idle])
    let run = daybook("reload", daemon: daemon)
    #expect(
      run.err == "daybook: only root and the daemon's own user may do this\n  run it with sudo\n")
    #expect(daemon.calls == [.reload])
  }
}
