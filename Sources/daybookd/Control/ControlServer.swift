import CLinux
import DaybookCore
import DaybookEngine
import Dispatch
import Glibc

/// Serves the control socket on a queue of its own: what one client does costs nobody else
/// anything, the engine least of all. Confined to its queue, but for what says otherwise.
final class ControlServer: @unchecked Sendable {
  private let queue = DispatchQueue(label: "daybookd.control")
  private let listener: Int32
  private let version: String
  private let post: @Sendable (Event) -> Void
  private let log: LogWriter
  private let owner = geteuid()

  private var accepting: (any DispatchSourceRead)?
  private var resting = false
  private var timer: WakeTimer?
  private var watch: SocketWatch?
  private var clients: [UInt64: ControlClient] = [:]
  private var descriptors: [Int32: ControlClient] = [:]
  private var callers: [CommandID: ControlClient] = [:]
  private var numbers: UInt64 = 0
  private var deniedAt: BootTime?
  /// What the timer is set to.
  private var alarm: BootTime?

  /// Takes `listener` over: a listening unix stream socket that does not block. `post` is called
  /// from the server's queue.
  init(
    listener: Int32, version: String, log: LogWriter, post: @escaping @Sendable (Event) -> Void
  ) throws(SystemError) {
    self.listener = listener
    self.version = version
    self.log = log
    self.post = post
    timer = try WakeTimer(queue: queue) { [weak self] in self?.cutLate() }
    watch = SocketWatch(queue: queue) { [weak self] in self?.serve() }
    if watch == nil { throw SystemError("epoll_create1") }
  }

  /// Begins to accept. From any thread.
  func start() {
    queue.async {
      let source = DispatchSource.makeReadSource(fileDescriptor: self.listener, queue: self.queue)
      let listener = self.listener
      source.setEventHandler { [weak self] in self?.accept() }
      source.setCancelHandler { Glibc.close(listener) }
      source.activate()
      self.accepting = source
    }
  }

  /// From any thread. A reply to a client that has gone is dropped.
  func answer(_ id: CommandID, _ reply: ControlReply, continues: Bool) {
    queue.async {
      let caller = continues ? self.callers[id] : self.callers.removeValue(forKey: id)
      caller?.answered(reply, continues: continues)
    }
  }

  /// Closes every connection and the socket; replies given before are on their way. From any
  /// thread but the server's own.
  func stop() {
    queue.sync {
      accepting?.cancel()
      // A suspended source neither ends nor may be released.
      wakeUp()
      accepting = nil
      for client in sorted { client.close() }
      watch?.close()
    }
  }

  /// Some clients have sent something, or can be sent more.
  private func serve() {
    for ready in watch?.ready() ?? [] { descriptors[ready.socket]?.ready(ready) }
  }

  private var sorted: [ControlClient] {
    clients.values.sorted { $0.number < $1.number }
  }

  private func accept() {
    while true {
      let fd = clinux_accept(listener)
      if fd >= 0 {
        admit(fd)
      } else if errno == EMFILE || errno == ENFILE {
        // The connection stays in the queue, and the event comes again: somebody has to go.
        guard dropOldestIdle() else { return rest() }
        return
      } else if errno != EINTR && errno != ECONNABORTED {
        return
      }
    }
  }

  /// Accepts nothing for a moment: nobody can go, and the event would come at once again.
  private func rest() {
    accepting?.suspend()
    resting = true
    queue.asyncAfter(deadline: .now() + .seconds(1)) { self.wakeUp() }
  }

  private func wakeUp() {
    guard resting else { return }
    resting = false
    accepting?.resume()
  }

  private func admit(_ fd: Int32) {
    var peer = clinux_peer()
    guard clinux_peer(fd, &peer) == 0, let watch,
      clients.count < Limits.controlClients || dropOldestIdle()
    else {
      close(fd)
      return
    }
    numbers += 1
    let isOwner = peer.uid == 0 || peer.uid == owner
    let client = ControlClient(
      number: numbers, fd: fd, uid: peer.uid,
      conversation: Conversation(isOwner: isOwner, version: version), now: Clock.now().boot,
      watch: watch, hands: hands)
    clients[numbers] = client
    descriptors[fd] = client
  }

  /// False when everybody is busy.
  private func dropOldestIdle() -> Bool {
    let oldest = sorted.filter(\.isIdle).min { $0.lastActive < $1.lastActive }
    oldest?.close()
    return oldest != nil
  }

  private var hands: ControlClient.Hands {
    ControlClient.Hands(
      begin: { [unowned self] in begin($0, $1, more: $2) },
      hungUp: { [unowned self] in hungUp($0) },
      denied: { [unowned self] in denied($0, $1) },
      waits: { [unowned self] in watchDeadlines() },
      closed: { [unowned self] in
        clients[$0.number] = nil
        descriptors[$0.fd] = nil
      })
  }

  private func begin(_ client: ControlClient, _ call: ControlCall, more: Bool) {
    numbers += 1
    let id = CommandID(numbers)
    callers[id] = client
    post(.commanded(Command(id: id, call: call, more: more, entropy: Entropy.bytes(64))))
  }

  private func hungUp(_ client: ControlClient) {
    for id in callers.filter({ $0.value === client }).keys.sorted() {
      callers[id] = nil
      post(.hungUp(id))
    }
  }

  private func denied(_ client: ControlClient, _ method: String) {
    let now = Clock.now().boot
    guard deniedAt.map({ now - $0 >= Limits.deniedLogInterval }) ?? true else { return }
    deniedAt = now
    let text = "user \(client.uid) called \(method), which is for root and user \(owner)"
    log.write(Entry(.accessDenied, text))
  }

  private func watchDeadlines() {
    let next = clients.values.compactMap(\.deadline).min()
    guard let next, next != alarm else { return }
    alarm = next
    timer?.arm(after: next - Clock.now().boot)
  }

  private func cutLate() {
    alarm = nil
    let now = Clock.now().boot
    for client in sorted where client.deadline.map({ $0 <= now }) ?? false { client.close() }
    watchDeadlines()
  }
}
