import Testing

@testable import DaybookCore

@Suite("Calls of the control interface")
struct ControlCallCodingTests {
  private func read(
    _ name: String, _ parameters: JSONValue
  ) throws(ControlError) -> ControlCall {
    try ControlCall(method: "org.daybook.Control.\(name)", parameters: parameters)
  }

  @Test("every call comes back as it went", arguments: 0..<200 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      #expect(
        try ControlCall(method: call.method, parameters: call.parameters) == call, "seed \(seed)")
      let bytes = VarlinkRequest(call, more: true).encoded
      let request = try VarlinkRequest(message: bytes.dropLast())
      #expect(request.more)
      #expect(
        try ControlCall(method: request.method, parameters: request.parameters) == call,
        "seed \(seed)")
    }
  }

  @Test("what may be left out may also be null", arguments: ["Status", "Watch", "Pause"])
  func null(name: String) throws {
    let plain = try read(name, [:])
    #expect(try read(name, ["account": .null]) == plain)
    #expect(try read(name, .null) == plain)
  }

  @Test("no parameters at all mean the defaults")
  func defaults() throws {
    #expect(try read("Plan", [:]) == .plan(account: nil, limit: 20))
    #expect(try read("Verify", [:]) == .verify(VerifyRequest()))
    #expect(try read("Resume", [:]) == .resume(account: nil, probe: false))
    #expect(try read("Resync", ["account": "a"]) == .resync(ResyncRequest(account: "a")))
    #expect(try read("Reload", [:]) == .reload)
  }

  @Test(
    "an unknown parameter is an error that names it",
    arguments: [
      "Status", "Watch", "Resync", "Pause", "Resume", "LoginBegin", "LoginComplete", "Logout",
      "Days", "Plan", "Verify", "Reload",
    ])
  func unknown(name: String) {
    let all: JSONValue = ["account": "a", "url": "u", "extra": 1]
    let parameters: JSONValue =
      switch name {
      case "LoginComplete": all
      case "Reload": ["extra": 1]
      default: ["account": "a", "extra": 1]
      }
    #expect(throws: ControlError.invalidParameter("extra")) { try read(name, parameters) }
  }

  @Test(
    "a parameter of the wrong form is an error that names it",
    arguments: [
      ("Status", ["account": 1], "account"), ("Status", ["account": ""], "account"),
      ("Pause", ["account": "../x"], "account"), ("Pause", ["account": "A"], "account"),
      ("Watch", ["account": ["a"]], "account"),
      ("Resume", ["probe": "yes"], "probe"), ("Resume", ["probe": 1], "probe"),
      ("Resync", ["account": "a", "from": "2016-1-1"], "from"),
      ("Resync", ["account": "a", "from": "2015-02-29"], "from"),
      ("Resync", ["account": "a", "to": 20_160_101], "to"),
      ("Resync", ["account": "a", "stream": "a/b"], "stream"),
      ("Resync", ["account": "a", "all": "true"], "all"),
      ("LoginBegin", ["account": "a", "redirect_uri": 8080], "redirect_uri"),
      ("LoginComplete", ["account": "a", "url": ["x"]], "url"),
      ("LoginComplete", ["account": "a", "token": 7], "token"),
      ("LoginComplete", ["account": "a", "fields": "x"], "fields"),
      ("LoginComplete", ["account": "a", "fields": ["user": "x"]], "fields"),
      ("LoginComplete", ["account": "a", "url": "u", "token": "t"], "token"),
      (
        "LoginComplete", ["account": "a", "url": "u", "fields": ["user": "x", "password": "y"]],
        "fields"
      ),
      (
        "LoginComplete", ["account": "a", "token": "t", "fields": ["user": "x", "password": "y"]],
        "fields"
      ),
      ("Days", ["year": 0], "year"), ("Days", ["year": 10_000], "year"),
      ("Days", ["year": "2016"], "year"), ("Days", ["stream": "é"], "stream"),
      ("Plan", ["limit": 0], "limit"), ("Plan", ["limit": 1_001], "limit"),
      ("Plan", ["limit": .number("1.5")], "limit"), ("Plan", ["limit": .number("1e2")], "limit"),
      ("Verify", ["deep": .array([])], "deep"), ("Verify", ["repair": 0], "repair"),
      ("Verify", ["yes": "y"], "yes"), ("Status", ["a"], "parameters"),
    ] as [(String, JSONValue, String)])
  func wrongForm(name: String, parameters: JSONValue, culprit: String) {
    #expect(throws: ControlError.invalidParameter(culprit)) { try read(name, parameters) }
  }

  @Test(
    "a parameter that must be there is an error when it is not",
    arguments: [
      ("Resync", [:], "account"), ("LoginBegin", [:], "account"), ("Logout", [:], "account"),
      ("LoginComplete", ["url": "u"], "account"), ("LoginComplete", ["account": "a"], "url"),
      ("Logout", ["account": .null], "account"),
    ] as [(String, JSONValue, String)])
  func missing(name: String, parameters: JSONValue, culprit: String) {
    #expect(throws: ControlError.invalidParameter(culprit)) { try read(name, parameters) }
  }

  @Test("a range may be one day, or up to a hundred years, or open at its end")
  func ranges() throws {
    var request = ResyncRequest(account: "a")
    request.from = Day("2016-02-29")
    #expect(try read("Resync", ["account": "a", "from": "2016-02-29"]) == .resync(request))
    request.to = request.from
    let one: JSONValue = ["account": "a", "from": "2016-02-29", "to": "2016-02-29"]
    #expect(try read("Resync", one) == .resync(request))
    request.to = request.from.map { $0 + (Limits.resyncDays - 1) }
    #expect(throws: Never.self) { try read("Resync", request.parameters) }
  }

  @Test(
    "a range that is none says why",
    arguments: [
      (["from": "2016-01-02", "to": "2016-01-01"], "from 2016-01-02 is after to 2016-01-01"),
      (["to": "2016-01-01"], "to needs from"),
      (["from": "1900-01-01", "to": "2016-01-01"], "more than 36525 days"),
      (["all": true, "from": "2016-01-01"], "all excludes from and to"),
      (["all": true, "to": "2016-01-01"], "all excludes from and to"),
    ] as [(JSONValue, String)])
  func badRange(range: JSONValue, reason: String) {
    let parameters = JSONValue.object([JSONMember("account", "a")] + (range.object ?? []))
    #expect(throws: ControlError.invalidRange(reason)) { try read("Resync", parameters) }
  }

  @Test("a method that is unknown is not found, nor is an interface")
  func notFound() {
    for name in ["Nothing", "status", ""] {
      let method = "org.daybook.Control.\(name)"
      #expect(throws: ControlError.methodNotFound(method)) {
        try ControlCall(method: method, parameters: [:])
      }
    }
    #expect(throws: ControlError.interfaceNotFound("org.example")) {
      try ControlCall(method: "org.example.Status", parameters: [:])
    }
    #expect(throws: ControlError.invalidParameter("method")) {
      try ControlCall(method: "Status", parameters: [:])
    }
  }

  @Test("only Watch needs more than one reply, and sign-in, reload and repair need the owner")
  func needs() throws {
    var random = RandomControl(seed: 3)
    let calls = random.calls()
    #expect(calls.filter(\.needsMore).map(\.method) == ["org.daybook.Control.Watch"])
    var repair = VerifyRequest()
    #expect(!ControlCall.verify(repair).needsOwner)
    repair.repair = true
    #expect(ControlCall.verify(repair).needsOwner)
    let owners = calls.filter { call in
      if case .verify = call { false } else { call.needsOwner }
    }
    #expect(
      owners.map { $0.method.split(separator: ".").last ?? "" } == [
        "LoginBegin", "LoginComplete", "Logout", "Reload",
      ])
  }

  @Test("the code of a sign-in is nowhere but in the message")
  func secret() throws {
    let call = try read("LoginComplete", ["account": "a", "url": "http://l/?code=SECRET"])
    #expect(!"\(call)".contains("SECRET"))
    #expect(call.parameters["url"]?.string == "http://l/?code=SECRET")
    let token = try read("LoginComplete", ["account": "a", "token": "SECRET"])
    let form = try read(
      "LoginComplete", ["account": "a", "fields": ["user": "SECRET", "password": "SECRET"]])
    #expect(!"\(token)\(form)".contains("SECRET"))
  }
}
