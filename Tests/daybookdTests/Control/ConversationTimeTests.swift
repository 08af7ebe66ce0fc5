import DaybookCore
import Testing

@testable import daybookd

@Suite("How long a message may take") struct ConversationTimeTests {
  private func at(_ seconds: Int64) -> BootTime { BootTime(microseconds: seconds * 1_000_000) }
  private let pause = Array(#"{"method":"org.daybook.Control.Pause"}"#.utf8)[...]
  private var talk = Conversation(isOwner: true, version: "1")

  @Test("nothing begun, nothing to wait for")
  func idle() {
    #expect(talk.deadline == nil)
  }

  @Test("the time runs from the first byte and is not lengthened by later ones")
  mutating func runs() {
    _ = talk.received(pause.prefix(1), at: at(100))
    #expect(talk.deadline == at(110))
    _ = talk.received(pause.dropFirst().prefix(5), at: at(109))
    #expect(talk.deadline == at(110))
  }

  @Test("it ends with the message")
  mutating func ends() {
    _ = talk.received(pause, at: at(100))
    _ = talk.received([0], at: at(105))
    #expect(talk.deadline == nil)
  }

  @Test("the next message has its own time")
  mutating func next() {
    _ = talk.received(pause + [0] + pause.prefix(3), at: at(100))
    #expect(talk.deadline == at(110))
    _ = talk.received(pause.dropFirst(3) + [0] + pause.prefix(1), at: at(109))
    #expect(talk.deadline == at(119))
  }

  @Test("it does not run while the client cannot go on because of us")
  mutating func paused() {
    for _ in 0..<Limits.controlOutstanding { _ = talk.received(pause + [0], at: at(100)) }
    #expect(talk.deadline == nil)
    _ = talk.received(pause.prefix(3), at: at(100))
    #expect(talk.deadline == nil)
    _ = talk.answered(.done, continues: false, at: at(500))
    #expect(talk.deadline == at(510))
  }

  @Test("it ends with the input")
  mutating func endOfInput() {
    _ = talk.received(pause.prefix(3), at: at(100))
    _ = talk.ended(gone: false, at: at(101))
    #expect(talk.deadline == nil)
    #expect(talk.isOver)
  }
}
