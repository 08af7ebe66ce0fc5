import DaybookCore
import Testing

@testable import daybookd

@Suite struct ConversationTests {
  private let now = BootTime(microseconds: 1_000_000)
  private let pause = #"{"method":"org.daybook.Control.Pause"}"#
  private let status = #"{"method":"org.daybook.Control.Status","more":true}"#
  private let reload = #"{"method":"org.daybook.Control.Reload"}"#
  private let onewayPause = #"{"method":"org.daybook.Control.Pause","oneway":true}"#
  private let info = #"{"method":"org.varlink.service.GetInfo"}"#

  private func conversation(owner: Bool = true) -> Conversation {
    Conversation(isOwner: owner, version: "1.2.3")
  }

  private func bytes(_ messages: String...) -> ArraySlice<UInt8> {
    messages.flatMap { Array($0.utf8) + [0] }[...]
  }

  private func error(_ action: Conversation.Action) -> String? {
    guard case .send(let message) = action else { return nil }
    return (try? VarlinkResponse(message: message.dropLast()))?.error
  }

  @Test("a call is begun when its last byte has come, and not before")
  func byteByByte() {
    var talk = conversation()
    let message = bytes(pause)
    for index in message.indices.dropLast() {
      #expect(talk.received(message[index...index], at: now).isEmpty)
      #expect(!talk.isIdle)
    }
    #expect(
      talk.received(message.suffix(1), at: now) == [.begin(.pause(account: nil), more: false)])
  }

  @Test("a reply is sent with its NUL and ends the call")
  func reply() throws {
    var talk = conversation()
    _ = talk.received(bytes(pause), at: now)
    #expect(!talk.isIdle)
    let actions = talk.answered(.done, continues: false, at: now)
    #expect(actions == [.send(ControlReply.done.response().encoded)])
    #expect(talk.isIdle)
    #expect(talk.answered(.done, continues: false, at: now).isEmpty)
  }

  @Test("pipelined calls begin one after the other, in order")
  func pipelined() {
    var talk = conversation()
    #expect(talk.received(bytes(pause, status, reload), at: now).count == 1)
    let second = talk.answered(.done, continues: false, at: now)
    #expect(second.last == .begin(.status(account: nil), more: true))
    #expect(second.count == 2)
    let third = talk.answered(.done, continues: false, at: now)
    #expect(third.last == .begin(.reload, more: false))
    #expect(talk.answered(.done, continues: false, at: now).count == 1)
  }

  @Test("with more, replies that continue are marked and the call goes on")
  func more() throws {
    var talk = conversation()
    _ = talk.received(bytes(status, pause), at: now)
    let first = talk.answered(.done, continues: true, at: now)
    #expect(first == [.send(ControlReply.done.response(continues: true).encoded)])
    let last = talk.answered(.done, continues: false, at: now)
    #expect(last.first == .send(ControlReply.done.response().encoded))
    #expect(last.last == .begin(.pause(account: nil), more: false))
  }

  @Test("who did not ask for more gets the last reply only")
  func notMore() {
    var talk = conversation()
    _ = talk.received(bytes(pause), at: now)
    #expect(talk.answered(.done, continues: true, at: now).isEmpty)
    #expect(talk.answered(.done, continues: false, at: now).count == 1)
  }

  @Test("a oneway call is made and not answered")
  func oneway() {
    var talk = conversation()
    #expect(
      talk.received(bytes(onewayPause), at: now) == [.begin(.pause(account: nil), more: false)])
    #expect(talk.answered(.done, continues: false, at: now).isEmpty)
    #expect(talk.isIdle)
  }

  @Test(
    "not even an error answers a oneway call",
    arguments: [
      #"{"method":"org.daybook.Control.Nothing","oneway":true}"#,
      #"{"method":"org.varlink.service.GetInfo","oneway":true}"#,
      #"{"method":"org.daybook.Control.Pause","parameters":{"x":1},"oneway":true}"#,
    ])
  func onewayError(message: String) {
    var talk = conversation()
    #expect(talk.received(bytes(message), at: now).isEmpty)
    #expect(talk.isIdle)
  }

  @Test("the service says who it is without asking the engine")
  func service() throws {
    var talk = conversation()
    let actions = talk.received(bytes(info, info), at: now)
    #expect(actions.count == 2)
    guard case .send(let message) = actions[0] else {
      Issue.record("no reply")
      return
    }
    let response = try VarlinkResponse(message: message.dropLast())
    #expect(response.parameters["version"] == "1.2.3")
    #expect(response.parameters["interfaces"]?.array?.contains("org.daybook.Control") == true)
  }

  @Test(
    "what cannot be served is answered with the error that names it",
    arguments: [
      (#"{"method":"org.daybook.Control.Nothing"}"#, "MethodNotFound"),
      (#"{"method":"org.example.Other.Get"}"#, "InterfaceNotFound"),
      (#"{"method":"org.varlink.service.Nothing"}"#, "MethodNotFound"),
      (#"{"method":"org.daybook.Control.Pause","parameters":{"acount":"a"}}"#, "InvalidParameter"),
      (#"{"method":"org.daybook.Control.Pause","upgrade":true}"#, "InvalidParameter"),
      (#"{"method":"org.daybook.Control.Watch"}"#, "ExpectedMore"),
    ])
  func refused(message: String, name: String) {
    var talk = conversation()
    let actions = talk.received(bytes(message), at: now)
    #expect(actions.map { error($0) } == ["org.varlink.service.\(name)"])
    #expect(talk.isIdle)
    #expect(talk.received(bytes(pause), at: now).count == 1)
  }

  @Test(
    "what is for the owner only is denied to others and told",
    arguments: [
      ("Reload", "{}"), ("Logout", #"{"account":"a"}"#), ("LoginBegin", #"{"account":"a"}"#),
      ("LoginComplete", #"{"account":"a","url":"u"}"#), ("Verify", #"{"repair":true}"#),
    ])
  func denied(method: String, parameters: String) {
    let message = #"{"method":"org.daybook.Control.\#(method)","parameters":\#(parameters)}"#
    var stranger = conversation(owner: false)
    let actions = stranger.received(bytes(message), at: now)
    #expect(actions.first == .denied(method: "org.daybook.Control.\(method)"))
    #expect(error(actions[1]) == "org.varlink.service.PermissionDenied")
    var owner = conversation()
    guard case .begin = owner.received(bytes(message), at: now).first else {
      Issue.record("the owner was refused")
      return
    }
  }

  @Test(
    "a message that is no Varlink closes the connection",
    arguments: ["{", "[]", "nonsense", "{}", #"{"method":1}"#, "\u{FEFF}{}", #"{"method":"a"} x"#])
  func garbage(message: String) {
    var talk = conversation()
    let actions = talk.received(bytes(message), at: now)
    guard case .close? = actions.last else {
      Issue.record("went on with \(actions)")
      return
    }
    #expect(!talk.wantsInput)
    #expect(talk.received(bytes(pause), at: now).isEmpty)
  }

  @Test("garbage behind a call that is under way gives that call up")
  func garbageBehind() {
    var talk = conversation()
    _ = talk.received(bytes(pause), at: now)
    // It waits its turn, as everything does.
    #expect(talk.received(bytes("{"), at: now).isEmpty)
    let actions = talk.answered(.done, continues: false, at: now)
    #expect(actions.first == .send(ControlReply.done.response().encoded))
    guard case .close? = actions.last else {
      Issue.record("went on")
      return
    }
  }

  @Test("a message over the limit closes the connection as soon as it is over")
  func tooLarge() {
    var talk = conversation()
    let half = [UInt8](repeating: 0x20, count: Limits.controlMessageBytes / 2)[...]
    #expect(talk.received(half, at: now).isEmpty)
    #expect(talk.received(half, at: now).isEmpty)
    let limit = VarlinkFault.tooLarge(limit: Limits.controlMessageBytes)
    #expect(talk.received([0x20], at: now) == [.close(limit)])
  }

  @Test("a message nested too deep closes the connection")
  func depthBomb() {
    var talk = conversation()
    let bomb = #"{"method":"a.b","parameters":"# + String(repeating: "[", count: 60_000)
    guard case .close(.json(let fault))? = talk.received(bytes(bomb), at: now).last else {
      Issue.record("went on")
      return
    }
    #expect(fault.reason == .depth)
  }

  @Test("no more than the limit of calls are taken while one is under way")
  func outstanding() {
    var talk = conversation()
    let one = bytes(pause)
    for count in 1...Limits.controlOutstanding {
      #expect(talk.wantsInput, "after \(count - 1)")
      _ = talk.received(one, at: now)
    }
    #expect(!talk.wantsInput)
    _ = talk.answered(.done, continues: false, at: now)
    #expect(talk.wantsInput)
  }

  @Test("calls that came in one piece beyond the limit are all served, in order")
  func flood() {
    var talk = conversation()
    let count = 10 * Limits.controlOutstanding
    let flood = (1...count).map { n in
      #"{"method":"org.daybook.Control.Plan","parameters":{"limit":\#(n)}}"#
    }
    var begun: [ControlCall] = []
    func note(_ actions: [Conversation.Action]) {
      for case .begin(let call, _) in actions { begun.append(call) }
    }
    note(talk.received(flood.flatMap { bytes($0) }[...], at: now))
    for _ in 0..<count { note(talk.answered(.done, continues: false, at: now)) }
    #expect(begun == (1...count).map { .plan(account: nil, limit: $0) })
    #expect(talk.isIdle)
  }
}
