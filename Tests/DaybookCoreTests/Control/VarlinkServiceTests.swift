import Testing

@testable import DaybookCore

@Suite("The interface org.varlink.service")
struct VarlinkServiceTests {
  private func answer(_ method: String, _ parameters: JSONValue = [:]) -> VarlinkResponse? {
    VarlinkService.answer(VarlinkRequest(method: method, parameters: parameters), version: "1.2")
  }

  @Test("GetInfo says who answers and which interfaces there are")
  func info() throws {
    let reply = try #require(answer("org.varlink.service.GetInfo"))
    #expect(reply.error == nil)
    #expect(
      reply.parameters == [
        "vendor": "Daybook", "product": "daybookd", "version": "1.2",
        "url": "https://varlink.org",
        "interfaces": ["org.varlink.service", "org.daybook.Control"],
      ])
    let text = try #require(InterfaceText(VarlinkService.description))
    let members = try #require(text.methods["GetInfo"]).reply
    #expect(text.faults(in: reply.parameters, members).isEmpty)
  }

  @Test("each interface describes itself by the very text")
  func descriptions() throws {
    for (name, text) in [
      (VarlinkService.name, VarlinkService.description),
      (ControlInterface.name, ControlInterface.description),
    ] {
      let reply = answer(
        "org.varlink.service.GetInterfaceDescription", ["interface": .string(name)])
      #expect(reply?.parameters == ["description": .string(text)])
    }
  }

  @Test(
    "what it cannot answer is an error with its name",
    arguments: [
      ("GetInterfaceDescription", [:], .invalidParameter("interface")),
      ("GetInterfaceDescription", ["interface": 1], .invalidParameter("interface")),
      ("GetInterfaceDescription", ["interface": "a.b"], .interfaceNotFound("a.b")),
      (
        "GetInterfaceDescription", ["interface": "org.varlink.service", "x": 1],
        .invalidParameter("x")
      ),
      ("GetInfo", ["x": 1], .invalidParameter("x")),
      ("Nothing", [:], .methodNotFound("org.varlink.service.Nothing")),
    ] as [(String, JSONValue, ControlError)])
  func errors(method: String, parameters: JSONValue, error: ControlError) {
    #expect(answer("org.varlink.service.\(method)", parameters) == error.response)
  }

  @Test("methods of other interfaces are left to others")
  func others() {
    #expect(answer("org.daybook.Control.Status") == nil)
    #expect(answer("org.varlink.serviceX.GetInfo") == nil)
  }
}
