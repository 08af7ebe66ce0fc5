import Testing

@testable import DaybookCore

@Suite("Messages of Varlink")
struct VarlinkMessageTests {
  private func request(_ text: String) throws(VarlinkRequest.Refusal) -> VarlinkRequest {
    try VarlinkRequest(message: Array(text.utf8))
  }
  private func response(_ text: String) throws(VarlinkFault) -> VarlinkResponse {
    try VarlinkResponse(message: Array(text.utf8))
  }

  @Test("a call is read with all its members")
  func full() throws {
    let read = try request(
      #"{"method":"a.B","parameters":{"x":1},"more":true,"oneway":true,"upgrade":false}"#)
    #expect(read == VarlinkRequest(method: "a.B", parameters: ["x": 1], more: true, oneway: true))
    #expect(try VarlinkRequest(message: read.encoded.dropLast()) == read)
  }

  @Test("parameters may be left out or null")
  func withoutParameters() throws {
    let plain = VarlinkRequest(method: "a.B")
    #expect(try request(#"{"method":"a.B"}"#) == plain)
    #expect(try request(#"{"method":"a.B","parameters":null}"#) == plain)
    #expect(
      String(decoding: plain.encoded, as: UTF8.self) == "{\"method\":\"a.B\",\"parameters\":{}}\0")
  }

  @Test(
    "a member that is unknown or of the wrong type is answered with its name",
    arguments: [
      (#"{"method":"a.B","extra":1}"#, "extra"), (#"{"method":"a.B","more":1}"#, "more"),
      (#"{"method":"a.B","oneway":"x"}"#, "oneway"), (#"{"method":"a.B","oneway":null}"#, "oneway"),
      (#"{"method":"a.B","upgrade":true}"#, "upgrade"),
      (#"{"method":"a.B","parameters":[]}"#, "parameters"),
      (#"{"method":"a.B","parameters":"x"}"#, "parameters"),
    ])
  func wrongMember(text: String, culprit: String) {
    #expect(throws: VarlinkRequest.Refusal.answer(.invalidParameter(culprit))) {
      try request(text)
    }
  }

  @Test(
    "what is no call at all closes the connection", arguments: ["[]", "1", "{}", #"{"method":1}"#])
  func noCall(text: String) {
    let refusal = #expect(throws: VarlinkRequest.Refusal.self) { try request(text) }
    guard case .close(.envelope) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test(
    "what is no JSON closes the connection",
    arguments: [
      "", "{", "{}x", #"{"method":"a.B","method":"a.C"}"#, "\u{feff}{}",
      String(repeating: "[", count: 100_000), #"{"method":"\ud800"}"#,
    ])
  func noJSON(text: String) {
    let refusal = #expect(throws: VarlinkRequest.Refusal.self) { try request(text) }
    guard case .close(.json) = refusal else {
      Issue.record("\(String(describing: refusal))")
      return
    }
  }

  @Test("bytes that are no UTF-8 close the connection")
  func noText() {
    let bytes = Array(#"{"method":"a."#.utf8) + [0xff] + Array(#""}"#.utf8)
    #expect(throws: VarlinkRequest.Refusal.self) { try VarlinkRequest(message: bytes) }
  }

  @Test("a reply is read with all its members, and those unknown passed over")
  func reply() throws {
    let text = #"{"error":"a.E","parameters":{"x":1},"continues":true,"new":[]}"#
    let read = try response(text)
    #expect(read == VarlinkResponse(error: "a.E", parameters: ["x": 1], continues: true))
    #expect(try VarlinkResponse(message: read.encoded.dropLast()) == read)
    #expect(try response("{}") == VarlinkResponse())
    #expect(
      try response(#"{"error":null,"parameters":null,"continues":null}"#) == VarlinkResponse())
  }

  @Test(
    "a reply that is none says why",
    arguments: [
      ("[]", "no object"), (#"{"parameters":1}"#, "parameters are no object"),
      (#"{"continues":1}"#, "continues is neither true nor false"),
      (#"{"error":1}"#, "error is no string"),
    ])
  func wrongReply(text: String, reason: String) {
    #expect(throws: VarlinkFault.envelope(reason)) { try response(text) }
    #expect("\(VarlinkFault.envelope(reason))" == "a message that is not Varlink: \(reason)")
  }

  @Test("a fault is told in words")
  func words() {
    #expect("\(VarlinkFault.tooLarge(limit: 5))" == "a message of more than 5 bytes")
    let fault = VarlinkFault.json(DocumentFault(offset: 3, reason: .grammar))
    #expect("\(fault)".hasPrefix("a message that is not JSON: "))
  }
}
