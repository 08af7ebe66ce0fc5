import DaybookCore
import Testing

@testable import daybook

@Suite("daybook resync")
struct ResyncCommandTests {
  private func progress(
    _ state: ResyncProgress.State, done: Int, refused: Int = 0
  ) -> ControlReply {
    var progress = ResyncProgress(id: 7, total: 42)
    progress.state = state
    progress.done = done
    progress.refused = refused
    return .resync(progress)
  }

  @Test("the days asked for are told to the daemon")
  func call() {
    let daemon = FakeDaemon(.reply(progress(.working, done: 0)))
    let run = daybook(
      "resync", "a", "--stream", "s", "--from", "2016-02-28", "--to", "2016-03-01", daemon: daemon)
    var request = ResyncRequest(account: "a")
    request.stream = "s"
    request.from = Day("2016-02-28")
    request.to = Day("2016-03-01")
    #expect(daemon.requests == [VarlinkRequest(.resync(request))])
    #expect(run.status == .ok)
    #expect(run.out == "resync 7: 42 days of a will be read again; see: daybook status a\n")
  }

  @Test("--all asks for everything")
  func all() {
    let daemon = FakeDaemon(.reply(progress(.working, done: 0)))
    #expect(daybook("resync", "a", "--all", daemon: daemon).status == .ok)
    var request = ResyncRequest(account: "a")
    request.all = true
    #expect(daemon.calls == [.resync(request)])
  }

  @Test(
    "--wait ends as the days did",
    arguments: [
      (.done, 0, ExitStatus.ok), (.done, 2, .refused), (.signInNeeded, 0, .signInNeeded),
      (.paused, 0, .paused),
    ] as [(ResyncProgress.State, Int, ExitStatus)])
  func wait(state: ResyncProgress.State, refused: Int, expected: ExitStatus) {
    let daemon = FakeDaemon(
      .more(progress(.working, done: 1)), .more(progress(.working, done: 20)),
      .reply(progress(state, done: 42, refused: refused)))
    let run = daybook("resync", "a", "--wait", daemon: daemon)
    #expect(run.status == expected)
    #expect(run.out.hasPrefix("resync 7 of a: 42 of 42 days read"))
    #expect(run.out.split(separator: "\n").count == 1)
    #expect(run.err.isEmpty)
    #expect(daemon.requests.map(\.more) == [true])
  }

  @Test(
    "an account that waits for a person ends the waiting although the daemon would go on",
    arguments: [(.paused, .paused), (.signInNeeded, .signInNeeded)]
      as [(ResyncProgress.State, ExitStatus)])
  func hindered(state: ResyncProgress.State, expected: ExitStatus) {
    let daemon = FakeDaemon(.more(progress(state, done: 1)), .sleep(30))
    #expect(daybook("resync", "a", "--wait", daemon: daemon).status == expected)
  }

  @Test("--wait --json is one reply a line")
  func json() {
    let daemon = FakeDaemon(
      .more(progress(.working, done: 1)), .reply(progress(.done, done: 42)))
    let run = daybook("resync", "a", "--wait", "--json", daemon: daemon)
    #expect(run.status == .ok)
    let lines = run.out.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.last == #"{"id":7,"total":42,"done":42,"changed":0,"refused":0,"state":"done"}"#)
  }

  @Test("Ctrl-C ends the waiting, not the resync")
  func interrupt() {
    let daemon = FakeDaemon(.more(progress(.working, done: 1)), .sleep(30))
    let live = LiveCommand(["resync", "a", "--wait", "--json"], daemon: daemon)
    #expect(live.outLine()?.contains("\"id\":7") == true)
    live.resize()
    live.interrupt()
    let run = live.wait()
    #expect(run.status == .interrupted)
    #expect(run.err == "the resync 7 goes on; see: daybook status a\n")
  }

  @Test("--timeout ends the waiting, too")
  func timeout() {
    let daemon = FakeDaemon(.more(progress(.working, done: 1)), .sleep(30))
    let run = daybook("resync", "a", "--wait", "--timeout", "1s", daemon: daemon)
    #expect(run.status == .paused)
    #expect(run.err == "the time is over; the resync 7 goes on; see: daybook status a\n")
  }

  @Test("a daemon that stops in between is unreachable, and the resync is not lost")
  func stopped() {
    let daemon = FakeDaemon(.more(progress(.working, done: 1)), .close)
    let run = daybook("resync", "a", "--wait", daemon: daemon)
    #expect(run.status == .unreachable)
    #expect(
      run.err == "daybook: the daemon has stopped\n  the resync 7 goes on when it runs again\n")
    let silent = daybook("resync", "a", "--wait", daemon: FakeDaemon(.close))
    #expect(silent.status == .unreachable)
    #expect(silent.err.contains("without an answer"))
  }

  @Test("a range that the account does not have is wrong usage")
  func range() {
    let daemon = FakeDaemon(.reply(.failed(.invalidRange("a has days from 2014-01-01"))))
    let run = daybook("resync", "a", "--from", "2010-01-01", "--to", "2010-01-02", daemon: daemon)
    #expect(run.status == .usage)
    #expect(run.err == "daybook: no such days: a has days from 2014-01-01\n")
  }
}
