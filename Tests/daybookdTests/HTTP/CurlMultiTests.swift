import CCurl
import Dispatch
import Locking
import Testing

@testable import daybookd

@Suite("HTTP: libcurl driven by Dispatch", .timeLimit(.minutes(1)))
struct CurlMultiTests {
  /// The loop that ``HTTPClient`` makes, with one transfer and nothing else.
  private final class Loop: @unchecked Sendable {
    let queue = DispatchQueue(label: "test.multi")
    // The queue's own.
    private var multi: CurlMulti?
    private var ended: [CURLcode] = []
    private var wakeUps = 0

    init() {
      multi = CurlMulti(
        queue: queue, connections: 4, socketsReady: { [weak self] in self?.turn { $0.act() } },
        timerFired: { [weak self] in self?.turn { $0.expire() } })
      #expect(multi != nil)
    }

    private func turn(_ work: (CurlMulti) -> Void) {
      guard let multi else { return }
      wakeUps += 1
      work(multi)
      for (easy, code) in multi.settle() {
        multi.remove(easy)
        ended.append(code)
      }
    }

    func start(_ easy: CurlMulti.Easy) -> Bool {
      queue.sync {
        var added = false
        turn { added = $0.add(easy) }
        return added
      }
    }

    var results: [CURLcode] { queue.sync { ended } }
    var turns: Int { queue.sync { wakeUps } }

    func close() {
      queue.sync {
        multi?.close()
        multi = nil
      }
    }
  }

  private func easy(_ url: String) throws -> CurlMulti.Easy {
    let easy = try #require(curl_easy_init())
    var options = EasyOptions(easy)
    options.set(CURLOPT_URL, url)
    options.set(CURLOPT_PROXY, "")
    options.set(CURLOPT_NOSIGNAL, true)
    options.note(
      ccurl_setopt_data_cb(easy, CURLOPT_WRITEFUNCTION) { _, size, count, _ in size * count })
    #expect(options.fault == CURLE_OK)
    return easy
  }

  @Test("a transfer ends with libcurl's result", arguments: [true, false])
  func result(isServed: Bool) async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let loop = Loop()
    let easy = try easy(isServed ? server.url() : "http://127.0.0.1:1/")
    #expect(loop.start(easy))
    #expect(await eventually { !loop.results.isEmpty })
    #expect(loop.results == [isServed ? CURLE_OK : CURLE_COULDNT_CONNECT])
    loop.close()
    curl_easy_cleanup(easy)
  }

  @Test("libcurl's timer runs without any socket event")
  func timer() async throws {
    let server = ScriptedServer { $0.waitForEnd() }
    defer { server.stop() }
    let loop = Loop()
    let easy = try easy(server.url())
    ccurl_setopt_long(easy, CURLOPT_TIMEOUT_MS, 150)
    #expect(loop.start(easy))
    #expect(await eventually { !loop.results.isEmpty })
    #expect(loop.results == [CURLE_OPERATION_TIMEDOUT])
    loop.close()
    curl_easy_cleanup(easy)
  }

  @Test("a handle that is added twice is refused, not lost")
  func twice() async throws {
    let server = ScriptedServer { $0.waitForEnd() }
    defer { server.stop() }
    let loop = Loop()
    let easy = try easy(server.url())
    #expect(loop.start(easy))
    #expect(!loop.start(easy))
    loop.close()
    curl_easy_cleanup(easy)
  }

  @Test("an idle multi handle wakes nobody")
  func idle() async throws {
    let server = ScriptedServer { $0.answerAll("{}") }
    defer { server.stop() }
    let loop = Loop()
    let easy = try easy(server.url())
    #expect(loop.start(easy))
    #expect(await eventually { !loop.results.isEmpty })
    try await Task.sleep(for: .milliseconds(100))
    let turns = loop.turns
    try await Task.sleep(for: .milliseconds(300))
    #expect(loop.turns == turns)
    loop.close()
    curl_easy_cleanup(easy)
  }
}
