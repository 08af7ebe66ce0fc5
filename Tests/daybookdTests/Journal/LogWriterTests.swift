import DaybookCore
import Glibc
import Testing

@testable import daybookd

@Suite struct LogWriterTests {
  private let time = Instant(seconds: 1_466_240_700)

  /// The reading and the writing end of a pipe; reading never blocks.
  private func pipePair() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    return (ends[0], ends[1])
  }

  private func lines(_ fd: Int32) -> [String] {
    String(decoding: everything(from: fd), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test("each entry is one line, in order")
  func inOrder() {
    let (read, write) = pipePair()
    defer { close(read) }
    let log = LogWriter(to: .plain(write))
    for n in 1...100 { log.write(Entry(.progress, "line \(n)"), at: time) }
    log.flush()
    close(write)
    #expect(lines(read) == (1...100).map { "2016-06-18T09:05:00Z line \($0)" })
  }

  @Test(
    "what is less severe than asked for is left out",
    arguments: [(Priority.info, ["b", "c"]), (.debug, ["a", "b", "c"]), (.error, ["c"])])
  func threshold(threshold: Priority, expected: [String]) {
    let (read, write) = pipePair()
    defer { close(read) }
    let log = LogWriter(to: .plain(write), threshold: threshold)
    log.write(Entry(.dayStored, "a"), at: time)
    log.write(Entry(.ready, "b"), at: time)
    log.write(Entry(.bug, "c"), at: time)
    log.flush()
    close(write)
    #expect(lines(read).map { String($0.last!) } == expected)
  }

  @Test("a reader that stops does not stop the writer, and lines that were lost are counted")
  func stopped() async {
    let (read, write) = pipePair()
    defer { close(read) }
    let log = LogWriter(to: .plain(write))
    let text = String(repeating: "x", count: 1_000)
    let count = Limits.logLinesWaiting + 500
    let begin = ContinuousClock.now
    for _ in 0..<count { log.write(Entry(.progress, text), at: time) }
    log.flush(within: .milliseconds(50))
    #expect(ContinuousClock.now - begin < .seconds(10))

    var seen: [UInt8] = []
    var written = 0
    var dropped = 0
    let whole = await eventually {
      seen += everything(from: read)
      let lines = String(decoding: seen, as: UTF8.self).split(separator: "\n")
      written = lines.filter { $0.hasSuffix("x") }.count
      dropped = lines.filter { $0.hasSuffix("lines were dropped: nobody read them in time") }
        .compactMap { Int($0.split(separator: " ")[1]) }.reduce(0, +)
      return written + dropped == count
    }
    #expect(whole, "\(written) written and \(dropped) dropped are not \(count)")
    #expect(dropped > 0)
    close(write)
  }

  @Test("a reader that is gone costs nothing but the lines")
  func gone() {
    signal(SIGPIPE, SIG_IGN)
    let (read, write) = pipePair()
    close(read)
    let log = LogWriter(to: .plain(write))
    let begin = ContinuousClock.now
    for _ in 0..<10 * Limits.logLinesWaiting { log.write(Entry(.progress, "text"), at: time) }
    log.flush(within: .seconds(60))
    #expect(ContinuousClock.now - begin < .seconds(60))
    close(write)
  }
}
