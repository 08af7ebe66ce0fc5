import DaybookCore
import DaybookEngine
import Glibc

@testable import daybookd

/// A control server on a socket of its own, and an engine that is a closure.
final class TestServer: Sendable {
  let folder = WorkFolder()
  let events = Collected<Event>()
  let log = Collected<String>()
  private let server: Guarded<ControlServer?>
  private let socket: ControlSocket
  private let pipe: (read: Int32, write: Int32)

  /// `answers` are given to every command at once, the last one without `continues`.
  init(answers: @escaping @Sendable (ControlCall) -> [ControlReply] = { _ in [.done] }) throws {
    socket = try ControlSocket.bind(folder("control.sock"))
    var ends: [Int32] = [0, 0]
    precondition(Glibc.pipe(&ends) == 0)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    pipe = (ends[0], ends[1])
    let holder = Guarded<ControlServer?>(nil)
    let events = events
    let server = try ControlServer(
      listener: socket.fd, version: "1.2.3", log: LogWriter(to: .plain(pipe.write))
    ) { event in
      events.add(event)
      guard case .commanded(let command) = event else { return }
      let replies = answers(command.call)
      for (index, reply) in replies.enumerated() {
        let continues = index < replies.count - 1
        holder.value?.answer(command.id, reply, continues: continues)
      }
    }
    holder.change { $0 = server }
    self.server = holder
    server.start()
  }

  deinit {
    stop()
    close(pipe.read)
    close(pipe.write)
  }

  var path: String { folder("control.sock") }
  func client() -> RawClient { RawClient(path) }

  func answer(_ id: CommandID, _ reply: ControlReply, continues: Bool = false) {
    server.value?.answer(id, reply, continues: continues)
  }

  func stop() {
    server.value?.stop()
    server.change { $0 = nil }
  }

  var commands: [Command] {
    events.all.compactMap { if case .commanded(let command) = $0 { command } else { nil } }
  }

  var hangUps: [CommandID] {
    events.all.compactMap { if case .hungUp(let id) = $0 { id } else { nil } }
  }

  /// What was logged so far.
  func logged() -> String { String(decoding: everything(from: pipe.read), as: UTF8.self) }
}
