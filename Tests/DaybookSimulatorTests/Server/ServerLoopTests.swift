import DaybookCore
import Testing

@testable import DaybookSimulator

struct ServerLoopTests {
  @Test("two hundred connections at once are all served")
  func many() throws {
    try withServer { server in
      let wires = try (0..<200).map { _ in try Wire(server) }
      for round in 0..<3 {
        for wire in wires { wire.get("/x") }
        for wire in wires { #expect(wire.answer()?.status == 404, "round \(round)") }
      }
      #expect(server.withWorld { $0.requests } == 600)
    }
  }

  @Test("connections that come and go leave nothing behind")
  func churn() throws {
    try withServer { server in
      for _ in 0..<300 {
        let wire = try Wire(server)
        wire.get("/x")
        #expect(wire.answer()?.status == 404)
      }
      _ = try Wire(server)
      #expect(try SimClient.send("GET", server.origin + "/sim/stats").status == 200)
    }
  }

  @Test("an answer larger than the socket buffers arrives whole, read late")
  func large() throws {
    try withServer { server in
      let storage = String(repeating: "x", count: 12 << 20)
      server.withWorld { world in
        var settings = OwnTracksSettings(firstDay: Day(number: 17_532))
        settings.storage = storage
        world.providers.ownTracks = OwnTracksModel(settings)
      }
      let wire = try Wire(server)
      let path = "/api/0/list?user=jane&device=phone&from=2017-01-01&to=2018-01-11"
      wire.send("GET \(path) HTTP/1.1\r\nConnection: close\r\n\r\n")
      while server.withWorld({ $0.requests }) < 1 {}
      let other = try Wire(server)
      other.get("/x")
      #expect(other.answer()?.status == 404)
      let (text, end) = wire.read()
      #expect(end == .closed)
      let answer = SimClient.parse(Array(text.utf8))
      let expected = "{\"results\":[\"\(storage)/rec/jane/phone/2018-01.rec\"]}"
      #expect(answer?.body.elementsEqual(expected.utf8) == true)
    }
  }

  @Test("times fire in their order, not in that of the connections")
  func times() throws {
    try withServer(["any:delay=60@nth=1", "any:delay=0.05@nth=2"]) { server in
      let late = try Wire(server)
      late.get("/x")
      while server.withWorld({ $0.requests }) < 1 {}
      let early = try Wire(server)
      early.get("/x")
      #expect(early.answer()?.status == 404)
      #expect(late.read(milliseconds: 20).end == .silent)
    }
  }

  @Test("stopping closes every connection, those that stall and wait too")
  func stop() throws {
    let faults = Faults(
      seed: 1,
      [FaultRule(nil, .stall(after: nil), .nth([1])), FaultRule(nil, .delay(.seconds(60)))])
    let server = try SimServer(SimWorld(ProvidersTests.both(), faults: faults))
    let wires = try (0..<3).map { _ in try Wire(server) }
    for wire in wires.dropLast() { wire.get("/x") }
    while server.withWorld({ $0.requests }) < 2 {}
    server.stop()
    for wire in wires { #expect(wire.read().end != .silent) }
  }
}
