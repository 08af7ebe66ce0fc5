import DaybookCore
import Testing

@testable import daybook

@Suite("daybook verify")
struct VerifyCommandTests {
  private func progress(_ checked: Int, _ findings: [Finding] = [], done: Bool = false)
    -> ControlReply
  {
    var progress = VerifyProgress()
    progress.checked = checked
    progress.total = 10
    progress.findings = findings
    progress.done = done
    return .verify(progress)
  }
  private let one = Finding(path: "a/1", what: .size, action: "")
  private let two = Finding(path: "a/2", what: .missing, action: "")

  @Test("all in order is 0")
  func good() {
    let daemon = FakeDaemon(.more(progress(4)), .reply(progress(10, done: true)))
    let run = daybook("verify", daemon: daemon)
    #expect(run == CommandRun(status: .ok, out: "checked 10 files: all in order\n", err: ""))
    #expect(daemon.requests == [VarlinkRequest(.verify(VerifyRequest()), more: true)])
  }

  @Test("findings of all replies count once, whether each reply repeats them or not")
  func findings() {
    for steps in [
      [FakeDaemon.Step.more(progress(4, [one])), .reply(progress(10, [two], done: true))],
      [.more(progress(4, [one])), .reply(progress(10, [one, two], done: true))],
      [.more(progress(4)), .reply(progress(10, [one, two], done: true))],
    ] {
      let run = daybook("verify", daemon: FakeDaemon { _ in steps })
      #expect(run.status == .problems)
      #expect(run.out.hasPrefix("size  a/1\nmissing  a/2\nchecked 10 files: 2 findings\n"))
    }
  }

  @Test("--json is one reply with all of it")
  func json() {
    let daemon = FakeDaemon(.more(progress(4, [one])), .reply(progress(10, done: true)))
    let run = daybook("verify", "--json", daemon: daemon)
    #expect(
      run.out
        == #"{"checked":10,"total":10,"findings":[{"path":"a/1","what":"size","action":""}],"done":true}"#
        + "\n")
    #expect(run.status == .problems)
  }

  @Test("--sha256sums prints the lines of all replies and nothing else; findings go elsewhere")
  func sums() {
    var first = VerifyProgress()
    first.sums = ["aa  me/1", "bb  me/2"]
    var last = VerifyProgress()
    last.sums = ["cc  me/3"]
    last.findings = [one]
    last.done = true
    let daemon = FakeDaemon(.more(.verify(first)), .reply(.verify(last)))
    let run = daybook("verify", "--sha256sums", daemon: daemon)
    #expect(run.out == "aa  me/1\nbb  me/2\ncc  me/3\n")
    #expect(run.err.contains("size  a/1") && run.status == .problems)
  }

  @Test("what is asked for is told")
  func call() {
    let daemon = FakeDaemon(.reply(progress(10, [one], done: true)))
    let run = daybook(
      "verify", "a", "--deep", "--repair", "--yes", "--sha256sums", daemon: daemon)
    var request = VerifyRequest()
    request.account = "a"
    request.deep = true
    request.repair = true
    request.yes = true
    request.sums = true
    #expect(daemon.calls == [.verify(request)])
    #expect(run.status == .problems, "found, although mended")
    #expect(!run.out.contains("--repair"))
  }
}
