import Testing

@testable import DaybookCore

@Suite("The parameters of a call")
struct ControlParametersTests {
  @Test("what is taken is no longer left")
  func taken() throws {
    var given = try ControlParameters(["a": "x", "b": true, "n": 3])
    #expect(try given.required("a") == "x")
    #expect(throws: ControlError.invalidParameter("b")) { try given.end() }
    #expect(try given.flag("b"))
    #expect(try given.optional("n", in: 1...3) == 3)
    try given.end()
  }

  @Test("a number outside its range is named", arguments: [0, 4, -1, Int.max])
  func range(n: Int) throws {
    var given = try ControlParameters(["n": n.json])
    #expect(throws: ControlError.invalidParameter("n")) { try given.optional("n", in: 1...3) }
  }

  @Test("a name keeps to the rule of names", arguments: ["", "A", "-x", "a b", "a/b", "é", "a\0"])
  func names(text: String) throws {
    var given = try ControlParameters(["account": .string(text)])
    #expect(throws: ControlError.invalidParameter("account")) { try given.requiredName("account") }
  }

  @Test("what is left out is nil, false, or missed")
  func leftOut() throws {
    var given = try ControlParameters(.null)
    #expect(try given.optionalName("a") == nil)
    #expect(try given.flag("f") == false)
    #expect(throws: ControlError.invalidParameter("a")) { try given.requiredName("a") }
    try given.end()
  }

  @Test("parameters are an object", arguments: [1, "x", true, .array([])] as [JSONValue])
  func noObject(json: JSONValue) {
    #expect(throws: ControlError.invalidParameter("parameters")) { try ControlParameters(json) }
  }
}
