import DaybookCore
import Testing

@testable import DaybookSimulator

struct SimServerTests {
  static func moves(_ rules: [FaultRule] = []) -> SimWorld {
    let settings = MovesSettings(firstDay: Day(number: 19_000))
    return SimWorld(
      Providers(moves: MovesModel(settings)), faults: Faults(seed: 1, rules))
  }

  @Test("a server listens at once, answers, counts, and stops twice without harm")
  func life() throws {
    let server = try SimServer(Self.moves())
    let answer = try SimClient.send("GET", server.origin + "/api/1.1/user/profile")
    #expect(answer.status == 401)
    let stats = try SimClient.send("GET", server.origin + "/sim/stats")
    #expect(stats.bodyText.contains("\"unauthorized\":1"))
    server.stop()
    server.stop()
    #expect(throws: SimClient.Failure.self) {
      try SimClient.send("GET", server.origin + "/sim/stats")
    }
  }

  @Test("a port that is taken is a clear error")
  func taken() throws {
    let server = try SimServer(Self.moves())
    defer { server.stop() }
    let error = #expect(throws: SystemError.self) {
      try SimServer(Self.moves(), port: server.port)
    }
    #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
  }
}
