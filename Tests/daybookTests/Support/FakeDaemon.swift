import CLinux
import DaybookCore
import Foundation
import Locking

@testable import daybook

/// A daemon that answers from a script, on a real socket in a folder of its own.
final class FakeDaemon: Sendable {
  /// What it does after a call, one after the other.
  enum Step: Sendable {
    case reply(ControlReply)
    /// A reply after which more follow.
    case more(ControlReply)
    case raw(String)
    case sleep(Double)
    /// Closes the connection.
    case close
  }

  let socket: String
  private let folder = TestFolder()
  private let listener: Int32
  private let heard = Mutex<[VarlinkRequest]>([])
  private let script: @Sendable (ControlCall) -> [Step]

  init(_ script: @escaping @Sendable (ControlCall) -> [Step]) {
    self.script = script
    socket = folder.path + "/s"
    listener = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
    precondition(clinux_bind_unix(listener, socket) == 0 && listen(listener, 16) == 0)
    Thread.detachNewThread { [listener, weak self] in
      while true {
        let client = accept(listener, nil, nil)
        guard client >= 0 else {
          // Closed by who uses it: its number may be another daemon's at once.
          close(listener)
          return
        }
        Thread.detachNewThread { [weak self] in
          self?.serve(client)
          close(client)
        }
      }
    }
  }

  /// The same steps after every call.
  convenience init(_ steps: Step...) { self.init { _ in steps } }

  deinit {
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// What it was asked, in the order of arrival.
  var requests: [VarlinkRequest] { heard.withLock { $0 } }
  var calls: [ControlCall] {
    requests.compactMap { try? ControlCall(method: $0.method, parameters: $0.parameters) }
  }

  private func serve(_ client: Int32) {
    var framer = VarlinkFramer(limit: 1 << 20)
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while true {
      let count = read(client, &buffer, buffer.count)
      guard count > 0 else { return }
      framer.append(buffer.prefix(count))
      while let message = try? framer.next() {
        guard let request = try? VarlinkRequest(message: message), answer(request, client) else {
          return
        }
      }
    }
  }

  /// False: the connection is to be closed.
  private func answer(_ request: VarlinkRequest, _ client: Int32) -> Bool {
    heard.withLock { $0.append(request) }
    if let response = VarlinkService.answer(request, version: "1.2.3") {
      return put(response.encoded, client)
    }
    guard let call = try? ControlCall(method: request.method, parameters: request.parameters)
    else { return false }
    for step in script(call) {
      switch step {
      case .reply(let reply): if !put(reply.response().encoded, client) { return false }
      case .more(let reply):
        if !put(reply.response(continues: true).encoded, client) { return false }
      case .raw(let text): if !put(Array(text.utf8), client) { return false }
      case .sleep(let seconds): usleep(UInt32(seconds * 1e6))
      case .close: return false
      }
    }
    return true
  }

  private func put(_ bytes: [UInt8], _ client: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { raw in
        send(client, raw.baseAddress?.advanced(by: done), bytes.count - done, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }
}
