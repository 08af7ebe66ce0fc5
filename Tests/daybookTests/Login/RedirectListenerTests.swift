import CLinux
import DaybookCore
import Foundation
import Locking
import Testing

@testable import daybook

/// Serves a listener beside the test until it has its URL or is told to stop.
private final class Served: Sendable {
  let port: Int
  private let found = Mutex<String?>(nil)
  private let running = Mutex(true)
  private let ended = Mutex(false)

  init(_ uri: String = "http://127.0.0.1/cb", uriHasPort: Bool = false) throws {
    let address = try #require(RedirectAddress(uri))
    let listener = try #require(RedirectListener(address))
    port = listener.port
    let gate = RedirectGate(
      redirectURI: uriHasPort ? uri : address.uri(port: port),
      authorizeURL: "https://p.example/?state=right")
    // Handed over whole: nobody else touches the listener from here on.
    nonisolated(unsafe) let handed = listener
    Thread.detachNewThread { [self] in
      while running.withLock({ $0 }) {
        let ready = Ready.wait(for: handed.descriptors, seconds: 0.05)
        if let url = handed.serve(ready, gate) {
          found.withLock { $0 = url }
          break
        }
      }
      handed.close()
      ended.withLock { $0 = true }
    }
  }

  var url: String? {
    for _ in 0..<400 {
      if ended.withLock({ $0 }) { return found.withLock { $0 } }
      usleep(5_000)
    }
    return nil
  }

  var isWaiting: Bool { !ended.withLock { $0 } }

  func stop() { running.withLock { $0 = false } }
  deinit { running.withLock { $0 = false } }
}

@Suite("The sign-in listener")
struct RedirectListenerTests {
  @Test("the redirect is answered with a page and handed on, and then nobody listens any more")
  func good() throws {
    let served = try Served()
    let port = served.port
    let answer = Loopback.ask(port, Loopback.get("/cb?code=C&state=right", port: port))
    #expect(answer?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
    #expect(answer?.contains("You can close this window") == true)
    #expect(served.url == "http://127.0.0.1:\(port)/cb?code=C&state=right")
    #expect(Loopback.ask(port, Loopback.get("/cb?code=C&state=right", port: port)) == nil)
  }

  @Test("an error of the provider is handed on as well")
  func denied() throws {
    let served = try Served()
    let target = "/cb?error=access_denied&state=right"
    #expect(
      Loopback.ask(served.port, Loopback.get(target, port: served.port))?.contains(" 200 ") == true)
    #expect(served.url?.hasSuffix(target) == true)
  }

  @Test("everything else gets a 400, and the listener waits on")
  func others() throws {
    let served = try Served()
    let port = served.port
    let right = "/cb?code=C&state=right"
    for request in [
      Loopback.get("/cb?code=C&state=wrong", port: port), Loopback.get("/cb?code=C", port: port),
      Loopback.get("/cb", port: port), Loopback.get("/favicon.ico", port: port),
      Loopback.get("/cb/?code=C&state=right", port: port),
      Loopback.get("/other?code=C&state=right", port: port),
      Loopback.get(right, port: port, method: "POST"),
      Loopback.get(right, port: port, method: "HEAD"),
      Loopback.get(right, port: port, host: "evil.example"),
      Loopback.get(right, port: port, host: "localhost:\(port)"),
      Loopback.get(right, port: port, host: "127.0.0.1"),
      "GET \(right) HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n",
    ] {
      let answer = Loopback.ask(port, request)
      #expect(answer?.hasPrefix("HTTP/1.1 400 ") == true, "\(request)")
      #expect(answer?.contains("code") == false, "nothing of the request comes back")
      #expect(served.isWaiting)
    }
    #expect(Loopback.ask(port, Loopback.get(right, port: port))?.contains(" 200 ") == true)
    #expect(served.url != nil)
  }

  @Test("a request may come in pieces, and others in between")
  func pieces() throws {
    let served = try Served()
    let slow = try #require(Loopback.connect(served.port))
    defer { close(slow) }
    let text = Loopback.get("/cb?code=C&state=right", port: served.port)
    for (i, byte) in text.utf8.enumerated() {
      withUnsafeBytes(of: byte) { _ = send(slow, $0.baseAddress, 1, Int32(MSG_NOSIGNAL)) }
      if i == 20 {
        let other = Loopback.ask(served.port, Loopback.get("/", port: served.port))
        #expect(other?.contains(" 400 ") == true)
      }
    }
    #expect(Loopback.answer(slow)?.contains(" 200 ") == true)
    #expect(served.url != nil)
  }

  @Test("connections that say nothing do not keep the browser out")
  func silent() throws {
    let served = try Served()
    let idle = (0..<40).compactMap { _ in Loopback.connect(served.port) }
    defer { for descriptor in idle { close(descriptor) } }
    #expect(idle.count == 40)
    let answer = Loopback.ask(
      served.port, Loopback.get("/cb?code=C&state=right", port: served.port))
    #expect(answer?.contains(" 200 ") == true)
  }

  @Test("localhost is listened at by its old address too")
  func localhost() throws {
    let served = try Served("http://localhost/cb")
    let request = Loopback.get(
      "/cb?code=C&state=right", port: served.port, host: "localhost:\(served.port)")
    #expect(Loopback.ask(served.port, request)?.contains(" 200 ") == true)
    #expect(served.url == "http://localhost:\(served.port)/cb?code=C&state=right")
  }

  @Test("a redirect URI without a path takes the root")
  func root() throws {
    let port = Loopback.freePort()
    let served = try Served("http://127.0.0.1:\(port)", uriHasPort: true)
    let answer = Loopback.ask(port, Loopback.get("/?code=C&state=right", port: port))
    #expect(answer?.contains(" 200 ") == true)
    #expect(served.url == "http://127.0.0.1:\(port)?code=C&state=right")
  }

  @Test("a port that is taken is not had")
  func taken() throws {
    let served = try Served()
    let address = try #require(RedirectAddress("http://127.0.0.1:\(served.port)/cb"))
    #expect(RedirectListener(address) == nil)
    served.stop()
  }

  @Test("a visitor's time is known while it lasts")
  func deadline() throws {
    let address = try #require(RedirectAddress("http://127.0.0.1/"))
    let listener = try #require(RedirectListener(address))
    let gate = RedirectGate(redirectURI: "http://127.0.0.1/", authorizeURL: "")
    #expect(listener.deadline == nil)
    let visitor = try #require(Loopback.connect(listener.port))
    #expect(listener.serve(Ready.wait(for: listener.descriptors, seconds: 5), gate) == nil)
    let deadline = try #require(listener.deadline)
    #expect(abs(deadline - uptime() - Double(Limits.redirectTime.inSeconds)) < 5)
    #expect(listener.descriptors.count == 2)
    close(visitor)
    #expect(listener.serve(Ready.wait(for: listener.descriptors, seconds: 5), gate) == nil)
    #expect(listener.deadline == nil)
    listener.close()
    #expect(listener.descriptors.isEmpty)
  }
}
