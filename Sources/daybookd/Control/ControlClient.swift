import CLinux
import DaybookCore
import Dispatch
import Glibc

/// One connection to the control socket. Confined to the server's queue.
final class ControlClient: @unchecked Sendable {
  /// What a client asks of its server.
  struct Hands {
    var begin: (ControlClient, ControlCall, Bool) -> Void
    var hungUp: (ControlClient) -> Void
    var denied: (ControlClient, String) -> Void
    /// A message has begun: look at the clients' deadlines.
    var waits: () -> Void
    var closed: (ControlClient) -> Void
  }

  let number: UInt64
  let uid: uid_t
  private(set) var lastActive: BootTime
  let fd: Int32
  private let hands: Hands
  private var conversation: Conversation
  private var outbox = Outbox()
  private let events: SocketEvents
  private var closing = false

  private static let chunk = 16 << 10

  /// Takes `fd` over, which must not block.
  init(
    number: UInt64, fd: Int32, uid: uid_t, conversation: Conversation, now: BootTime,
    watch: SocketWatch, hands: Hands
  ) {
    self.number = number
    self.fd = fd
    self.uid = uid
    self.conversation = conversation
    self.hands = hands
    lastActive = now
    events = SocketEvents(fd, watch: watch)
  }

  var isIdle: Bool { conversation.isIdle }
  var deadline: BootTime? { conversation.deadline }

  /// The watch told of the socket. Of a peer that has gone, whichever was wanted finds it.
  func ready(_ ready: SocketWatch.Ready) {
    if ready.writes || ready.failed, events.wantsWrite { flush() }
    if ready.reads || ready.failed { readable() }
  }

  func answered(_ reply: ControlReply, continues: Bool) {
    guard !closing else { return }
    let now = Clock.now().boot
    lastActive = now
    perform(conversation.answered(reply, continues: continues, at: now))
    // What arrived while there was no room is read now: no event may come for it any more.
    readable()
  }

  /// Ends the connection. A call that was begun is given up.
  func close() {
    guard !closing else { return }
    closing = true
    if conversation.giveUp() { hands.hungUp(self) }
    events.close()
    hands.closed(self)
  }

  private func readable() {
    var chunk = [UInt8](repeating: 0, count: ControlClient.chunk)
    while !closing, wantsInput {
      // Plain recv(2): descriptors that somebody passes along are closed by the kernel.
      let count = recv(fd, &chunk, chunk.count, 0)
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { break }
      lastActive = Clock.now().boot
      if count > 0 {
        perform(conversation.received(chunk[..<count], at: lastActive))
      } else {
        perform(conversation.ended(gone: count < 0 || peerIsGone, at: lastActive))
      }
    }
    settle()
  }

  private var wantsInput: Bool {
    conversation.wantsInput && outbox.count < Limits.controlUnreadBytes
  }

  /// Both directions are shut: nobody will read a reply.
  private var peerIsGone: Bool {
    var question = pollfd(fd: fd, events: 0, revents: 0)
    return poll(&question, 1, 0) == 1 && question.revents & Int16(POLLHUP) != 0
  }

  private func perform(_ actions: [Conversation.Action]) {
    for action in actions where !closing {
      switch action {
      case .begin(let call, let more): hands.begin(self, call, more)
      case .send(let message): outbox.append(message)
      case .hungUp: hands.hungUp(self)
      case .denied(let method): hands.denied(self, method)
      case .close: close()
      }
    }
    write()
  }

  private func flush() {
    write()
    // Room in the outbox may be what reading waits for.
    readable()
  }

  private func write() {
    guard !closing else { return }
    switch outbox.flush(to: fd) {
    case .empty: events.wantsWrite = false
    case .waiting: events.wantsWrite = true
    case .gone: return close()
    }
    if outbox.isOver { close() }
  }

  private func settle() {
    guard !closing else { return }
    if conversation.isOver, outbox.count == 0 { return close() }
    events.wantsRead = wantsInput
    if deadline != nil { hands.waits() }
  }
}
