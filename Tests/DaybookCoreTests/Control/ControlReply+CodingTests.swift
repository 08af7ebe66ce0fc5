import Testing

@testable import DaybookCore

@Suite("Replies of the control interface")
struct ControlReplyCodingTests {
  @Test("a daemon from before tells neither the kind of a sign-in nor what is lost")
  func before() throws {
    let begin = ControlCall.loginBegin(account: "a", redirectURI: nil)
    let begun: JSONValue = [
      "url": "u", "redirect_uri": "r", "expires": "2026-11-22T21:25:03Z",
    ]
    guard
      case .loginBegun(let offer) = try ControlReply(VarlinkResponse(parameters: begun), to: begin)
    else {
      Issue.record("no offer")
      return
    }
    #expect(offer.kind == .code && offer.url == "u" && offer.help == nil)
    let end = ControlCall.loginComplete(account: "a", .token(Secret("t")))
    let done: JSONValue = ["granted": [], "missing": ["x"], "days": 1, "streams": []]
    guard
      case .loginCompleted(let result) = try ControlReply(
        VarlinkResponse(parameters: done), to: end)
    else {
      Issue.record("no result")
      return
    }
    #expect(result.missing == ["x"] && result.lost.isEmpty && result.ends == nil)
  }

  @Test("every reply comes back as it went", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      let reply = random.reply(to: call)
      let continues = random.flag()
      let bytes = reply.response(continues: continues).encoded
      #expect(bytes.last == 0)
      #expect(!bytes.dropLast().contains(0))
      let response = try VarlinkResponse(message: bytes.dropLast())
      #expect(response.continues == continues)
      #expect(try ControlReply(response, to: call) == reply, "seed \(seed)")
    }
  }

  @Test("an error reply is a failure, whatever the call", arguments: 0..<20 as Range<UInt64>)
  func failures(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      let error = random.one(of: random.errors())
      let response = ControlReply.failed(error).response(continues: true)
      #expect(!response.continues, "an error is the last reply")
      #expect(try ControlReply(response, to: call) == .failed(error), "seed \(seed)")
    }
  }

  @Test(
    "a reply that is not of the interface says where",
    arguments: [
      (["accounts": .array([])], "daemon is not an object"),
      (["daemon": ["version": 1], "accounts": .array([])], "daemon/version is not a string"),
      (["daemon": .null, "accounts": .array([])], "daemon is not an object"),
    ] as [(JSONValue, String)])
  func wrongStatus(parameters: JSONValue, text: String) {
    let response = VarlinkResponse(parameters: parameters)
    let fault = #expect(throws: ControlFault.self) {
      try ControlReply(response, to: .status(account: nil))
    }
    #expect(fault.map { "\($0)" } == text)
  }

  @Test("a fault deep inside is named by its whole path")
  func deepFault() {
    var random = RandomControl(seed: 4)
    var account = random.account()
    account.streams = [random.stream(), random.stream()]
    let good = ControlReply.status(random.daemon(), [random.account(), account]).response()
    let text = String(decoding: good.parameters.encoded, as: UTF8.self)
    let broken = text.replacing(
      "\"damaged\":\(account.streams[1].damaged)}],\"windows\"",
      with: "\"damaged\":\"x\"}],\"windows\"")
    #expect(text != broken)
    let fault = #expect(throws: ControlFault.self) {
      let response = VarlinkResponse(parameters: try JSONValue(parsing: Array(broken.utf8)))
      _ = try ControlReply(response, to: .status(account: nil))
    }
    #expect(fault?.path == "accounts/1/streams/1/damaged")
    #expect(fault?.expected == "an integer")
  }

  @Test("members that are unknown here are passed over: the daemon may be newer")
  func newerDaemon() throws {
    let response = VarlinkResponse(parameters: ["changes": ["a"], "new": 1])
    #expect(try ControlReply(response, to: .reload) == .reloaded(changes: ["a"]))
  }

  @Test("null stands for a member that may be left out")
  func null() throws {
    let parameters: JSONValue = ["daemon": .null, "accounts": .array([]), "entries": .array([])]
    let reply = try ControlReply(VarlinkResponse(parameters: parameters), to: .watch(account: nil))
    #expect(reply == .watch(nil, [], []))
  }
}
