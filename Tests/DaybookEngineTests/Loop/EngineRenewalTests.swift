import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: the renewal of a form's session")
struct EngineRenewalTests {
  /// Signed in, with one day missing whose call is open.
  private func bench() throws -> Bench {
    let bench = try BenchForm.bench()
    _ = try bench.signInByForm()
    return bench
  }

  /// The session is over: its renewal has begun.
  private func renewing() throws -> Bench {
    let bench = try bench()
    bench.storeAll()
    bench.pass(.hours(3))
    bench.answer(
      try bench.call("steps 2018-06-15"), 302,
      headers: BenchForm.redirect("/login", "sid=gone; Path=/"))
    return bench
  }

  @Test("a redirect that the file explains renews the session, and the day is asked again")
  func renews() throws {
    let bench = try renewing()
    #expect(bench.open.count == 1 && bench.asked.isEmpty)
    #expect(try bench.engine.book.grant("me")?.intentAt != nil)
    let page = try bench.call(.token)
    #expect(page.header("Cookie") == nil && page.url == "https://api.p.test/login")
    try bench.passForm(session: "s2")
    let grant = try #require(try bench.engine.book.grant("me"))
    #expect(grant.intentAt == nil && grant.grant?.generation == 2 && grant.grant?.proven == false)
    let day = try bench.call("steps 2018-06-15")
    #expect(day.header("Cookie") == "sid=s2")
    bench.store(day)
    #expect(try bench.engine.book.grant("me")?.grant?.proven == true)
    #expect(bench.logged(.signInNeeded).isEmpty)
  }

  @Test("several calls that find the session over renew it once")
  func once() throws {
    let bench = try bench()
    #expect(bench.asked.count == 4)
    for call in bench.open { bench.answer(call, 302, headers: BenchForm.redirect("/login")) }
    #expect(bench.open.count == 1)
    bench.pass(.hours(1))
    #expect(bench.open.count == 1)
    try bench.passForm(session: "s2")
    #expect(bench.asked.count == 4)
  }

  @Test("a session that is refused as soon as it is new, again and again, is for a person")
  func loop() throws {
    let bench = try renewing()
    for turn in 0..<5 {
      guard bench.open.contains(where: { $0.kind == .token }) else { break }
      try bench.passForm(session: "s\(turn)")
      guard let call = bench.open.first else { break }
      bench.answer(call, 302, headers: BenchForm.redirect("/login"))
    }
    #expect(try bench.status().state == .signInNeeded && bench.open.isEmpty)
  }

  @Test("a password that is no longer taken is for a person; the days stay missing")
  func wrongPassword() throws {
    let bench = try renewing()
    bench.answer(try bench.call(.token), 200, BenchForm.loginPage)
    bench.answer(try bench.call(.token), 200, BenchForm.loginPage)
    let status = try bench.status()
    #expect(status.state == .signInNeeded)
    #expect(status.reason == "the site no longer accepts user name and password")
    #expect(bench.logged(.signInNeeded).first?.hasSuffix("; run: daybook login me") == true)
    bench.pass(.days(1))
    #expect(bench.open.isEmpty)
    try bench.passAfterNewSignIn()
  }

  @Test(
    "a page that has changed is looked at again after hours, is told once, and stays no sign-in")
  func pageChanged() throws {
    let bench = try renewing()
    bench.answer(try bench.call(.token), 200, "<h1>all new")
    var status = try bench.status()
    #expect(status.state == .waiting && status.reason?.contains("has changed") == true)
    #expect(bench.logged(.pageChanged).count == 1)
    bench.pass(.minutes(29))
    #expect(bench.open.isEmpty)
    bench.pass(.minutes(31))
    bench.answer(try bench.call(.token), 200, "<h1>all new")
    #expect(bench.logged(.pageChanged).count == 1)
    bench.pass(.hours(2))
    try bench.passForm(session: "s2")
    bench.storeAll()
    status = try bench.status()
    #expect(status.state == .idle && status.reason == nil)
  }

  @Test("trouble over there is waited for, and never a reason to sign in")
  func down() throws {
    let bench = try renewing()
    for _ in 0..<6 {
      bench.answer(try bench.call(.token), 503)
      bench.pass(.minutes(15))
    }
    #expect(bench.logged(.serverTrouble).count == 1 && bench.logged(.signInNeeded).isEmpty)
    try bench.passForm(session: "s2")
    #expect(try bench.call("steps 2018-06-15").header("Cookie") == "sid=s2")
  }

  @Test("another person's page after a renewal is for a person")
  func otherPerson() throws {
    let bench = try renewing()
    try bench.passForm(session: "s2", home: "userId=8&")
    #expect(try bench.status().reason?.contains("another person") == true)
  }

  @Test("who signs in during a renewal ends it")
  func overtaken() throws {
    let bench = try renewing()
    let old = try bench.call(.token)
    let command = bench.giveCredentials()
    let new = try #require(bench.open.first { $0.id != old.id && $0.kind == .token })
    bench.answer(new, 200, BenchForm.loginPage)
    let post = try #require(bench.open.first { $0.method == .post })
    bench.answer(post, 302, headers: BenchForm.redirect("/", "sid=s9; Path=/"))
    bench.answer(try #require(bench.open.last { $0.kind == .token }), 200, BenchForm.home)
    bench.answer(old, 200, BenchForm.loginPage)
    #expect(!bench.open.contains { $0.kind == .token })
    #expect(bench.answers[command] == nil)
    #expect(try bench.engine.book.grant("me")?.grant?.access.expose().contains("s9") == true)
  }

  @Test("cookies of a good answer are used from then on, and those of a redirect are not")
  func cookies() throws {
    let bench = try bench()
    let stored = try bench.engine.book.grant("me")?.grant?.access
    bench.store(
      try bench.call("steps 2018-06-15"),
      headers: [Field("set-cookie", "sid=s5; Path=/"), Field("set-cookie", "x=1; Path=/")])
    bench.storeAll()
    bench.pass(.hours(3))
    let call = try bench.call("steps 2018-06-15")
    #expect(call.header("Cookie") == "sid=s5; x=1")
    #expect(try bench.engine.book.grant("me")?.grant?.access == stored)
  }

  @Test("a renewal that a kill cut short is begun again")
  func killed() throws {
    let bench = try renewing()
    try bench.restart()
    #expect(try bench.call(.token).url == "https://api.p.test/login")
    try bench.passForm(session: "s2")
    #expect(try bench.call("steps 2018-06-15").header("Cookie") == "sid=s2")
  }
}

extension Bench {
  /// Somebody gives the new password; the missing day comes.
  fileprivate func passAfterNewSignIn() throws {
    _ = giveCredentials("new")
    try passForm(session: "s3")
    answer(try call(.account), 200, "{\"first\":\"20180612\"}")
    #expect(try call("steps 2018-06-15").header("Cookie") == "sid=s3")
  }
}
