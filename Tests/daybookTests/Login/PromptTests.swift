import DaybookCore
import Foundation
import Testing

@testable import daybook

@Suite("Asking for a line")
struct PromptTests {
  private let signalled = TextPipe()
  private let said = TextPipe()

  private func prompt(_ input: Int32, seconds: Double = 20) -> Prompt {
    Prompt(
      input: input, signals: .typed(signalled), deadline: uptime() + seconds,
      output: Output(said.writer, environment: [:]))
  }

  private func output() -> String {
    said.endWriting()
    return said.rest()
  }

  @Test("from a pipe lines come as they are, without a question; blanks belong to a password")
  func pipe() {
    let pipe = TextPipe()
    pipe.write(" jane\t\r\n p w \r\nlast")
    pipe.endWriting()
    var prompt = prompt(pipe.reader)
    #expect(!prompt.isTerminal)
    #expect(prompt.ask("user name", hidden: false) == .line(Secret("jane")))
    #expect(prompt.ask("password", hidden: true, verbatim: true) == .line(Secret(" p w ")))
    #expect(prompt.ask("more", hidden: true) == .line(Secret("last")))
    #expect(prompt.ask("more", hidden: true) == .ended)
    #expect(output().isEmpty)
  }

  @Test("a line that comes in pieces is waited for")
  func pieces() {
    let pipe = TextPipe()
    pipe.write("to")
    TypingThread { pipe.write("ken\n") }.start(after: 0.05)
    var prompt = prompt(pipe.reader)
    #expect(prompt.ask("token", hidden: true) == .line(Secret("token")))
  }

  @Test("on a terminal it asks, and what is hidden is not shown")
  func terminal() throws {
    let terminal = try Terminal()
    let pipe = said
    TypingThread { _ = Glibc.write(terminal.master, "jane\n", 5) }.start(after: 0.1)
    var prompt = prompt(terminal.end)
    #expect(prompt.isTerminal)
    #expect(prompt.ask("user name", hidden: false) == .line(Secret("jane")))
    #expect(terminal.read().contains("jane"))
    TypingThread { _ = Glibc.write(terminal.master, "hunter2\n", 8) }.start(after: 0.2)
    #expect(prompt.ask("password", hidden: true) == .line(Secret("hunter2")))
    #expect(!terminal.read().contains("hunter2"))
    pipe.endWriting()
    #expect(pipe.rest() == "user name: password: \n")
  }

  @Test("the echo comes back, whatever ends the question")
  func echo() throws {
    let terminal = try Terminal()
    signalled.write("s")
    var prompt = prompt(terminal.end)
    #expect(prompt.ask("password", hidden: true) == .interrupted)
    var settings = termios()
    #expect(tcgetattr(terminal.end, &settings) == 0)
    #expect(settings.c_lflag & tcflag_t(ECHO) != 0)
  }

  @Test("Ctrl-C ends it, a new size of the terminal does not")
  func signals() {
    let pipe = TextPipe()
    signalled.write("ws")
    var prompt = prompt(pipe.reader)
    #expect(prompt.ask("token", hidden: true) == .interrupted)
  }

  @Test("the time of the sign-in ends it")
  func expired() {
    let pipe = TextPipe()
    var prompt = prompt(pipe.reader, seconds: 0.1)
    #expect(prompt.ask("token", hidden: true) == .expired)
  }

  @Test("a flood is no line")
  func flood() {
    let pipe = TextPipe()
    let piece = String(repeating: "x", count: 32 << 10)
    TypingThread {
      for _ in 0..<4 { pipe.write(piece) }
      pipe.endWriting()
    }.start(after: 0)
    var prompt = prompt(pipe.reader)
    #expect(prompt.ask("token", hidden: true) == .ended)
  }
}
