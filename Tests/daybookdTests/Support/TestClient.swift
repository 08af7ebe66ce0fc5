import DaybookCore
import DaybookEngine
import Locking

@testable import daybookd

/// An ``HTTPClient`` whose calls can be awaited.
final class TestClient: Sendable {
  let http: HTTPClient
  private let replies: Replies

  init(
    timeouts: Timeouts = .patient, caFile: String? = nil,
    sink: @escaping @Sendable (Call) -> BodySink = { _ in BodySink.keeping() }
  ) throws {
    let replies = Replies()
    self.replies = replies
    http = try HTTPClient(
      userAgent: "daybook-test", timeouts: timeouts, caFile: caFile, openReceiver: sink,
      complete: { replies.deliver($0, $1) })
  }

  /// Replies that nobody waited for: an id answered twice, or after its client stopped.
  var unexpected: Int { replies.unexpected }

  /// Sends the call under an id of its own and waits for its reply.
  func perform(_ call: Call) async -> Reply {
    await begin(call).reply()
  }

  /// Sends the call under an id of its own.
  func begin(_ call: Call) -> Pending {
    var call = call
    call.id = replies.expect()
    http.send(call)
    return Pending(id: call.id, replies: replies)
  }

  func get(_ url: String, timeout: Duration = .hours(1)) async -> Reply {
    await perform(.get(url, timeout: timeout))
  }

  /// Stops the client and waits for it.
  func stop() async {
    await withCheckedContinuation { done in http.stop { done.resume() } }
  }

  struct Pending: Sendable {
    let id: CallID
    fileprivate let replies: Replies
    func reply() async -> Reply { await replies.reply(to: id) }
  }
}

extension Timeouts {
  /// Under a sanitizer the tests' pool can be busy for minutes while a server keeps a call waiting.
  static let patient = Timeouts(connect: .hours(1), stall: .hours(1))
}

extension Call {
  /// The id is replaced when it is sent.
  static func get(
    _ url: String, timeout: Duration = .hours(1), kind: CallKind = .data,
    reception: Reception = .memory(ScanPlan())
  ) -> Call {
    Call(id: CallID(0), kind: kind, url: url, timeout: timeout, reception: reception)
  }
}

extension Reply {
  var answer: Answer? {
    if case .answered(let answer) = outcome { answer } else { nil }
  }
  var failure: TransportFailure? {
    if case .failed(let failure) = outcome { failure } else { nil }
  }
  /// The body kept in memory as text.
  var text: String? {
    if case .memory(let bytes)? = answer?.body {
      String(decoding: bytes, as: UTF8.self)
    } else {
      nil
    }
  }
}

/// Brings replies and those who wait for them together, whoever comes first.
private final class Replies: Sendable {
  private enum Slot {
    case expected
    case awaited(CheckedContinuation<Reply, Never>)
    case here(Reply)
    case taken
  }
  private struct State {
    var next: UInt64 = 1
    var slots: [CallID: Slot] = [:]
    var unexpected = 0
  }
  private let state = Mutex(State())

  var unexpected: Int { state.withLock { $0.unexpected } }

  func expect() -> CallID {
    state.withLock { s in
      defer { s.next += 1 }
      s.slots[CallID(s.next)] = .expected
      return CallID(s.next)
    }
  }

  func deliver(_ id: CallID, _ reply: Reply) {
    let waiter = state.withLock { s -> CheckedContinuation<Reply, Never>? in
      switch s.slots[id] {
      case .expected: s.slots[id] = .here(reply)
      case .awaited(let waiter):
        s.slots[id] = .taken
        return waiter
      case .here, .taken, nil: s.unexpected += 1
      }
      return nil
    }
    waiter?.resume(returning: reply)
  }

  func reply(to id: CallID) async -> Reply {
    await withCheckedContinuation { waiter in
      let reply = state.withLock { s -> Reply? in
        if case .here(let reply)? = s.slots[id] {
          s.slots[id] = .taken
          return reply
        }
        s.slots[id] = .awaited(waiter)
        return nil
      }
      if let reply { waiter.resume(returning: reply) }
    }
  }
}
