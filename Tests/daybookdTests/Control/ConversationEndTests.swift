import DaybookCore
import Testing

@testable import daybookd

@Suite("How a conversation ends") struct ConversationEndTests {
  private let now = BootTime(microseconds: 1_000_000)
  private let pause = #"{"method":"org.daybook.Control.Pause"}"#
  private let status = #"{"method":"org.daybook.Control.Status","more":true}"#
  private let onewayPause = #"{"method":"org.daybook.Control.Pause","oneway":true}"#
  private let info = #"{"method":"org.varlink.service.GetInfo"}"#
  private var talk = Conversation(isOwner: true, version: "1.2.3")

  private func bytes(_ messages: String...) -> ArraySlice<UInt8> {
    messages.flatMap { Array($0.utf8) + [0] }[...]
  }

  @Test("the end of input is after the calls that came before it")
  mutating func endOfInput() {
    _ = talk.received(bytes(pause, info), at: now)
    #expect(talk.ended(gone: false, at: now).isEmpty)
    #expect(!talk.isOver)
    #expect(talk.answered(.done, continues: false, at: now).count == 2)
    #expect(talk.isOver)
  }

  @Test("a client that is gone gives up its call; what wants no reply is still done")
  mutating func gone() {
    _ = talk.received(bytes(status, pause, onewayPause, info), at: now)
    let actions = talk.ended(gone: true, at: now)
    #expect(actions == [.hungUp, .begin(.pause(account: nil), more: false)])
    #expect(!talk.isOver)
    #expect(talk.answered(.done, continues: false, at: now).isEmpty)
    #expect(talk.isOver)
    #expect(talk.ended(gone: true, at: now).isEmpty)
  }

  @Test("a message cut off by the end is no call", arguments: [false, true])
  mutating func cut(gone: Bool) {
    _ = talk.received(bytes(pause).dropLast(), at: now)
    #expect(talk.ended(gone: gone, at: now).isEmpty)
    #expect(talk.isOver && talk.deadline == nil)
    #expect(talk.received([0], at: now).isEmpty)
  }
}
