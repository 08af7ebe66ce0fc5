import DaybookCore
import DaybookEngine
import Dispatch
import Glibc
import Locking
import Testing

@testable import daybookd

@Suite("HTTP client: many calls, and their end", .timeLimit(.minutes(1)))
struct HTTPClientLifeTests {
  /// Sends half an answer and waits.
  private func hangingServer() -> ScriptedServer {
    ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,")
      connection.waitForEnd()
    }
  }

  /// Waits until the server has read so many requests.
  private func wait(for count: Int, at server: ScriptedServer) async throws {
    while server.requests.count < count { try await Task.sleep(for: .milliseconds(5)) }
  }

  @Test("200 calls at once are all answered, each its own, over at most 64 connections")
  func parallel() async throws {
    let server = ScriptedServer { connection in
      while let request = connection.readRequest() {
        rest(0.002)
        guard connection.answer(request.path) else { return }
      }
    }
    defer { server.stop() }
    let client = try TestClient()
    let pending = (0..<200).map { ($0, client.begin(.get(server.url("/\($0)")))) }
    for (i, call) in pending { #expect(await call.reply().text == "/\(i)") }
    #expect(server.accepted <= Limits.transfers)
    #expect(server.requests.count == 200)
    await client.stop()
    #expect(client.unexpected == 0)
  }

  @Test("a cancelled call ends at once, its neighbours go on")
  func cancel() async throws {
    let hanging = hangingServer()
    let server = ScriptedServer { $0.answerAll("{}") }
    defer {
      hanging.stop()
      server.stop()
    }
    let client = try TestClient()
    let call = client.begin(.get(hanging.url()))
    let other = client.begin(.get(hanging.url()))
    try await wait(for: 2, at: hanging)
    client.http.cancel(call.id)
    let reply = await call.reply()
    #expect(reply.failure?.reason == .cancelled)
    #expect(reply.sends == 1)
    #expect(await client.get(server.url()).text == "{}")
    client.http.cancelAll()
    #expect(await other.reply().failure?.reason == .cancelled)
    client.http.cancel(call.id)
    client.http.cancel(CallID(999_999))
    await client.stop()
    #expect(client.unexpected == 0)
  }

  @Test("a call that waits for its turn can be cancelled, unsent")
  func cancelWaiting() async throws {
    let server = hangingServer()
    defer { server.stop() }
    let client = try TestClient()
    let running = (0..<Limits.transfers).map { _ in client.begin(.get(server.url())) }
    try await wait(for: Limits.transfers, at: server)
    let waiting = client.begin(.get(server.url()))
    client.http.cancel(waiting.id)
    let reply = await waiting.reply()
    #expect(reply.failure?.reason == .cancelled)
    #expect(reply.sends == 0)
    client.http.cancelAll()
    for call in running { #expect(await call.reply().failure?.reason == .cancelled) }
    await client.stop()
  }

  @Test("stop waits for no answer, and nothing calls back afterwards")
  func stop() async throws {
    let server = hangingServer()
    defer { server.stop() }
    let client = try TestClient()
    let calls = (0..<100).map { _ in client.begin(.get(server.url())) }
    try await wait(for: Limits.transfers, at: server)
    let clock = ContinuousClock()
    let start = clock.now
    await client.stop()
    // The servers hang for ever. That it takes less than a second is held under systemd, on a
    // program that is alone.
    #expect(clock.now - start < .seconds(20))
    for call in calls { #expect(await call.reply().failure?.reason == .cancelled) }
    try await Task.sleep(for: .milliseconds(100))
    #expect(client.unexpected == 0)
    let late = await client.get(server.url())
    #expect(late.failure?.reason == .cancelled)
    #expect(late.sends == 0)
    await client.stop()
  }

  @Test("stop does not wait for a sink that hangs")
  func stopWithSlowSink() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let entered = Mutex(false)
    let gate = DispatchSemaphore(value: 0)
    let client = try TestClient(sink: { _ in
      .keeping { _ throws(TransportFailure) in
        entered.withLock { $0 = true }
        gate.wait()
      }
    })
    let call = client.begin(.get(server.url()))
    while !entered.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    await client.stop()
    #expect(await call.reply().failure?.reason == .cancelled)
    gate.signal()
    try await Task.sleep(for: .milliseconds(50))
    #expect(client.unexpected == 0)
  }

  @Test("stop lets a token call finish, and waits for it")
  func stopSparesTokens() async throws {
    let gate = DispatchSemaphore(value: 0)
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      gate.wait()
      connection.answer("{\"access_token\":\"x\"}")
    }
    let hanging = hangingServer()
    defer {
      server.stop()
      hanging.stop()
    }
    let client = try TestClient()
    let token = client.begin(.get(server.url(), kind: .token))
    let day = client.begin(.get(hanging.url()))
    try await wait(for: 1, at: server)
    let stopped = Mutex(false)
    client.http.stop { stopped.withLock { $0 = true } }
    #expect(await day.reply().failure?.reason == .cancelled)
    #expect(!stopped.withLock { $0 })
    gate.signal()
    #expect(await token.reply().text == "{\"access_token\":\"x\"}")
    await client.stop()
    #expect(stopped.withLock { $0 })
  }

  @Test("after stop, cancelAll ends token calls too")
  func cancelTokens() async throws {
    let server = hangingServer()
    defer { server.stop() }
    let client = try TestClient()
    let token = client.begin(.get(server.url(), kind: .token))
    try await wait(for: 1, at: server)
    client.http.stop {}
    client.http.cancelAll()
    #expect(await token.reply().failure?.reason == .cancelled)
    await client.stop()
  }

  @Test("a client that is let go closes its connections and drops its bodies")
  func letGo() async throws {
    let ended = Mutex(0)
    let abandoned = Mutex(0)
    let server = ScriptedServer { connection in
      guard connection.readRequest() != nil else { return }
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[1,")
      connection.waitForEnd()
      ended.withLock { $0 += 1 }
    }
    defer { server.stop() }
    weak var gone: HTTPClient?
    do {
      let begun = Mutex(false)
      let client = try HTTPClient(
        userAgent: "x", timeouts: .patient,
        openReceiver: { _ in
          begun.withLock { $0 = true }
          var sink = BodySink.keeping()
          sink.abandon = { abandoned.withLock { $0 += 1 } }
          return sink
        }, complete: { _, _ in Issue.record("a reply from a client that is gone") })
      gone = client
      client.send(.get(server.url()))
      while !begun.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(5)) }
    }
    while ended.withLock({ $0 }) < 1 || abandoned.withLock({ $0 }) < 1 {
      try await Task.sleep(for: .milliseconds(5))
    }
    #expect(gone == nil)
  }

  @Test("clients leave no file descriptor and no thread behind")
  func leaks() async {
    await #expect(processExitsWith: .success) {
      func count(_ folder: String) -> Int {
        guard let entries = opendir(folder) else { return -1 }
        defer { closedir(entries) }
        var count = 0
        while readdir(entries) != nil { count += 1 }
        return count
      }
      let server = ScriptedServer { $0.answerAll("{}") }
      func useClient() async throws {
        let client = try TestClient()
        let calls = (0..<20).map { _ in client.begin(.get(server.url())) }
        for call in calls where await call.reply().text != "{}" { exit(2) }
        await client.stop()
      }
      try await useClient()
      let before = count("/proc/self/fd")
      for _ in 0..<20 { try await useClient() }
      // The server's ends close a moment later.
      for _ in 0..<1_000 where count("/proc/self/fd") > before { usleep(5_000) }
      exit(count("/proc/self/fd") <= before ? 0 : 1)
    }
  }
}
