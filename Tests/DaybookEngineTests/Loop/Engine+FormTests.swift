import DaybookCore
import Testing

@testable import DaybookEngine

@Suite("Engine: sign-in by a form")
struct EngineFormTests {
  private let form = BenchForm.self

  @Test("user name and password bring a session, whose cookies every call carries")
  func first() throws {
    let bench = try form.bench()
    #expect(try bench.status().state == .signInNeeded)
    #expect(bench.beginLogin()?.kind == .form)
    let command = bench.giveCredentials()
    let page = try bench.call(.token)
    #expect(page.url == "https://api.p.test/login" && page.method == .get)
    #expect(page.header("Authorization") == nil && page.header("Cookie") == nil)
    bench.answer(page, 200, form.loginPage, headers: [Field("set-cookie", "f=1; Path=/")])
    let post = try bench.call(.token)
    #expect(post.method == .post && post.freshConnection && post.header("Cookie") == "f=1")
    #expect(post.fields == ["email": "jane", "pw": "hunter2", "_p": "t"])
    #expect(post.header("Content-Type") == "application/x-www-form-urlencoded")
    bench.answer(post, 302, headers: form.redirect("/", "sid=s1; Path=/"))
    #expect(try bench.engine.book.grant("me") == nil)
    bench.answer(try bench.call(.token), 200, form.home)
    let fact = try bench.call(.account)
    #expect(fact.url == "https://api.p.test/v1/me/7" && fact.header("Cookie") == "f=1; sid=s1")
    bench.answer(fact, 200, "{\"first\":\"20180612\"}")
    guard case .loginCompleted(let result)? = bench.answers[command]?.last else {
      Issue.record("\(String(describing: bench.answers[command]))")
      return
    }
    #expect(result.firstDay == Bench.day("2018-06-12") && result.days == 4)
    let day = try bench.call("steps 2018-06-15")
    #expect(day.url == "https://api.p.test/v1/graph/7/2018-06-15")
    #expect(day.header("Cookie") == "f=1; sid=s1")
    #expect(try bench.engine.book.record("me")?.person == "7")
  }

  @Test("the password is neither in the journal nor in any answer")
  func secret() throws {
    let bench = try form.bench()
    let command = try bench.signInByForm()
    #expect(!"\(bench.log)\(String(describing: bench.answers[command]))".contains("hunter2"))
    #expect(!"\(bench.effects)".contains("hunter2") && !"\(bench.effects)".contains("s1"))
  }

  @Test(
    "each way to fail has words of its own, and nothing is stored",
    arguments: [
      (200, form.loginPage, "does not accept this user name and password"),
      (200, "<p>moved", "sign-in page of Plain has changed"),
      (503, "", "cannot be reached or has trouble (status 503)"),
      (403, "", "status 403 after the form was sent"),
    ])
  func fails(status: Int, body: String, words: String) throws {
    let bench = try form.bench()
    let command = bench.giveCredentials()
    bench.answer(try bench.call(.token), 200, form.loginPage)
    bench.answer(try bench.call(.token), status, body)
    let reason = try #require(bench.failure(command))
    #expect(reason.contains(words), "\(reason)")
    #expect(try bench.engine.book.grant("me") == nil && bench.open.isEmpty)
  }

  private static let form = BenchForm.self

  @Test("no answer at all is trouble over there; what cannot be typed is told at once")
  func nothing() throws {
    let bench = try form.bench()
    var command = bench.giveCredentials()
    bench.fail(try bench.call(.token))
    #expect(bench.failure(command)?.contains("timed out") == true)
    command = bench.giveCredentials("")
    #expect(bench.failure(command) == "the password is empty" && bench.open.isEmpty)
  }

  @Test("another person's sign-in stores nothing")
  func wrongPerson() throws {
    let bench = try form.bench()
    _ = try bench.signInByForm()
    bench.storeAll()
    let before = try bench.engine.book.grant("me")?.grant
    let command = bench.giveCredentials()
    try bench.passForm(session: "s2", home: "userId=8&")
    #expect(bench.answers[command] == [.failed(.wrongPerson("me"))])
    #expect(try bench.engine.book.grant("me")?.grant == before)
  }

  @Test("where the page names nobody, the account's fact does")
  func fact() throws {
    let bench = try form.bench {
      $0.provider.form?.id = []
      $0.provider.account.id = Fact(get: "/who", at: .at("id"), form: .text)
    }
    _ = bench.giveCredentials()
    try bench.passForm()
    let who = try bench.call(.account)
    #expect(who.url == "https://api.p.test/v1/who" && who.header("Cookie") == "sid=s1")
    #expect(try bench.engine.book.grant("me") == nil)
    bench.answer(who, 200, "{\"id\":\"7\"}")
    #expect(try bench.call(.account).url == "https://api.p.test/v1/me/7")
  }

  @Test("a stop in the middle of a sign-in answers who waits, and sends nothing more")
  func stop() throws {
    let bench = try form.bench()
    let command = bench.giveCredentials()
    let page = try bench.call(.token)
    bench.handle(.stopAsked)
    #expect(bench.exit == nil)
    bench.answer(page, 200, form.loginPage)
    #expect(bench.answers[command] == [.failed(.shuttingDown)])
    #expect(bench.open.isEmpty && bench.exit == 0)
  }
}
