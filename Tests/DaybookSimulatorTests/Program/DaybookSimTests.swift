import DaybookCore
import Glibc
import Testing

@testable import DaybookSimulator

/// The program from outside: its first line, its switches, its end.
struct DaybookSimTests {
  @Test(
    "a server says where it is, serves, and ends in order at a signal",
    arguments: [("moves", SIGTERM), ("owntracks", SIGINT), ("serve", SIGTERM)])
  func life(command: String, signal: Int32) throws {
    let program = try SimProgram(command, "--days", "30")
    let origin = program.origin()
    #expect(origin.hasPrefix("http://127.0.0.1:"))
    #expect(try SimClient.send("GET", origin + "/sim/stats").status == 200)
    program.signal(signal)
    let end = program.end()
    #expect(end.status == 0)
    #expect(end.output.isEmpty && end.errors.isEmpty)
  }

  @Test(
    "what is served is what was chosen",
    arguments: [
      (["moves"], 401, 404), (["owntracks"], 404, 200), (["serve"], 401, 200),
      (["serve", "--moves"], 401, 404), (["serve", "--owntracks"], 404, 200),
      (["serve", "--moves", "--owntracks"], 401, 200),
    ])
  func choice(arguments: [String], moves: Int, ownTracks: Int) throws {
    let program = try SimProgram(arguments)
    let origin = program.origin()
    #expect(try SimClient.send("GET", origin + "/api/1.1/user/profile").status == moves)
    #expect(try SimClient.send("GET", origin + "/api/0/list").status == ownTracks)
    program.signal(SIGTERM)
    #expect(program.end().status == 0)
  }

  @Test("a person agrees on the terminal, and the code is good")
  func agree() throws {
    let program = try SimProgram("moves", "--days", "10", "--persons", "2")
    let origin = program.origin()
    let url =
      origin + "/oauth/v1/authorize?response_type=code&client_id=daybook&scope=activity&state=q"
    let agree = try SimProgram("agree", url, "--person", "1")
    let redirect = agree.line()
    #expect(redirect.hasPrefix("http://localhost/?code="))
    #expect(redirect.hasSuffix("&state=q"))
    #expect(agree.end().status == 0)
    let code = redirect.dropFirst(23).prefix { $0 != "&" }
    let answer = try SimClient.send(
      "POST",
      origin + "/oauth/v1/access_token?grant_type=authorization_code&code=\(code)&"
        + MovesClient.secret)
    #expect(answer.status == 200)
    program.signal(SIGTERM)
    _ = program.end()
  }

  @Test("following the redirect is what a browser does")
  func follow() throws {
    let listener = try SimServer(SimWorld(Providers()))
    let program = try SimProgram("moves", "--redirect-uri", listener.origin + "/cb")
    let url =
      program.origin() + "/oauth/v1/authorize?response_type=code&client_id=daybook&scope=activity"
    let agree = try SimProgram("agree", url, "--follow")
    #expect(agree.end().status == 0)
    #expect(listener.withWorld { $0.requests } == 1)
    listener.stop()
    program.signal(SIGTERM)
    _ = program.end()
  }

  @Test(
    "agreeing in vain is an error with its reason",
    arguments: [
      ("http://example.org/", "not a URL on this machine"), ("http://127.0.0.1:1/", "127.0.0.1:1"),
    ])
  func agreeInVain(url: String, mention: String) throws {
    let end = try SimProgram("agree", url).end()
    #expect(end.status == 69)
    #expect(end.output.isEmpty)
    #expect(end.errors.contains(mention))
  }

  @Test("a page without a redirect is shown")
  func noRedirect() throws {
    let server = try SimServer(SimWorld(ProvidersTests.both()))
    defer { server.stop() }
    let end = try SimProgram("agree", server.origin + "/oauth/v1/authorize").end()
    #expect(end.status == 69)
    #expect(end.errors.contains("status 400"))
    #expect(end.errors.contains("unknown client"))
  }

  @Test("a port that is taken ends the program at once")
  func taken() throws {
    let server = try SimServer(SimWorld(Providers()))
    defer { server.stop() }
    let end = try SimProgram("moves", "--port", "\(server.port)").end()
    #expect(end.status == 69)
    #expect(end.errors.contains("127.0.0.1:\(server.port)"))
  }
}
