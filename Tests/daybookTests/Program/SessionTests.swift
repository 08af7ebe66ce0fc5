import DaybookCore
import Testing

@testable import daybook

@Suite("Telling what went wrong")
struct SessionTests {
  @Test("in words on standard error, with what to do next")
  func words() {
    let daemon = FakeDaemon(
      .reply(.failed(.signInNeeded(account: "a", command: "daybook login a"))))
    let run = daybook("resync", "a", daemon: daemon)
    #expect(run.status == .signInNeeded)
    #expect(run.out.isEmpty)
    #expect(run.err == "daybook: account 'a' needs a sign-in\n  run: daybook login a\n")
  }

  @Test("with --json as the daemon's error on standard output too")
  func json() {
    let daemon = FakeDaemon(.reply(.failed(.archiveAway(path: "/nas"))))
    let run = daybook("verify", "--json", daemon: daemon)
    #expect(run.status == .problems)
    #expect(
      run.out == #"{"error":"org.daybook.Control.ArchiveAway","parameters":{"path":"/nas"}}"# + "\n"
    )
    #expect(run.err.contains("/nas is away"))
  }

  @Test("what the daemon sent cannot drive the terminal")
  func escaped() {
    let evil = "x\u{1b}[2J\u{9b}31m\u{202e}\ny"
    let daemon = FakeDaemon(.reply(.failed(.busy(evil))))
    let run = daybook("pause", daemon: daemon)
    #expect(!run.err.contains("\u{1b}"))
    #expect(!run.err.contains("\u{9b}"))
    #expect(!run.err.contains("\u{202e}"))
    #expect(run.err.split(separator: "\n").count == 2)
    #expect(run.err.contains("\\u{1B}[2J"))
  }

  @Test("a text of somebody else is wrapped at 80 columns where no terminal says another width")
  func explained() {
    var offer = LoginOffer(.code, expires: testNow + .minutes(10))
    offer.url = "https://p.example/authorize?state=right"
    offer.redirectURI = "https://me.example/cb"
    offer.help = String(repeating: "make a token there, ", count: 20)
    let live = LiveCommand(["login", "me"], daemon: FakeDaemon(.reply(.loginBegun(offer))))
    let lines = (0..<6).compactMap { _ in live.errLine() }
    #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines)")
    #expect(lines[0].hasPrefix("make a token there, make"))
    live.interrupt()
    _ = live.wait()
  }

  @Test("a reader that goes away ends the command quietly")
  func closedOutput() {
    let live = LiveCommand(
      ["status"], daemon: FakeDaemon(.sleep(0.3), .reply(.status(Samples.daemon, []))), input: "")
    live.closeOut()
    let run = live.wait()
    #expect(run.status == .outputClosed)
    #expect(run.err.isEmpty)
  }
}
