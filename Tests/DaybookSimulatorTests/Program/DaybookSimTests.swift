import DaybookCore
import Glibc
import Testing

@testable import DaybookSimulator

/// The program from outside: its first line, its switches, its end.
struct DaybookSimTests {
  @Test(
    "a server says where it is, serves, and ends in order at a signal",
    arguments: [
      ("moves", SIGTERM), ("owntracks", SIGINT), ("fitbit", SIGTERM), ("fitbit-site", SIGINT),
      ("google-health", SIGTERM), ("serve", SIGTERM),
    ])
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

  /// A path of each provider, with its status when it is served and nobody is signed in.
  static let doors = [
    ("/api/1.1/user/profile", 401), ("/api/0/list", 200), ("/1/user/-/profile.json", 400),
    ("/", 403), ("/v4/users/me/identity", 401),
  ]

  @Test(
    "what is served is what was chosen",
    arguments: [
      (["moves"], [0]), (["owntracks"], [1]), (["fitbit"], [2]), (["fitbit-site"], [3]),
      (["google-health"], [4]), (["serve"], [0, 1, 2, 3, 4]), (["serve", "--moves"], [0]),
      (["serve", "--owntracks"], [1]), (["serve", "--moves", "--owntracks"], [0, 1]),
      (["serve", "--fitbit"], [2]), (["serve", "--fitbit-site", "--google-health"], [3, 4]),
    ])
  func choice(arguments: [String], served: [Int]) throws {
    let program = try SimProgram(arguments)
    let origin = program.origin()
    for (i, (path, status)) in Self.doors.enumerated() {
      let answer = try SimClient.send("GET", origin + path)
      #expect(answer.status == (served.contains(i) ? status : 404), "\(path)")
    }
    program.signal(SIGTERM)
    #expect(program.end().status == 0)
  }

  @Test("served together, the days and the seed are for all, the options of Moves for Moves")
  func together() throws {
    try SimProgram.serving(
      "serve", "--first-date", "2024-01-01", "--seed", "5", "--zone", "UTC", "--token-life", "77"
    ) { origin in
      var fitbit = FitbitClient { $0.seed = 5 }
      fitbit.origin = origin
      fitbit.signIn()
      let user = document(fitbit.get("/profile.json"))["user"]
      #expect(user?["encodedId"]?.string == fitbit.model.userID(0))
      #expect(user?["memberSince"] == "2024-01-01" && user?["timezone"] == "Europe/Helsinki")
      var google = GoogleHealthClient { $0.seed = 5 }
      google.origin = origin
      let pair = google.exchange(google.authorize()["code"] ?? "")
      #expect(document(pair)["expires_in"] == 3_600)
      google.keep(pair)
      let since = document(google.get("profile"))["membershipStartDate"]
      #expect(since == ["year": 2024, "month": 1, "day": 1])
      var browser = SiteBrowser { $0.seed = 5 }
      browser.origin = origin
      #expect(browser.signIn().status == 302)
      #expect(browser.userID == browser.model.userID(0))
      let stats = document(try SimClient.send("GET", origin + "/sim/stats"))
      #expect(stats["fitbit_grants_alive"] == 1 && stats["google_health_grants_alive"] == 1)
      #expect(stats["moves_grants_alive"] == 0 && stats["fitbit_site"]?["logins"] == 1)
      let switched = try SimClient.send("POST", origin + "/sim/fitbit/revoke?person=0")
      #expect(switched.status == 200 && fitbit.get("/profile.json").status == 401)
    }
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
