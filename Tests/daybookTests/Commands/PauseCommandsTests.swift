import DaybookCore
import Testing

@testable import daybook

@Suite("daybook pause, resume, logout and reload")
struct PauseCommandsTests {
  @Test(
    "each makes its call and says what it did",
    arguments: [
      (
        ["pause"], ControlCall.pause(account: nil),
        "paused all accounts; go on with: daybook resume"
      ),
      (["pause", "a"], .pause(account: "a"), "paused a; go on with: daybook resume a"),
      (["resume"], .resume(account: nil, probe: false), "resumed all accounts"),
      (["resume", "a"], .resume(account: "a", probe: false), "resumed a"),
      (["resume", "a", "--probe"], .resume(account: "a", probe: true), "resumed a"),
      (
        ["logout", "a"], .logout(account: "a"),
        "signed out a; its days stay, sign in with: daybook login a"
      ),
    ])
  func calls(arguments: [String], call: ControlCall, text: String) {
    let daemon = FakeDaemon(.reply(.done))
    let run = LiveCommand(arguments, daemon: daemon, input: "").wait()
    #expect(run == CommandRun(status: .ok, out: text + "\n", err: ""))
    #expect(daemon.calls == [call])
    let json = LiveCommand(arguments + ["--json"], daemon: daemon, input: "").wait()
    #expect(json == CommandRun(status: .ok, out: "{}\n", err: ""))
  }

  @Test("a reload tells what has changed")
  func reload() {
    let daemon = FakeDaemon(.reply(.reloaded(changes: ["added a", "changed b\u{1b}"])))
    #expect(daybook("reload", daemon: daemon).out == "added a\nchanged b\\u{1B}\n")
    #expect(
      daybook("reload", "--json", daemon: daemon).out
        == #"{"changes":["added a","changed b\u001b"]}"# + "\n")
    let same = FakeDaemon(.reply(.reloaded(changes: [])))
    #expect(daybook("reload", daemon: same).out == "nothing has changed\n")
  }

  @Test("a mistake in the settings is told, and that is 1")
  func mistake() {
    let problems = ["/etc/daybook/daybook.yaml:3:5: unknown key 'acounts'"]
    let run = daybook("reload", daemon: FakeDaemon(.reply(.failed(.invalidSettings(problems)))))
    #expect(run.status == .problems)
    #expect(run.err.contains("daybook.yaml:3:5: unknown key 'acounts'"))
  }

  @Test("a sealed account says how to try it once more")
  func sealed() {
    let daemon = FakeDaemon(.reply(.failed(.accountSealed(account: "a", reason: "it has ended"))))
    let run = daybook("resume", "a", daemon: daemon)
    #expect(run.status == .problems)
    #expect(run.err.contains("daybook resume a --probe"))
  }
}
