import DaybookCore

@testable import daybookd

/// A web site of the old kind over real sockets: a cookie before anything, a form with a hidden
/// field that is new each time, a browser's name wanted, and days for who is signed in.
final class FormSite: Sendable {
  private struct State {
    var password = "hunter2"
    var tokens = 0
    var sessions = 0
    /// The sessions before this one are over.
    var alive = 0
    var newLook = false
  }
  private let state: Guarded<State>
  private let server: ScriptedServer

  init() {
    let state = Guarded(State())
    self.state = state
    server = ScriptedServer { connection in
      while let request = connection.readRequest() { FormSite.serve(request, connection, state) }
    }
  }

  var origin: String { "http://127.0.0.1:\(server.port)" }
  var requests: [ScriptedRequest] { server.requests }
  func stop() { server.stop() }

  /// Ends every session.
  func forget() { state.change { $0.alive = $0.sessions + 1 } }
  func renameFields() { state.change { $0.newLook = true } }
  func change(password: String) { state.change { $0.password = password } }

  private static func serve(
    _ request: ScriptedRequest, _ connection: ScriptedConnection, _ state: Guarded<State>
  ) {
    let cookie = request.header("Cookie") ?? ""
    guard request.header("User-Agent") == "Mozilla/5.0 (Test)" else {
      answer(connection, "robots stay out", status: "403 Forbidden")
      return
    }
    let path = request.path.prefix { $0 != "?" }
    switch (request.line.prefix(4), path) {
    case ("POST", "/login"): signIn(request, cookie, connection, state)
    case (_, "/start"): answer(connection, "hello", headers: ["Set-Cookie: first=1; Path=/"])
    case (_, "/login") where !cookie.contains("first=1"):
      answer(connection, "no cookie", status: "500 Error")
    case (_, "/login"): answer(connection, form(state))
    case (_, "/") where isSignedIn(cookie, state):
      answer(connection, "<script>var x = {userId=22ABC}</script>")
    case (_, _) where isSignedIn(cookie, state):
      answer(connection, #"{"values":[1,2,3]}"#, headers: ["Content-Type: application/json"])
    case (_, _): answer(connection, "", status: "302 Found", headers: ["Location: /login"])
    }
  }

  /// With the time, so that a machine without a time server is believed.
  private static func answer(
    _ connection: ScriptedConnection, _ body: String, status: String = "200 OK",
    headers: [String] = []
  ) {
    connection.answer(body, status: status, headers: headers + [date])
  }

  static var date: String { "Date: \(Clock.now().wall.httpDate)" }

  private static func form(_ state: Guarded<State>) -> String {
    state.change { $0.tokens += 1 }
    let name = state.value.newLook ? "_csrf" : "_token"
    return "<form><input value='t&amp;\(state.value.tokens)' type=hidden name=\"\(name)\">"
      + "<INPUT name=email><input type=password name=pw></form>"
  }

  private static func isSignedIn(_ cookie: String, _ state: Guarded<State>) -> Bool {
    let id = cookie.split(separator: "; ").first { $0.hasPrefix("sid=") }?.dropFirst(4)
    return (id.flatMap { Int($0) } ?? 0) >= max(1, state.value.alive)
  }

  private static func signIn(
    _ request: ScriptedRequest, _ cookie: String, _ connection: ScriptedConnection,
    _ state: Guarded<State>
  ) {
    let fields = QueryString.parse(String(decoding: request.body, as: UTF8.self)) ?? []
    func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    let known = state.value
    guard cookie.contains("first=1"), value("_token") == "t&\(known.tokens)",
      value("email") == "jane", value("pw") == known.password, value("remember") == "yes"
    else {
      answer(connection, form(state))
      return
    }
    state.change { $0.sessions += 1 }
    answer(
      connection,
      "", status: "302 Found",
      headers: ["Location: /", "Set-Cookie: sid=\(state.value.sessions); Path=/; HttpOnly"])
  }

  /// The file that describes it.
  var provider: String {
    """
    name: site
    title: Old Site
    login: form
    login_help: the password of the site itself
    urls: {api: "\(origin)"}
    fixed: {header: {User-Agent: "Mozilla/5.0 (Test)"}}
    form:
      start: /start
      page: /login
      post: /login
      hidden: [_token]
      user: email
      password: pw
      fields: {remember: "yes"}
      success: [/]
      id: [{before: "userId="}]
    answers:
      - {call: data, status: 302, means: stale_token}
    streams:
      - name: steps
        request: {get: "/graph/{id}", query: {day: "{start}"}}
        window: {form: ymd, ends: "[]"}
        items: /values

    """
  }
}
