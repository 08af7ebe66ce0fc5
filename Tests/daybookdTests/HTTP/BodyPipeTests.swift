import DaybookCore
import DaybookEngine
import Dispatch
import Locking
import Testing

@testable import daybookd

@Suite("HTTP: the pipe between client and disk")
struct BodyPipeTests {
  /// What a pipe did to its sink and told its client.
  private final class Log: Sendable {
    struct Contents {
      var events: [String] = []
      var body: [UInt8] = []
      var failures: [TransportFailure] = []
      var drained = 0
    }
    private let contents = Mutex(Contents())
    let drained = DispatchSemaphore(value: 0)
    var now: Contents { contents.withLock { $0 } }
    func note(_ event: String) { contents.withLock { $0.events.append(event) } }
    func add(_ bytes: UnsafeRawBufferPointer) { contents.withLock { $0.body += Array(bytes) } }
    func fail(_ failure: TransportFailure) { contents.withLock { $0.failures.append(failure) } }
    func drain() {
      contents.withLock { $0.drained += 1 }
      drained.signal()
    }
  }

  private let queue = DispatchQueue(label: "test.body")
  private let log = Log()

  private func pipe(failing: TransportFailure? = nil) -> BodyPipe {
    let log = log
    return BodyPipe(
      queue: queue,
      open: {
        BodySink(
          begin: { log.note("begin \($0)") },
          receive: { bytes throws(TransportFailure) in
            if let failing { throw failing }
            log.add(bytes)
          },
          finish: { status, headers in
            log.note("finish \(status) \(headers.count)")
            return .success(.plain(status, headers, []))
          },
          abandon: { log.note("abandon") })
      },
      drained: { log.drain() }, failed: { log.fail($0) })
  }

  private func offer(
    _ pipe: BodyPipe, _ bytes: [UInt8], mayPause: Bool = false
  ) -> BodyPipe.Admission {
    bytes.withUnsafeBytes { pipe.offer($0, status: 200, mayPause: mayPause) }
  }

  private func isTaken(_ admission: BodyPipe.Admission) -> Bool {
    if case .taken = admission { true } else { false }
  }

  @Test("bytes arrive in order and whole, then the end")
  func order() {
    let pipe = pipe()
    var sent: [UInt8] = []
    for i in 0..<500 {
      let block = [UInt8](repeating: UInt8(i % 251), count: i)
      #expect(isTaken(offer(pipe, block)))
      sent += block
    }
    pipe.finish(status: 200, headers: [Field("a", "b")]) { _ in log.note("then") }
    queue.sync {}
    #expect(log.now.body == sent)
    #expect(log.now.events == ["begin 200", "finish 200 1", "then"])
  }

  @Test("an empty body is begun and finished too")
  func empty() {
    pipe().finish(status: 204, headers: []) { _ in log.note("then") }
    queue.sync {}
    #expect(log.now.events == ["begin 204", "finish 204 0", "then"])
  }

  @Test("past the limit the next read waits; when half is drained the client is told once")
  func pause() {
    let pipe = pipe()
    queue.suspend()
    let block = [UInt8](repeating: 1, count: 16 << 10)
    var taken = 0
    while taken < 1_000, isTaken(offer(pipe, block, mayPause: true)) { taken += 1 }
    #expect(taken == Limits.bodyQueueBytes / block.count + 1)
    if case .pause = offer(pipe, block, mayPause: true) {} else { Issue.record("not paused") }
    #expect(pipe.peak == taken * block.count)
    queue.resume()
    queue.sync {}
    #expect(log.now.body.count == taken * block.count)
    #expect(log.now.drained == 1)
    #expect(isTaken(offer(pipe, block, mayPause: true)))
    queue.sync {}
    #expect(log.now.drained == 1)
  }

  @Test("within one read more is taken, up to the limit of expansion")
  func bomb() {
    let pipe = pipe()
    queue.suspend()
    defer { queue.resume() }
    let block = [UInt8](repeating: 1, count: 1 << 20)
    for _ in 0..<(Limits.expansionBytes / block.count) { #expect(isTaken(offer(pipe, block))) }
    if case .bomb = offer(pipe, [1]) {} else { Issue.record("taken past the limit") }
    #expect(pipe.peak == Limits.expansionBytes)
  }

  @Test("a failure of the sink is told once and refuses what follows")
  func failure() {
    let full = TransportFailure(.diskFull, "no space")
    let pipe = pipe(failing: full)
    #expect(isTaken(offer(pipe, [1])))
    queue.sync {}
    if case .refused(let why) = offer(pipe, [2]) {
      #expect(why == full)
    } else {
      Issue.record("taken after a failure")
    }
    pipe.finish(status: 200, headers: []) { _ in log.note("then") }
    queue.sync {}
    #expect(log.now.failures == [full])
    #expect(log.now.events == ["begin 200", "abandon"])
  }

  @Test("a failure at the very end is told instead of the answer")
  func failureAtEnd() {
    let pipe = pipe(failing: TransportFailure(.disk))
    queue.suspend()
    #expect(isTaken(offer(pipe, [1])))
    pipe.finish(status: 200, headers: []) { _ in log.note("then") }
    queue.resume()
    queue.sync {}
    queue.sync {}
    #expect(log.now.failures.count == 1)
    #expect(log.now.events == ["begin 200", "abandon"])
  }

  @Test("what is abandoned early never finishes and takes nothing more")
  func abandonEarly() {
    let pipe = pipe()
    queue.suspend()
    #expect(isTaken(offer(pipe, [1])))
    pipe.finish(status: 200, headers: []) { _ in log.note("then") }
    pipe.abandon()
    if case .refused(let why) = offer(pipe, [2]) {
      #expect(why.reason == .cancelled)
    } else {
      Issue.record("taken after the end")
    }
    queue.resume()
    queue.sync {}
    #expect(log.now.body.isEmpty)
    #expect(!log.now.events.contains("then"))
    #expect(log.now.failures.isEmpty)
  }

  @Test("what is abandoned after it finished is dropped by its sink")
  func abandonLate() {
    let pipe = pipe()
    pipe.finish(status: 200, headers: []) { _ in log.note("then") }
    queue.sync {}
    pipe.abandon()
    queue.sync {}
    #expect(log.now.events == ["begin 200", "finish 200 0", "then", "abandon"])
  }

  @Test("a pipe that never saw a byte opens no sink to abandon it")
  func nothing() {
    pipe().abandon()
    queue.sync {}
    #expect(log.now.events.isEmpty)
  }

  @Test("pipes on one queue take turns block by block")
  func turns() {
    let (first, second) = (pipe(), pipe())
    queue.suspend()
    #expect(isTaken(offer(first, [1])))
    #expect(isTaken(offer(second, [2])))
    queue.resume()
    queue.sync {}
    #expect(log.now.body == [1, 2])
    #expect(isTaken(offer(first, [3])))
    queue.sync {}
    #expect(log.now.body == [1, 2, 3])
  }
}
