import DaybookCore
import Testing

@testable import daybook

@Suite("daybook login")
struct LoginCommandTests {
  private let url = "https://p.example/auth?client_id=x&state=right"

  private func daemon(
    _ redirectURI: String, end: ControlReply? = nil, life: Duration = .minutes(10)
  ) -> FakeDaemon {
    let url = url
    var result = LoginResult()
    result.granted = ["activity"]
    result.missing = ["location"]
    result.lost = [ScopeLoss(scope: "location", streams: ["routes"])]
    result.firstDay = Day("2014-01-12")
    result.days = 100
    result.streams = ["storyline"]
    result.eta = 120
    let reply = end ?? .loginCompleted(result)
    return FakeDaemon { call in
      switch call {
      case .loginBegin:
        [
          .reply(
            .loginBegun(LoginOffer(url: url, redirectURI: redirectURI, expires: testNow + life)))
        ]
      case .loginComplete: [.reply(reply)]
      default: [.close]
      }
    }
  }

  private let done = """
    signed in me
    granted: activity
    not granted: location; without it no routes; allow it and sign in again
    streams: storyline
    first day: 2014-01-12, 100 days to read
    all read in about 2 min
    watch it: daybook status --watch

    """

  @Test("the URL is printed and opened; the redirect of the browser ends it")
  func browser() {
    let port = Loopback.freePort()
    let redirect = "http://127.0.0.1:\(port)/"
    let daemon = daemon(redirect)
    let live = LiveCommand(["login", "me"], daemon: daemon, browser: true)
    #expect(live.outLine() == url)
    #expect(live.browsed == [url])
    #expect(live.errLine() == "the browser opens; sign in there")
    let target = "/?code=C&state=right"
    #expect(Loopback.ask(port, Loopback.get(target, port: port))?.contains(" 200 ") == true)
    let run = live.wait()
    #expect(run.status == .ok)
    #expect(run.out == done)
    #expect(run.err.hasSuffix("signing in\n"))
    #expect(
      daemon.calls.last
        == .loginComplete(account: "me", .url(Secret("http://127.0.0.1:\(port)" + target))))
  }

  @Test("with --no-browser the URL is all of standard output, and no browser is opened")
  func noBrowser() {
    let redirect = "http://127.0.0.1:\(Loopback.freePort())/"
    let live = LiveCommand(
      ["login", "me", "--no-browser"], daemon: daemon(redirect), browser: true)
    #expect(live.outLine() == url)
    live.type("\(redirect)?code=C&state=right\n")
    let run = live.wait()
    #expect(run.status == .ok)
    #expect(run.out.isEmpty)
    #expect(run.err.hasSuffix("signing in\n" + done))
    #expect(live.browsed.isEmpty)
  }

  @Test("a redirect of the provider to another machine can be pasted")
  func elsewhere() {
    let redirect = "https://me.example/cb"
    let live = LiveCommand(["login", "me"], daemon: daemon(redirect))
    #expect(live.outLine() == url)
    #expect(live.errLine() == "open this URL in a browser and sign in there")
    #expect(live.errLine() == "paste the URL that the browser ended at, then Enter")
    live.type("\(redirect)?code=SECRET&state=wrong\n")
    #expect(live.errLine()?.hasPrefix("that URL is not of this sign-in") == true)
    live.type("\(redirect)?code=C&state=right\n")
    #expect(live.wait().status == .ok)
  }

  /// A daemon whose sign-in asks for this.
  private func asking(_ kind: Login, _ error: ControlError? = nil) -> FakeDaemon {
    FakeDaemon { call in
      guard case .loginBegin = call else {
        return [.reply(error.map { .failed($0) } ?? .loginCompleted(LoginResult()))]
      }
      var offer = LoginOffer(kind, expires: testNow + .minutes(10))
      offer.help = "make one on your profile page"
      return [.reply(.loginBegun(offer))]
    }
  }

  @Test("a token is read from standard input, sent as it is, and shown nowhere")
  func token() {
    let daemon = asking(.token)
    let run = daybook("login", "me", daemon: daemon, input: "SECRET\n")
    #expect(run.status == .ok && run.out.hasPrefix("signed in me\n"))
    #expect(daemon.calls.last == .loginComplete(account: "me", .token(Secret("SECRET"))))
    #expect(!(run.out + run.err).contains("SECRET"))
  }

  @Test("user name and password are two lines of standard input")
  func form() {
    let daemon = asking(.form)
    let run = daybook("login", "me", "--json", daemon: daemon, input: "jane\nSECRET\n")
    #expect(run.status == .ok)
    #expect(run.out.split(separator: "\n").first?.hasPrefix(#"{"kind":"form","expires""#) == true)
    #expect(
      daemon.calls.last
        == .loginComplete(account: "me", .form(user: Secret("jane"), password: Secret("SECRET"))))
    #expect(!(run.out + run.err).contains("SECRET"))
  }

  @Test("an input that ends too early says what is missing; a failure says what to run")
  func tokenFails() {
    let short = daybook("login", "me", daemon: asking(.form), input: "jane\n")
    #expect(short.status == .signInNeeded)
    #expect(short.err.hasPrefix("daybook: the input ended without a user name and a password\n"))
    let error = ControlError.loginFailed(
      account: "me", reason: "no such token", command: "daybook login me")
    let refused = daybook("login", "me", daemon: asking(.token, error), input: "SECRET\n")
    #expect(refused.status == .signInNeeded && refused.err.contains("no such token"))
    #expect(!refused.err.contains("SECRET"))
  }

  @Test("Ctrl-C at a question leaves in order")
  func interruptQuestion() {
    let live = LiveCommand(["login", "me"], daemon: asking(.token))
    live.interrupt()
    let run = live.wait()
    #expect(run.status == .interrupted && run.err == "not signed in\n")
  }

  @Test("--json prints both replies")
  func json() {
    let redirect = "https://me.example/cb"
    let run = daybook(
      "login", "me", "--json", daemon: daemon(redirect), input: "\(redirect)?code=C&state=right\n")
    let lines = run.out.split(separator: "\n")
    #expect(run.status == .ok)
    #expect(lines.count == 2)
    #expect(lines.first?.contains("\"expires\":\"2026-11-22T21:25:03Z\"") == true)
    #expect(lines.last?.hasPrefix(#"{"granted":["activity"],"missing":["location"]"#) == true)
  }

  @Test(
    "a sign-in that fails ends with 4, names the next command and keeps the code to itself",
    arguments: [
      (ControlError.wrongPerson("me"), "another person's account"),
      (
        .loginFailed(account: "me", reason: "the code is too old", command: "daybook login me"),
        "the code is too old"
      ),
    ])
  func fails(error: ControlError, words: String) {
    let redirect = "https://me.example/cb"
    let run = daybook(
      "login", "me", daemon: daemon(redirect, end: .failed(error)),
      input: "\(redirect)?code=SECRET&state=right\n")
    #expect(run.status == .signInNeeded)
    #expect(run.err.contains(words))
    #expect(run.err.contains("daybook login me"))
    #expect(!(run.out + run.err).contains("SECRET"))
  }

  @Test("Ctrl-C leaves in order and frees the port")
  func interrupt() throws {
    let port = Loopback.freePort()
    let live = LiveCommand(["login", "me"], daemon: daemon("http://127.0.0.1:\(port)/"))
    #expect(live.outLine() == url)
    live.interrupt()
    let run = live.wait()
    #expect(run.status == .interrupted)
    #expect(run.err.hasSuffix("not signed in\n"))
    let address = try #require(RedirectAddress("http://127.0.0.1:\(port)/"))
    #expect(RedirectListener(address) != nil)
  }

  @Test("Ctrl-C ends the waiting for the provider, too")
  func interruptWhileSigningIn() {
    let (url, redirect) = (url, "https://me.example/cb")
    let daemon = FakeDaemon { call in
      guard case .loginBegin = call else { return [.sleep(30)] }
      let expires = testNow + .minutes(10)
      return [.reply(.loginBegun(LoginOffer(url: url, redirectURI: redirect, expires: expires)))]
    }
    let live = LiveCommand(["login", "me"], daemon: daemon)
    live.type("\(redirect)?code=C&state=right\n")
    var line = live.errLine()
    while line != nil, line != "signing in" { line = live.errLine() }
    live.resize()
    live.interrupt()
    #expect(live.wait().status == .interrupted)
  }

  @Test("an input that ends, and a sign-in whose time is over, say what to run")
  func noURL() {
    let daemon = daemon("https://me.example/cb")
    let ended = daybook("login", "me", daemon: daemon)
    #expect(ended.status == .signInNeeded)
    #expect(
      ended.err.hasSuffix(
        "the input ended without a URL\n  run again on a terminal: daybook login me\n"))
    let live = LiveCommand(
      ["login", "me"], daemon: self.daemon("https://me.example/cb", life: .seconds(1)))
    let late = live.wait()
    #expect(late.status == .signInNeeded)
    #expect(
      late.err.hasSuffix("the time for this sign-in is over\n  run again: daybook login me\n"))
  }

  @Test("an account that needs no sign-in is 1, who may not sign in is told so")
  func refused() {
    let error = ControlError.noLogin(account: "me", reason: "OwnTracks needs no sign-in")
    let none = daybook("login", "me", daemon: FakeDaemon(.reply(.failed(error))))
    #expect(none.status == .problems)
    #expect(none.err.contains("OwnTracks needs no sign-in"))
    let reason = "Old ended on 2026-11-02; its successor here is new"
    let sealed = daybook(
      "login", "me",
      daemon: FakeDaemon(.reply(.failed(.accountSealed(account: "me", reason: reason)))))
    #expect(sealed.status == .problems)
    #expect(sealed.err.contains("account 'me' is sealed: \(reason)"))
    let forbidden = daybook("login", "me", daemon: FakeDaemon(.reply(.failed(.permissionDenied))))
    #expect(forbidden.status == .problems)
    #expect(forbidden.err.contains("run it with sudo"))
  }
}
