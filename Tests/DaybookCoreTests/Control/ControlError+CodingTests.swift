import Testing

@testable import DaybookCore

@Suite("Errors of the control interface")
struct ControlErrorCodingTests {
  @Test("every error comes back as it went", arguments: 0..<100 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for error in random.errors() {
      let response = try VarlinkResponse(message: error.response.encoded.dropLast())
      let name = try #require(response.error)
      #expect(try ControlError(name, response.parameters) == error, "seed \(seed)")
    }
  }

  @Test("errors of the service interface have its name")
  func serviceNames() {
    #expect(ControlError.expectedMore.name == "org.varlink.service.ExpectedMore")
    #expect(ControlError.interfaceNotFound("x").name == "org.varlink.service.InterfaceNotFound")
    #expect(ControlError.busy("x").name == "org.daybook.Control.Busy")
  }

  @Test("a method that is declared but not there is read as not found")
  func notImplemented() throws {
    let error = try ControlError("org.varlink.service.MethodNotImplemented", ["method": "a.B"])
    #expect(error == .methodNotFound("a.B"))
  }

  @Test(
    "an error that nobody knows is named",
    arguments: ["org.daybook.Control.New", "org.varlink.service.New", "org.example.Bad", "Bad", ""])
  func unknown(name: String) {
    let fault = #expect(throws: ControlFault.self) { try ControlError(name, [:]) }
    let short = name.hasPrefix("org.example") ? name : String(name.split(separator: ".").last ?? "")
    #expect(fault?.path == short)
  }

  @Test("an error without its members is a fault")
  func withoutMembers() {
    let fault = #expect(throws: ControlFault.self) {
      try ControlError("org.daybook.Control.NoSuchStream", ["account": "a"])
    }
    #expect(fault?.path == "stream")
  }
}
