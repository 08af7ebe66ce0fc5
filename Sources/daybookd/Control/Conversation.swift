import DaybookCore

/// One client's conversation: bytes in, calls out, replies in, bytes out. A value without socket or
/// clock; the client's connection performs what it says.
///
/// Calls are answered in the order in which they came, so one call at a time is with the engine.
/// A few more wait here, and then nothing more is read: the client's own writing stops.
///
/// |  event            | does                                                                |
/// | ----------------- | ------------------------------------------------------------------- |
/// | bytes             | frames them; begins the first call, lets the others wait            |
/// | reply             | sends it; the last one of a call begins the next call               |
/// | end of input      | serves what has come, then closes                                   |
/// | client is gone    | gives up its call, serves only what wants no reply, then closes     |
/// | message too large, not JSON, not Varlink | closes                                       |
struct Conversation {
  enum Action: Hashable {
    /// Give the call to the engine, and its replies to ``answered(_:continues:at:)``.
    case begin(ControlCall, more: Bool)
    case send([UInt8])
    /// The call that was begun has nobody to answer any more.
    case hungUp
    /// A call for the owner only came from somebody else; it has been answered.
    case denied(method: String)
    case close(VarlinkFault)
  }

  /// Root or the daemon's own user is calling.
  let isOwner: Bool
  /// The daemon's version.
  let version: String

  private var framer = VarlinkFramer(limit: Limits.controlMessageBytes)
  private var waiting: [[UInt8]] = []
  private var active: Active?
  private var begun: BootTime?
  private var input = Input.open

  private struct Active {
    var more: Bool
    var oneway: Bool
  }
  private enum Input { case open, ended, gone, broken }

  init(isOwner: Bool, version: String) {
    self.isOwner = isOwner
    self.version = version
  }

  /// Calls not yet answered.
  private var outstanding: Int { waiting.count + (active == nil ? 0 : 1) }

  /// More bytes may be read.
  var wantsInput: Bool { input == .open && outstanding < Limits.controlOutstanding }
  /// Nothing is under way: the connection can be dropped without harm.
  var isIdle: Bool { outstanding == 0 && begun == nil }
  /// Everything is answered and nothing more will come.
  var isOver: Bool { input != .open && outstanding == 0 }
  /// A message that has begun must have ended by then.
  var deadline: BootTime? { begun.map { $0 + Limits.controlMessageTime } }

  mutating func received(_ bytes: ArraySlice<UInt8>, at now: BootTime) -> [Action] {
    guard input == .open else { return [] }
    framer.append(bytes)
    return advance(at: now)
  }

  mutating func answered(_ reply: ControlReply, continues: Bool, at now: BootTime) -> [Action] {
    guard let call = active else { return [] }
    if !continues { active = nil }
    var actions: [Action] = []
    // Who did not ask for more than one reply gets the last one.
    if !call.oneway, call.more || !continues {
      actions.append(.send(reply.response(continues: continues).encoded))
    }
    return continues ? actions : actions + advance(at: now)
  }

  /// The client sends nothing more; `gone`: and it takes nothing more.
  mutating func ended(gone: Bool, at now: BootTime) -> [Action] {
    guard input != .gone, input != .broken else { return [] }
    input = gone ? .gone : .ended
    begun = nil
    return (gone && giveUp() ? [.hungUp] : []) + advance(at: now)
  }

  /// True: a call was with the engine, and nobody waits for its replies any more.
  mutating func giveUp() -> Bool {
    guard let call = active, !call.oneway else { return false }
    active = nil
    return true
  }

  private mutating func advance(at now: BootTime) -> [Action] {
    var actions: [Action] = []
    do throws(VarlinkFault) {
      try collect(at: now)
      while active == nil, !waiting.isEmpty {
        actions += try serve(waiting.removeFirst())
        try collect(at: now)
      }
    } catch {
      input = .broken
      waiting = []
      begun = nil
      actions.append(.close(error))
    }
    return actions
  }

  /// Takes whole messages while there is room for them. The time of a message that has begun does
  /// not run while there is none.
  private mutating func collect(at now: BootTime) throws(VarlinkFault) {
    while outstanding < Limits.controlOutstanding {
      guard let message = try framer.next() else {
        begun = framer.pending > 0 && input == .open ? begun ?? now : nil
        return
      }
      waiting.append(message)
      begun = nil
    }
    begun = nil
  }

  private mutating func serve(_ message: [UInt8]) throws(VarlinkFault) -> [Action] {
    let request: VarlinkRequest
    do { request = try VarlinkRequest(message: message) } catch {
      switch error {
      case .close(let fault): throw fault
      case .answer(let error): return [reply(error)]
      }
    }
    if input == .gone, !request.oneway { return [] }
    let actions = serve(request)
    guard request.oneway else { return actions }
    return actions.filter { if case .send = $0 { false } else { true } }
  }

  private mutating func serve(_ request: VarlinkRequest) -> [Action] {
    if let response = VarlinkService.answer(request, version: version) {
      return [.send(response.encoded)]
    }
    let call: ControlCall
    do {
      call = try ControlCall(method: request.method, parameters: request.parameters)
    } catch { return [reply(error)] }
    if call.needsMore, !request.more { return [reply(.expectedMore)] }
    if call.needsOwner, !isOwner {
      return [.denied(method: request.method), reply(.permissionDenied)]
    }
    let more = request.more && !request.oneway
    active = Active(more: more, oneway: request.oneway)
    return [.begin(call, more: more)]
  }

  private func reply(_ error: ControlError) -> Action {
    .send(ControlReply.failed(error).response().encoded)
  }
}
