import DaybookCore
import Glibc
import Testing

@testable import daybookd

/// Signing in, through the whole program: provider file, control socket, HTTP, archive.
@Suite("Signing in to a running daemon", .timeLimit(.minutes(3))) struct SignInDaemonTests {
  private func daemon(_ provider: String, _ name: String) throws -> DaemonProcess {
    let since = Zone.utc.day(at: Clock.now().wall) - 1
    let daemon = try DaemonProcess(
      settings: "accounts:\n  me: {provider: \(name), since: \(since)}\n")
    try daemon.tree.write("/providers/\(name).yaml", provider)
    return daemon
  }

  private func reply(
    _ daemon: DaemonProcess, _ method: String, _ parameters: String
  ) async throws -> VarlinkResponse {
    let client = RawClient(daemon.socketPath)
    client.call(method, parameters)
    return try #require(try await client.reply())
  }

  /// Begins and ends a sign-in with these members.
  private func signIn(_ daemon: DaemonProcess, _ kind: String, _ members: String) async throws
    -> VarlinkResponse
  {
    let begun = try await reply(daemon, "LoginBegin", #"{"account":"me"}"#)
    #expect(begun.parameters["kind"] == .string(kind), "\(begun)")
    return try await reply(daemon, "LoginComplete", #"{"account":"me",\#(members)}"#)
  }

  private func account(_ daemon: DaemonProcess) async throws -> JSONValue? {
    try await reply(daemon, "Status", #"{"account":"me"}"#).parameters["accounts"]?.array?.first
  }

  /// Reads the last days again, and waits for the end.
  private func resync(_ daemon: DaemonProcess) async throws -> JSONValue? {
    let client = RawClient(daemon.socketPath)
    client.call("Resync", #"{"account":"me"}"#, more: true)
    var last: VarlinkResponse?
    while let reply = try await client.reply() {
      last = reply
      if !reply.continues { break }
    }
    return last?.parameters["state"]
  }

  private let jane = #""fields":{"user":"jane","password":"hunter2"}"#

  @Test("the form of a site brings a session, which is renewed when the site forgets it")
  func form() async throws {
    let site = FormSite()
    defer { site.stop() }
    let daemon = try daemon(site.provider, "site")
    try await daemon.startReady()
    let wrong = try await signIn(
      daemon, "form", #""fields":{"user":"jane","password":"SECRET"}"#)
    #expect(wrong.error?.hasSuffix("LoginFailed") == true)
    #expect(
      wrong.parameters["reason"]?.string == "Old Site does not accept this user name and password")
    let right = try await signIn(daemon, "form", jane)
    #expect(right.error == nil && right.parameters["streams"] == ["steps"])
    #expect(try await resync(daemon) == "done")
    let day = try #require(site.requests.last { $0.path.hasPrefix("/graph/") })
    #expect(day.path.hasPrefix("/graph/22ABC?day=") && day.header("Cookie") == "first=1; sid=1")
    site.forget()
    #expect(try await resync(daemon) == "done")
    #expect(site.requests.filter { $0.line.hasPrefix("POST") }.count == 3)
    #expect(site.requests.last?.header("Cookie") == "first=1; sid=2")
    #expect(!daemon.output.contains("hunter2") && !daemon.output.contains("SECRET"))
    daemon.signal(SIGTERM)
    #expect(await daemon.end() == 0)
  }

  @Test("a site that has changed is told as such, with what is missing; a password as such")
  func changed() async throws {
    let site = FormSite()
    defer { site.stop() }
    let daemon = try daemon(site.provider, "site")
    try await daemon.startReady()
    #expect(try await signIn(daemon, "form", jane).error == nil)
    #expect(try await resync(daemon) == "done")
    site.change(password: "other")
    site.forget()
    #expect(try await resync(daemon) == "sign-in-needed")
    #expect(
      try await account(daemon)?["reason"]?.string
        == "the site no longer accepts user name and password")
    site.renameFields()
    let failed = try await signIn(daemon, "form", jane)
    let reason = try #require(failed.parameters["reason"]?.string)
    #expect(reason.contains("page of Old Site has changed") && reason.contains("'_token'"))
    site.stop()
    let down = try await signIn(daemon, "form", jane)
    #expect(down.parameters["reason"]?.string?.contains("cannot be reached") == true)
  }

  private func tokenFile(_ server: ScriptedServer) -> String {
    """
    name: home
    title: Home
    login: token
    urls: {api: "\(server.url("/api"))"}
    account: {id: {get: /me, at: /id}}
    streams:
      - name: places
        request: {get: /history, query: {from: "{start}", to: "{end}"}}
        window: {form: unix, ends: "[)"}
        items: ""

    """
  }

  @Test("a pasted token is asked for its owner, then used; one that is refused is not kept")
  func token() async throws {
    let server = ScriptedServer { connection in
      while let request = connection.readRequest() {
        if request.header("Authorization") != "Bearer t0ken" {
          connection.answer("{}", status: "401 Unauthorized", headers: [FormSite.date])
        } else {
          connection.answer(
            request.path == "/api/me" ? #"{"id":7}"# : "[1]", headers: [FormSite.date])
        }
      }
    }
    defer { server.stop() }
    let daemon = try daemon(tokenFile(server), "home")
    try await daemon.startReady()
    let wrong = try await signIn(daemon, "token", #""token":"SECRET""#)
    let reason = try #require(wrong.parameters["reason"]?.string)
    #expect(reason.hasPrefix("Home does not accept the token (401): make a new one there"))
    #expect(try await account(daemon)?["state"] == "sign-in-needed")
    #expect(try await signIn(daemon, "token", #""token":"t0ken""#).error == nil)
    #expect(try await resync(daemon) == "done")
    #expect(!daemon.output.contains("SECRET") && !daemon.output.contains("t0ken"))
  }
}
