@testable import DaybookCore
@testable import daybookd

/// The control socket cuts the same messages from a stream, however it arrives; each message is
/// refused with an answer, or means what it says when it is written again.
func checkVarlink(_ bytes: [UInt8]) throws(Broken) {
  var random = choices(bytes)
  let limit = [8, 64, Limits.controlMessageBytes].randomElement(using: &random) ?? 8
  let whole = framed([bytes[...]], limit)
  try hold(framed(pieces(bytes), limit) == whole, "in pieces there are other messages")
  try hold(
    whole.isBroken || Array((whole.messages + [whole.rest]).joined(separator: [0])) == bytes,
    "bytes are lost")
  for message in whole.messages {
    try checkRequest(message)
    try checkReply(message)
  }
}

private struct Framed: Equatable {
  var messages: [[UInt8]] = []
  var rest: [UInt8] = []
  var isBroken = false
}

private func framed(_ pieces: [ArraySlice<UInt8>], _ limit: Int) -> Framed {
  var framer = VarlinkFramer(limit: limit)
  var out = Framed()
  for piece in pieces {
    framer.append(piece)
    do throws(VarlinkFault) {
      while let message = try framer.next() { out.messages.append(message) }
      out.rest = Array(Array(pieces.joined()).prefix(piece.endIndex).suffix(framer.pending))
    } catch { out.isBroken = true }
  }
  if out.isBroken { out.rest = [] }
  return out
}

private func checkRequest(_ message: [UInt8]) throws(Broken) {
  guard let request = try? VarlinkRequest(message: message) else { return }
  let again = try? VarlinkRequest(message: request.encoded.dropLast())
  try hold(again == request, "a request that is read again as another")
  if let answer = VarlinkService.answer(request, version: "0") {
    let read = try? VarlinkResponse(message: answer.encoded.dropLast())
    try hold(read == answer, "an answer that is read as another")
  }
  guard let call = try? ControlCall(method: request.method, parameters: request.parameters) else {
    return
  }
  let same = try? ControlCall(method: call.method, parameters: call.parameters)
  try hold(same == call, "a call that is read again as another")
}

/// What the command reads.
private func checkReply(_ message: [UInt8]) throws(Broken) {
  guard let response = try? VarlinkResponse(message: message) else { return }
  let again = try? VarlinkResponse(message: response.encoded.dropLast())
  try hold(again == response, "a reply that is read again as another")
  var random = choices(message)
  guard let call = calls.randomElement(using: &random),
    let reply = try? ControlReply(response, to: call)
  else { return }
  let same = try? ControlReply(reply.response(), to: call)
  try hold(same == reply || !isPrintable(response), "a reply to \(call) that is read as another")
}

/// Moments in the first and last hours of the calendar have no text of four digits in UTC.
private func isPrintable(_ response: VarlinkResponse) -> Bool {
  let text = text(response.encoded)
  return !text.contains("0001-01-01T") && !text.contains("9999-12-31T")
}

private let calls: [ControlCall] = [
  .status(account: nil), .watch(account: nil), .resync(ResyncRequest(account: "me")),
  .pause(account: nil), .loginBegin(account: "me", redirectURI: nil),
  .loginComplete(account: "me", .url(Secret("x"))), .days(account: nil, stream: nil, year: nil),
  .plan(account: nil, limit: 20), .verify(VerifyRequest()), .reload,
]

/// One conversation does the same, however its bytes arrive; where it is closed in the middle, one
/// that got them later may have answered more.
func checkConversation(_ bytes: [UInt8]) throws(Broken) {
  let whole = actions([bytes[...]], isOwner: bytes.count % 2 == 0)
  let cut = actions(pieces(bytes), isOwner: bytes.count % 2 == 0)
  if case .close = whole.last {
    try hold(cut.starts(with: whole.dropLast()), "in pieces it does something else")
  } else {
    try hold(cut == whole, "in pieces it does something else")
  }
}

private func actions(_ pieces: [ArraySlice<UInt8>], isOwner: Bool) -> [Conversation.Action] {
  var conversation = Conversation(isOwner: isOwner, version: "0")
  var all: [Conversation.Action] = []
  for piece in pieces {
    var waiting = conversation.received(piece, at: someNow.boot)
    while !waiting.isEmpty {
      let action = waiting.removeFirst()
      all.append(action)
      guard case .begin = action else { continue }
      waiting += conversation.answered(.done, continues: false, at: someNow.boot)
    }
  }
  return all
}
