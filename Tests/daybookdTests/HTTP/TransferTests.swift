import DaybookCore
import DaybookEngine
import Locking
import Testing

@testable import daybookd

@Suite("HTTP client: bad servers", .timeLimit(.minutes(1)))
struct TransferTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var response: [UInt8]
    var reason: TransportFailure.Reason
    var testDescription: String { name }

    init(_ name: String, _ response: String, _ reason: TransportFailure.Reason) {
      self.name = name
      self.response = Array(response.utf8)
      self.reason = reason
    }
  }

  private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
  static let cases = [
    Case("length too long", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[1,2]", .cut),
    Case("no final chunk", chunked + "5\r\n[1,2]\r\n", .cut),
    Case("cut in a chunk", chunked + "9\r\n[1,2", .cut),
    Case("no chunk size", chunked + "zz\r\n[1,2]\r\n", .cut),
    Case("chunk size overflow", chunked + "fffffffffffffffff\r\n[1,2]\r\n", .cut),
    Case("not a byte", "", .cut),
    Case("cut in the headers", "HTTP/1.1 200 OK\r\nContent-Le", .cut),
    Case("interim only", "HTTP/1.1 100 Continue\r\n\r\n", .cut),
    Case("HTTP/0.9", "{\"a\":1}", .malformed),
    Case("garbage status line", "HTTP/1.1 banana\r\n\r\n{}", .malformed),
    Case("status 20", "HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\n{}", .malformed),
    Case("length negative", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}", .malformed),
    Case("length is no number", "HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n{}", .malformed),
    Case(
      "length overflows", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
      .tooLarge),
    Case("length of 10 GB", "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n{}", .tooLarge),
    Case(
      "NUL in a header", "HTTP/1.1 200 OK\r\nA: b\0c\r\nContent-Length: 2\r\n\r\n{}", .malformed),
    Case(
      "a header of 1 MB",
      "HTTP/1.1 200 OK\r\nA: " + String(repeating: "b", count: 1 << 20) + "\r\n\r\n{}", .tooLarge),
    Case(
      "20,000 headers",
      "HTTP/1.1 200 OK\r\n" + String(repeating: "A: b\r\n", count: 20_000) + "\r\n{}", .tooLarge),
    Case(
      "says gzip and is not", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all",
      .malformed),
    Case(
      "unknown encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\n\r\n{}", .malformed),
    Case(
      "ten encodings",
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\(String(repeating: ", gzip", count: 9))\r\n\r\n{}",
      .malformed),
    Case("switches protocols unasked", "HTTP/1.1 101 Switching\r\n\r\nnoise", .malformed),
  ]

  @Test("each fault of a server has its reason, and its words stay out of ours", arguments: cases)
  func fault(fault: Case) async throws {
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(fault.response)
    }
    defer { server.stop() }
    let client = try TestClient()
    let reply = await client.get(server.url())
    #expect(reply.failure?.reason == fault.reason)
    #expect(reply.failure?.detail.hasPrefix("127.0.0.1: ") == true)
    #expect(reply.failure?.detail.contains("banana") == false)
    #expect(reply.sends == 1)
    await client.stop()
  }

  @Test(
    "a reset is a cut, wherever it comes",
    arguments: ["", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\n\r\n["])
  func reset(before: String) async throws {
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send(before)
      // What was sent before must arrive before the reset overtakes it.
      rest(0.05)
      connection.endWithReset()
    }
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).failure?.reason == .cut)
    await client.stop()
  }

  @Test("headers without end are cut at their limit")
  func endlessHeaders() async throws {
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\n")
      while connection.send("X-Padding: 0123456789\r\n") {}
    }
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).failure?.reason == .tooLarge)
    await client.stop()
  }

  @Test("interim responses without end are cut at the same limit")
  func endlessInterim() async throws {
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      while connection.send("HTTP/1.1 100 Continue\r\n\r\n") {}
    }
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).failure?.reason == .tooLarge)
    await client.stop()
  }

  @Test("a body without end is cut at its limit, exactly")
  func endlessBody() async throws {
    let seen = Mutex(0)
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\n\r\n")
      while connection.send([UInt8](repeating: 32, count: 10_000)) {}
    }
    defer { server.stop() }
    let client = try TestClient(sink: { _ in
      .counting { size throws(TransportFailure) in seen.withLock { $0 += size } }
    })
    #expect(await client.get(server.url()).failure?.reason == .tooLarge)
    #expect(seen.withLock { $0 } <= Limits.smallBodyBytes)
    await client.stop()
  }

  @Test("a body of just the limit is taken")
  func largest() async throws {
    let body = String(repeating: "x", count: Limits.smallBodyBytes)
    let server = ScriptedServer { $0.answerAll(body) }
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).text == body)
    await client.stop()
  }

  @Test("a gzip bomb is cut at the limit of decoded bytes")
  func bomb() async throws {
    let bomb = Gzip.bomb(expandingTo: 64 << 20)
    let server = ScriptedServer { connection in
      while connection.readRequest() != nil {
        connection.answer(bomb, headers: ["Content-Encoding: gzip"])
      }
    }
    defer { server.stop() }
    let client = try TestClient()
    #expect(await client.get(server.url()).failure?.reason == .tooLarge)
    #expect(client.http.peakHeldBytes <= Limits.smallBodyBytes)
    await client.stop()
  }

  @Test("a gzip bomb for a day is cut at the day's limit, in bounded memory")
  func bombForDay() async throws {
    let seen = Mutex(0)
    let bomb = Gzip.bomb(expandingTo: Int(Limits.bodyBytes) + 1)
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer(bomb, headers: ["Content-Encoding: gzip"])
    }
    defer { server.stop() }
    let client = try TestClient(sink: { _ in
      .counting { size throws(TransportFailure) in seen.withLock { $0 += size } }
    })
    let path = DayPath(account: "me", stream: "steps", day: Day(number: 0))
    let reply = await client.perform(.get(server.url(), reception: .spool(path, ScanPlan())))
    #expect(reply.failure?.reason == .tooLarge)
    #expect(seen.withLock { $0 } <= Int(Limits.bodyBytes))
    #expect(client.http.peakHeldBytes <= Limits.expansionBytes)
    await client.stop()
  }

  @Test("a slow sink slows its server down and nothing piles up", arguments: [false, true])
  func backpressure(zipped: Bool) async throws {
    let size = zipped ? 2 << 20 : 24 << 20
    let seen = Mutex(0)
    let body = [UInt8](repeating: 32, count: size)
    let sent = zipped ? Gzip.stored(body) : body
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.answer(sent, headers: zipped ? ["Content-Encoding: gzip"] : [])
    }
    defer { server.stop() }
    let client = try TestClient(sink: { _ in
      .counting { count throws(TransportFailure) in
        let total = seen.withLock { seen in
          seen += count
          return seen
        }
        if total == count || total % (size / 16) < count { rest(0.03) }
      }
    })
    let path = DayPath(account: "me", stream: "steps", day: Day(number: 0))
    let reply = await client.perform(.get(server.url(), reception: .spool(path, ScanPlan())))
    #expect(reply.answer?.status == 200)
    #expect(seen.withLock { $0 } == size)
    let peak = client.http.peakHeldBytes
    #expect(peak > Limits.bodyQueueBytes, "the transfer never had to rest")
    #expect(peak <= Limits.bodyQueueBytes + (64 << 10))
    await client.stop()
  }

  @Test("a sink that cannot write ends its call with its own reason", arguments: [0, 300_000])
  func sinkFails(after: Int) async throws {
    let seen = Mutex(0)
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n")
      connection.send([UInt8](repeating: 32, count: after + 1))
      connection.waitForEnd()
    }
    defer { server.stop() }
    let client = try TestClient(sink: { _ in
      .counting { size throws(TransportFailure) in
        let total = seen.withLock { seen in
          seen += size
          return seen
        }
        if total > after { throw TransportFailure(.diskFull, "no space") }
      }
    })
    let reply = await client.get(server.url())
    #expect(reply.failure == TransportFailure(.diskFull, "no space"))
    await client.stop()
    #expect(client.unexpected == 0)
  }
}
