import DaybookCore
import DaybookEngine
import Locking
import Testing

@testable import daybookd

@Suite("HTTP client: slow servers", .timeLimit(.minutes(1)))
struct TimeoutsTests {
  private let hasty = Timeouts(stall: .seconds(1), stallBytesPerSecond: 1_000)

  private func time(
    _ timeouts: Timeouts, _ timeout: Duration, _ script: @escaping ScriptedServer.Script
  )
    async throws -> (Reply, Duration)
  {
    let server = ScriptedServer(script)
    defer { server.stop() }
    let client = try TestClient(timeouts: timeouts)
    let clock = ContinuousClock()
    let start = clock.now
    let reply = await client.get(server.url(), timeout: timeout)
    let took = clock.now - start
    await client.stop()
    return (reply, took)
  }

  @Test("the defaults are the product's limits")
  func defaults() {
    let timeouts = Timeouts()
    #expect(timeouts.connect == Limits.connectTimeout)
    #expect(timeouts.stall == Limits.stallTimeout)
    #expect(timeouts.stallBytesPerSecond == Limits.stallBytesPerSecond)
    #expect(timeouts.idleConnection == Limits.idleConnection)
  }

  @Test("a server that never answers is given up when the stall time is over")
  func silent() async throws {
    let (reply, took) = try await time(hasty, .seconds(20)) { connection in
      guard connection.readRequest() != nil else { return }
      connection.waitForEnd()
    }
    #expect(reply.failure?.reason == .timeout)
    #expect(reply.sends == 1)
    #expect(took >= .milliseconds(900) && took < .seconds(15))
  }

  @Test("a body that drips is given up when the stall time is over")
  func drip() async throws {
    let (reply, took) = try await time(hasty, .seconds(20)) { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
      while connection.send(" ") { rest(0.05) }
    }
    #expect(reply.failure?.reason == .timeout)
    #expect(took >= .milliseconds(900) && took < .seconds(15))
  }

  @Test("headers that drip are given up too")
  func dripHeaders() async throws {
    let (reply, _) = try await time(hasty, .seconds(20)) { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nX: ")
      while connection.send("x") { rest(0.05) }
    }
    #expect(reply.failure?.reason == .timeout)
  }

  @Test("a stall after half the body is given up")
  func half() async throws {
    let (reply, _) = try await time(hasty, .seconds(20)) { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1,2,")
      connection.waitForEnd()
    }
    #expect(reply.failure?.reason == .timeout)
  }

  @Test("the whole call has its time, however lively the server is")
  func total() async throws {
    let (reply, took) = try await time(Timeouts(), .milliseconds(400)) { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.send([UInt8](repeating: 32, count: 1_000)) { rest(0.01) }
    }
    #expect(reply.failure?.reason == .timeout)
    #expect(took >= .milliseconds(390) && took < .seconds(60))
  }

  @Test("a sink that is slow is not a server that stalls")
  func slowSink() async throws {
    let isFirst = Mutex(true)
    let server = ScriptedServer { $0.answerAll(String(repeating: "x", count: 900_000)) }
    defer { server.stop() }
    let client = try TestClient(
      timeouts: Timeouts(stall: .seconds(2)),
      sink: { _ in
        .keeping { _ throws(TransportFailure) in
          let isFirst = isFirst.withLock { first in
            defer { first = false }
            return first
          }
          if isFirst { rest(3.5) }
        }
      })
    let reply = await client.get(server.url())
    #expect(reply.failure == nil)
    #expect(reply.text?.utf8.count == 900_000)
    #expect(client.http.peakHeldBytes > Limits.bodyQueueBytes, "the transfer never had to rest")
    await client.stop()
  }
}
