import DaybookCore
import Glibc
import Testing

@testable import DaybookSimulator

struct OptionsTests {
  @Test(
    "bad options are refused with their name, before anything is served",
    arguments: [
      (["moves", "--port", "70000"], "--port"), (["moves", "--days", "0"], "--days"),
      (["moves", "--days", "99999"], "--days"),
      (["moves", "--first-date", "2018-13-01"], "--first-date '2018-13-01'"),
      (["moves", "--days", "5", "--first-date", "2018-01-01"], "exclude each other"),
      (["moves", "--fault", "data:bang"], "no fault is 'bang'"),
      (["moves", "--zone", "Mars"], "--zone 'Mars'"), (["moves", "--persons", "0"], "--persons"),
      (["moves", "--minute", "0"], "--minute"), (["moves", "--hour", "1"], "--hour"),
      (["moves", "--minute-limit", "0"], "limit"), (["moves", "--hour-limit", "-1"], "limit"),
      (["moves", "--token-life", "0"], "--token-life"), (["moves", "--grace", "ever"], "--grace"),
      (["moves", "--late", "2"], "0 to 1"), (["moves", "--empty=-1"], "0 to 1"),
      (["moves", "--point-every", "0"], "--point-every"),
      (["moves", "--redirect-uri", "x"], "--redirect-uri"),
      (["owntracks", "--device", "jane"], "--device 'jane'"),
      (["owntracks", "--device", "/x"], "--device"),
      (["owntracks", "--track-every", "0"], "--track-every"),
      (["owntracks", "--late-track", "7"], "0 to 1"), (["owntracks", "--minute", "1"], "--minute"),
      (["fitbit", "--zone", "Mars"], "--zone 'Mars'"), (["fitbit", "--persons", "0"], "--persons"),
      (["fitbit", "--hour", "0"], "--hour is"), (["fitbit", "--hour-limit", "0"], "limit"),
      (["fitbit", "--token-life", "0"], "--token-life"), (["fitbit", "--grace", "x"], "--grace"),
      (["fitbit", "--late", "2"], "0 to 1"), (["fitbit", "--empty", "1.1"], "0 to 1"),
      (["fitbit", "--redirect-uri", "x"], "--redirect-uri"),
      (["fitbit", "--point-every", "0"], "--point-every"),
      (["fitbit", "--minute", "1"], "--minute"), (["fitbit", "--testing"], "--testing"),
      (["fitbit-site", "--zone", "Mars"], "--zone 'Mars'"),
      (["fitbit-site", "--email", "jane"], "--email 'jane'"),
      (["fitbit-site", "--email", "@x"], "--email '@x'"),
      (["fitbit-site", "--password", ""], "--password"),
      (["fitbit-site", "--session-life", "0"], "--session-life"),
      (["fitbit-site", "--gap", "0"], "--gap is"),
      (["fitbit-site", "--late", "2"], "0 to 1"), (["fitbit-site", "--empty=-1"], "0 to 1"),
      (["fitbit-site", "--client-id", "x"], "--client-id"),
      (["google-health", "--persons", "1001"], "--persons"),
      (["google-health", "--minute", "0"], "--minute is"),
      (["google-health", "--minute-limit", "0"], "limit"),
      (["google-health", "--project-limit", "0"], "limit"),
      (["google-health", "--align", "x"], "--align"),
      (["google-health", "--token-life", "0"], "--token-life"),
      (["google-health", "--testing-life", "0"], "--testing-life"),
      (["google-health", "--late", "2"], "0 to 1"),
      (["google-health", "--heart-rate-every", "0"], "--heart-rate-every"),
      (["google-health", "--point-every", "0"], "--point-every"),
      (["google-health", "--without-fitbit", "1"], "--without-fitbit"),
      (["google-health", "--not-linked", "0", "--not-linked", "3"], "--not-linked"),
      (["google-health", "--redirect-uri", "x"], "--redirect-uri"),
      (["serve", "--hour-limit", "0"], "limit"), (["serve", "--project-limit", "1"], "--project"),
      (["nothing"], "nothing"), (["agree"], "url"),
    ] as [([String], String)])
  func refused(arguments: [String], mention: String) throws {
    let end = try SimProgram(arguments).end()
    #expect(end.status == 64)
    #expect(end.output.isEmpty)
    #expect(end.errors.contains(mention))
  }

  @Test(
    "help fits eighty columns",
    arguments: [
      "--help", "moves", "owntracks", "fitbit", "fitbit-site", "google-health", "serve", "agree",
    ])
  func help(command: String) throws {
    let program = command == "--help" ? try SimProgram("--help") : try SimProgram("help", command)
    let end = program.end()
    #expect(end.status == 0)
    #expect(!end.output.isEmpty)
    for line in end.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("the options reach the model")
  func options() throws {
    let program = try SimProgram(
      "moves", "--minute", "0.5", "--hour", "5", "--minute-limit", "7", "--hour-limit", "9",
      "--no-fresh-doubles", "--token-life", "77", "--first-date", "2018-01-01", "--zone",
      "Asia/Tokyo", "--fault", "account:html@nth=2")
    let origin = program.origin()
    let redirect = try SimClient.send(
      "GET", origin + "/oauth/v1/authorize?response_type=code&client_id=daybook&scope=activity")
    let code = redirect.header("location")?.split(separator: "code=").last ?? ""
    let pair = document(
      try SimClient.send(
        "POST",
        origin + "/oauth/v1/access_token?grant_type=authorization_code&code=\(code)&"
          + MovesClient.secret))
    #expect(pair["expires_in"] == 77)
    let headers = [SimField("Authorization", "Bearer " + (pair["access_token"]?.string ?? ""))]
    let profile = try SimClient.send("GET", origin + "/api/1.1/user/profile", headers: headers)
    #expect(profile.header("x-ratelimit-minutelimit") == "7")
    #expect(profile.header("x-ratelimit-hourlimit") == "9")
    #expect(document(profile)["profile"]?["firstDate"] == "20180101")
    #expect(document(profile)["profile"]?["currentTimeZone"]?["id"] == "Asia/Tokyo")
    let second = try SimClient.send("GET", origin + "/api/1.1/user/profile", headers: headers)
    #expect(second.header("content-type")?.hasPrefix("text/html") == true)
    program.signal(SIGTERM)
    _ = program.end()
  }

  @Test("a history ends today, and is as long as it was asked for", arguments: [1, 30, 400])
  func days(count: Int) throws {
    let program = try SimProgram("moves", "--days", "\(count)", "--zone", "UTC")
    let origin = program.origin()
    let today = SimZone(id: "UTC", standard: 0).day(at: SimServer.wallClock())
    let redirect = try SimClient.send(
      "GET", origin + "/oauth/v1/authorize?response_type=code&client_id=daybook&scope=activity")
    let code = redirect.header("location")?.split(separator: "code=").last ?? ""
    let pair = document(
      try SimClient.send(
        "POST",
        origin + "/oauth/v1/access_token?grant_type=authorization_code&code=\(code)&"
          + MovesClient.secret))
    let profile = document(
      try SimClient.send(
        "GET", origin + "/api/1.1/user/profile",
        headers: [SimField("Authorization", "Bearer " + (pair["access_token"]?.string ?? ""))]))
    let first = profile["profile"]?["firstDate"]?.string
    // Midnight may fall between the two looks at the clock.
    let expected = [today - (count - 1), today - count + 2].map(CivilText.compact)
    #expect(expected.contains(first ?? ""))
    program.signal(SIGTERM)
    _ = program.end()
  }
}
