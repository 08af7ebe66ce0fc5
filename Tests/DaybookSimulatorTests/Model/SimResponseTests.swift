import Testing

@testable import DaybookSimulator

struct SimResponseTests {
  @Test("a plain answer arrives whole, at once, with a length")
  func defaults() {
    let response = SimResponse(200, body: [1, 2])
    #expect(response.framing == .length)
    #expect(response.delivery == .whole)
    #expect(response.delay == .zero)
    #expect(response.malformed == nil)
  }

  @Test("a text has a type and its bytes")
  func text() {
    let response = SimResponse.text(404, "näh\n")
    #expect(response.status == 404)
    #expect(response.header("content-type") == "text/plain; charset=utf-8")
    #expect(response.body == [0x6E, 0xC3, 0xA4, 0x68, 0x0A])
    #expect(response.bodyText == "näh\n")
  }

  @Test("headers are found whatever their case", arguments: ["etag", "ETag", "ETAG"])
  func header(name: String) {
    #expect(SimResponse(200, headers: [SimField("ETag", "x")]).header(name) == "x")
    #expect(SimResponse(200).header(name) == nil)
  }
}
