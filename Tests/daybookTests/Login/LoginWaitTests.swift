import DaybookCore
import Foundation
import Locking
import Testing

@testable import daybook

@Suite("Waiting for the redirect")
struct LoginWaitTests {
  private let input = TextPipe()
  private let signalled = TextPipe()
  private let remarks = Remarks()

  final class Remarks: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  private func wait(
    _ listener: RedirectListener?, port: Int, seconds: Double = 20, doubt: Duration = .hours(1)
  )
    -> LoginWait
  {
    let pipe = signalled
    let remarks = remarks
    return LoginWait(
      gate: RedirectGate(
        redirectURI: "http://127.0.0.1:\(port)/", authorizeURL: "https://p/?state=s"),
      listener: listener, input: input.reader,
      signals: .typed(pipe),
      deadline: uptime() + seconds, doubtAfter: doubt, remark: { remarks.add($0) })
  }

  private func listener() throws -> RedirectListener {
    let address = try #require(RedirectAddress("http://127.0.0.1/"))
    return try #require(RedirectListener(address))
  }

  @Test("what is pasted wins when it is first, white space around it or not")
  func pasted() throws {
    let listener = try listener()
    input.write("\n  http://127.0.0.1:\(listener.port)/?code=C&state=s \r\n")
    var wait = wait(listener, port: listener.port)
    #expect(wait.run() == .url(Secret("http://127.0.0.1:\(listener.port)/?code=C&state=s")))
    #expect(remarks.all.isEmpty)
  }

  @Test("the browser wins when it is first")
  func browser() throws {
    let listener = try listener()
    let port = listener.port
    TypingThread { _ = Loopback.ask(port, Loopback.get("/?code=B&state=s", port: port)) }
      .start(after: 0)
    var wait = wait(listener, port: port)
    #expect(wait.run() == .url(Secret("http://127.0.0.1:\(port)/?code=B&state=s")))
  }

  @Test("what is pasted wrong is explained without repeating it, and the waiting goes on")
  func wrong() throws {
    input.write("hello SECRET\nhttp://127.0.0.1:1/?code=SECRET&state=other\n")
    input.write("http://127.0.0.1:1/?code=C&state=s\n")
    var wait = wait(nil, port: 1)
    #expect(wait.run() == .url(Secret("http://127.0.0.1:1/?code=C&state=s")))
    #expect(remarks.all.count == 2)
    #expect(remarks.all[0].contains("http://127.0.0.1:1/?..."))
    #expect(remarks.all[1].contains("not of this sign-in"))
    #expect(!remarks.all.joined().contains("SECRET"))
  }

  @Test("a last line without its end counts when the input ends")
  func unended() {
    input.write("http://127.0.0.1:1/?code=C&state=s")
    input.endWriting()
    var wait = wait(nil, port: 1)
    #expect(wait.run() == .url(Secret("http://127.0.0.1:1/?code=C&state=s")))
  }

  @Test("an input that ends leaves the browser, and without a listener nobody")
  func endOfInput() throws {
    input.endWriting()
    var alone = wait(nil, port: 1)
    #expect(alone.run() == .abandoned)
    let listener = try listener()
    let port = listener.port
    TypingThread { _ = Loopback.ask(port, Loopback.get("/?code=B&state=s", port: port)) }
      .start(after: 0.1)
    var wait = wait(listener, port: port)
    #expect(wait.run() == .url(Secret("http://127.0.0.1:\(port)/?code=B&state=s")))
  }

  @Test("when nothing comes for a while, the URI to register is named, once")
  func doubt() throws {
    let listener = try listener()
    let port = listener.port
    TypingThread { _ = Loopback.ask(port, Loopback.get("/?code=B&state=s", port: port)) }
      .start(after: 0.3)
    var wait = wait(listener, port: port, doubt: .milliseconds(50))
    #expect(wait.run() == .url(Secret("http://127.0.0.1:\(port)/?code=B&state=s")))
    #expect(remarks.all.count == 3 && remarks.all[0].hasPrefix("nothing has come back yet"))
    #expect(remarks.all[1] == "  http://127.0.0.1:\(port)/")
  }

  @Test("Ctrl-C ends it, a new size of the terminal does not")
  func signals() {
    signalled.write("ws")
    var wait = wait(nil, port: 1)
    #expect(wait.run() == .interrupted)
  }

  @Test("the time of the sign-in ends it")
  func expired() throws {
    let start = uptime()
    var wait = wait(try listener(), port: 1, seconds: 0.1)
    #expect(wait.run() == .expired)
    #expect(uptime() - start >= 0.1)
  }

  @Test("a flood on the input is cut off, and what follows is read")
  func flood() {
    let pipe = TextPipe()
    var lines = PastedLines(pipe.reader)
    let piece = String(repeating: "x", count: 16 << 10)
    for _ in 0..<6 {
      pipe.write(piece)
      #expect(lines.read() == [])
    }
    pipe.write("\nline\n")
    let read = lines.read()
    #expect(read.last == "line")
    #expect(read.allSatisfy { $0.utf8.count <= Limits.redirectRequestBytes })
  }
}
