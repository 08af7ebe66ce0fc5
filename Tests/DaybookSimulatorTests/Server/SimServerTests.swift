import DaybookCore
import Testing

@testable import DaybookSimulator

struct SimServerTests {
  @Test("a server listens at once, answers, counts, and stops twice without harm")
  func life() throws {
    let server = try SimServer(SimWorld(ProvidersTests.both()))
    #expect(try SimClient.send("GET", server.origin + "/api/1.1/user/profile").status == 401)
    let stats = try SimClient.send("GET", server.origin + "/sim/stats")
    #expect(stats.bodyText.contains("\"unauthorized\":1"))
    server.stop()
    server.stop()
    #expect(throws: SimClient.Failure.self) {
      try SimClient.send("GET", server.origin + "/sim/stats")
    }
  }

  @Test("a server that is forgotten stops by itself")
  func forgotten() throws {
    var server: SimServer? = try SimServer(SimWorld(Providers()))
    let origin = server?.origin ?? ""
    #expect(try SimClient.send("GET", origin + "/sim/stats").status == 200)
    server = nil
    #expect(throws: SimClient.Failure.self) { try SimClient.send("GET", origin + "/sim/stats") }
  }

  @Test("a port that is taken is a clear error")
  func taken() throws {
    let server = try SimServer(SimWorld(Providers()))
    defer { server.stop() }
    let error = #expect(throws: SystemError.self) {
      try SimServer(SimWorld(Providers()), port: server.port)
    }
    #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
  }

  @Test("a port can be used again at once")
  func again() throws {
    let first = try SimServer(SimWorld(Providers()))
    let wire = try Wire(first)
    wire.get("/x")
    #expect(wire.answer()?.status == 404)
    first.stop()
    let second = try SimServer(SimWorld(Providers()), port: first.port)
    #expect(try SimClient.send("GET", second.origin + "/sim/stats").status == 200)
    second.stop()
  }

  @Test("the clock is the one given")
  func clock() throws {
    let server = try SimServer(SimWorld(ProvidersTests.both()), clock: { MovesClient.noon })
    defer { server.stop() }
    let answer = try SimClient.send("GET", server.origin + "/api/1.1/user/profile")
    #expect(answer.header("date") == "Wed, 25 Apr 2018 12:00:00 GMT")
  }

  @Test("the wall clock is that of the system")
  func wallClock() {
    let a = SimServer.wallClock()
    let b = SimServer.wallClock()
    #expect(a.seconds > 1_700_000_000)
    #expect(b >= a && b - a < .seconds(10))
  }

  @Test("the world can be changed between two requests")
  func world() throws {
    let server = try SimServer(SimWorld(ProvidersTests.both()))
    defer { server.stop() }
    server.withWorld { $0.providers.moves?.end = .gone }
    #expect(try SimClient.send("GET", server.origin + "/api/1.1/user/profile").status == 410)
  }

  @Test("a whole sign-in and a day over real sockets")
  func session() throws {
    let server = try SimServer(
      SimWorld(ProvidersTests.both()), clock: { MovesClient.noon })
    defer { server.stop() }
    let agreed = try SimClient.send(
      "GET",
      server.origin + "/oauth/v1/authorize?response_type=code&client_id=daybook&scope=activity")
    let code = agreed.header("location")?.split(separator: "code=").last ?? ""
    let tokens = try SimClient.send(
      "POST",
      server.origin + "/oauth/v1/access_token?grant_type=authorization_code&code=\(code)&"
        + MovesClient.secret)
    let token = document(tokens)["access_token"]?.string ?? ""
    let day = try SimClient.send(
      "GET", server.origin + "/api/1.1/user/summary/daily/20180424",
      headers: [SimField("Authorization", "Bearer " + token)])
    #expect(day.status == 200)
    #expect(day.header("x-ratelimit-minuteremaining") == "119")
    #expect(document(day).elements.first?["date"] == "20180424")
  }
}
