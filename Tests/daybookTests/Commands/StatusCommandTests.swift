import DaybookCore
import Testing

@testable import daybook

@Suite("daybook status")
struct StatusCommandTests {
  @Test("accounts that come one by one are shown together")
  func overview() {
    let daemon = FakeDaemon { _ in statusSteps([Samples.working, Samples.idle]) }
    let run = daybook("status", daemon: daemon)
    let text = StatusText(look: Look(), clock: LocalClock(now: testNow, offset: { _ in 0 }))
    #expect(run.out == text.overview(Samples.daemon, [Samples.working, Samples.idle]))
    #expect(run.status == .ok)
    #expect(run.err.isEmpty)
    #expect(daemon.requests == [VarlinkRequest(.status(account: nil), more: true)])
  }

  @Test("one account is shown in full")
  func details() {
    let daemon = FakeDaemon { _ in statusSteps([Samples.working]) }
    let run = daybook("status", "me-moves", daemon: daemon)
    #expect(run.out.contains("CONFIRMED"))
    #expect(daemon.calls == [.status(account: "me-moves")])
  }

  @Test("no colours in a pipe, whatever TERM says")
  func noColours() {
    let daemon = FakeDaemon { _ in statusSteps([Samples.troubled]) }
    let run = daybook("status", daemon: daemon, environment: ["TERM": "xterm-256color"])
    #expect(!run.out.contains("\u{1b}"))
  }

  @Test("COLUMNS sets the width of a pipe")
  func columns() {
    let daemon = FakeDaemon { _ in statusSteps([Samples.troubled]) }
    let run = daybook("status", daemon: daemon, environment: ["COLUMNS": "40"])
    #expect(run.out.split(separator: "\n").allSatisfy { $0.count <= 40 })
  }

  @Test("--json is one reply with all accounts")
  func json() throws {
    let accounts = [Samples.working, Samples.idle]
    let run = daybook("status", "--json", daemon: FakeDaemon { _ in statusSteps(accounts) })
    #expect(run.out.split(separator: "\n").count == 1)
    let parameters = try JSONValue(parsing: Array(run.out.utf8))
    let reply = try ControlReply(
      VarlinkResponse(parameters: parameters), to: .status(account: nil))
    #expect(reply == .status(Samples.daemon, accounts))
  }

  @Test("no accounts are no failure")
  func none() {
    let run = daybook("status", daemon: FakeDaemon { _ in statusSteps([]) })
    #expect(run.status == .ok)
    #expect(run.out.hasSuffix("no accounts; add one to the settings\n"))
  }

  @Test(
    "a monitor learns the worst from the exit status",
    arguments: [
      (DaemonState.ready, [Samples.working, Samples.idle, Samples.waiting], ExitStatus.ok),
      (.paused, [Samples.idle], .ok), (.ready, [Samples.troubled], .signInNeeded),
      (.archiveAway, [Samples.idle], .problems), (.diskFull, [], .problems),
      (.clockUntrusted, [Samples.troubled], .problems), (.stopping, [], .problems),
    ])
  func exit(state: DaemonState, accounts: [AccountStatus], expected: ExitStatus) {
    var daemon = Samples.daemon
    daemon.state = state
    #expect(StatusCommand.exit(daemon, accounts) == expected)
    let status = daemon
    let fake = FakeDaemon { _ in statusSteps(accounts, status) }
    #expect(daybook("status", daemon: fake).status == expected)
    #expect(daybook("status", "--json", daemon: fake).status == expected)
  }

  @Test("failing and damaged days, and an account that stopped, are problems")
  func problems() {
    var failing = Samples.idle
    failing.streams = [Samples.stream("a") { $0.failing = 1 }]
    var damaged = Samples.idle
    damaged.streams = [Samples.stream("a") { $0.damaged = 1 }]
    var stopped = Samples.idle
    stopped.state = .stopped
    var refused = Samples.idle
    refused.streams = [Samples.stream("a") { $0.refused = 1 }]
    for account in [failing, damaged, stopped] {
      #expect(StatusCommand.exit(Samples.daemon, [Samples.idle, account]) == .problems)
    }
    #expect(StatusCommand.exit(Samples.daemon, [refused]) == .ok)
  }

  @Test("that a provider has ended is no problem; a file that is gone still is")
  func sealed() {
    var account = Samples.sealed
    account.streams[0].failing = 7
    #expect(StatusCommand.exit(Samples.daemon, [Samples.idle, account]) == .ok)
    account.streams[0].damaged = 1
    #expect(StatusCommand.exit(Samples.daemon, [account]) == .problems)
  }

  @Test("timelines come with their accounts and are shown below them")
  func timelines() {
    let lines = ["us", "them"].map { TimelineStatus(name: $0, accounts: ["a", "b"]) }
    let steps: [FakeDaemon.Step] = [
      .more(.status(Samples.daemon, [Samples.working], [lines[0]])),
      .reply(.status(Samples.daemon, [Samples.idle], [lines[1]])),
    ]
    let run = daybook("status", daemon: FakeDaemon { _ in steps })
    #expect(
      run.out.hasSuffix(
        "\n\ntimeline us: no day held; accounts a, b\n"
          + "timeline them: no day held; accounts a, b\n"))
    let json = daybook("status", "--json", daemon: FakeDaemon { _ in steps })
    #expect(json.out.contains("\"timelines\":[{\"name\":\"us\""))
  }

  @Test("without a daemon it ends with 2")
  func unreachable() {
    let run = daybook("status", "--socket", "/nowhere/s")
    #expect(run.status == .unreachable)
    #expect(run.out.isEmpty)
    #expect(
      run.err.hasPrefix("daybook: the daemon is not running: there is no socket /nowhere/s\n"))
  }
}
