import Testing

@testable import DaybookCore

/// After so many good steps this answer; the words that tell what has changed.
private struct PageChange: CustomTestStringConvertible, Sendable {
  var steps: Int
  var answer: FormAnswer
  var words: String
  var testDescription: String { words }

  static let page =
    "<form><input type=hidden name='_p' value='t&amp;1'><input name=email><input type=password "
    + "name=pw></form>"

  init(_ steps: Int, _ status: Int, _ text: String, words: String) {
    self.steps = steps
    answer = FormAnswer(status: status, headers: [], body: Array(text.utf8))
    self.words = words
  }

  init(_ steps: Int, to location: String, status: Int = 302, words: String) {
    self.steps = steps
    answer = FormAnswer(status: status, headers: [Field("location", location)], body: [])
    self.words = words
  }

  static let all = [
    PageChange(0, 404, "", words: "status 404 at the first page"),
    PageChange(1, 200, "<input name=pw>", words: "no field '_p' any more"),
    PageChange(1, 200, "<input name=_p>", words: "no field 'pw' any more"),
    PageChange(1, 200, "maintenance", words: "no field '_p' any more"),
    PageChange(1, 403, page, words: "status 403 at the page with the form"),
    PageChange(1, to: "https://sso.example/", words: "another server at the page"),
    PageChange(1, 304, "", words: "status 304 at the page"),
    PageChange(2, to: "https://evil.example/", words: "another server after the form"),
    PageChange(2, to: "http://site.example/", words: "from https to http"),
    PageChange(2, to: "/", status: 307, words: "password sent to another page"),
    PageChange(2, to: "/", status: 308, words: "password sent to another page"),
    PageChange(2, 302, "", words: "redirects nowhere after the form"),
    PageChange(2, 403, "", words: "status 403 after the form was sent"),
    PageChange(2, 200, "<p>accept our terms", words: "at another page than it used to"),
    PageChange(3, 200, "hello", words: "does not show the account's id"),
    PageChange(3, 404, "", words: "status 404 after the sign-in"),
    PageChange(3, to: "//evil.example/", words: "another server after the sign-in"),
  ]
}

@Suite("Signing in by a form")
struct FormSignInTests {
  private let now = moment(0).wall
  private static let page = PageChange.page
  private static let home = "<a href='/user/22ABC'>me</a>"

  private func spec(_ change: (inout FormSpec) -> Void = { _ in }) -> FormSpec {
    var spec = FormSpec(
      page: "/login", post: "/login", user: "email", password: "pw", success: ["/"])
    spec.start = "/start"
    spec.hidden = ["_p"]
    spec.fields = [Field("go", "yes")]
    spec.id = ["userId=", "/user/"]
    change(&spec)
    return spec
  }

  private func machine(_ spec: FormSpec? = nil, at origin: String = "https://site.example") throws
    -> FormSignIn
  {
    FormSignIn(
      spec ?? self.spec(), at: try #require(Origin(origin)),
      FormCredentials(user: Secret("jane"), password: Secret("hunter2")))
  }

  private func page(_ body: String, _ cookies: String...) -> FormAnswer {
    FormAnswer(
      status: 200, headers: cookies.map { Field("set-cookie", $0) }, body: Array(body.utf8))
  }

  private func redirect(_ location: String, _ status: Int = 302, cookies: [String] = [])
    -> FormAnswer
  {
    let headers = [Field("location", location)] + cookies.map { Field("set-cookie", $0) }
    return FormAnswer(status: status, headers: headers, body: [])
  }

  private func status(_ status: Int) -> FormAnswer {
    FormAnswer(status: status, headers: [], body: Array(Self.page.utf8))
  }

  /// Goes on with each answer; the last outcome.
  private func run(_ machine: inout FormSignIn, _ answers: FormAnswer...) -> FormSignIn.Outcome {
    var outcome = FormSignIn.Outcome.down("no answers")
    for answer in answers { outcome = machine.receive(answer, now: now) }
    return outcome
  }

  private func request(_ outcome: FormSignIn.Outcome) throws -> FormRequest {
    guard case .send(let request) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return request
  }
  private struct Unexpected: Error { var outcome: String }

  @Test("the whole way: a cookie, the form, its hidden field sent back, the landing, the id")
  func whole() throws {
    var machine = try machine()
    var request = machine.begin(now: now)
    #expect(request == FormRequest(url: "https://site.example/start", cookie: nil, body: nil))
    request = try self.request(run(&machine, page("", "first=1")))
    #expect(request.url == "https://site.example/login" && request.body == nil)
    #expect(request.cookie == Secret("first=1") && machine.stage == .form)
    request = try self.request(run(&machine, page(Self.page)))
    #expect(request.url == "https://site.example/login" && request.cookie == Secret("first=1"))
    #expect(request.body == Secret("email=jane&pw=hunter2&_p=t%261&go=yes"))
    request = try self.request(run(&machine, redirect("/", cookies: ["sid=s; Path=/; Secure"])))
    #expect(request.url == "https://site.example/" && request.body == nil)
    #expect(request.cookie == Secret("first=1; sid=s") && machine.stage == .landing)
    guard case .signedIn(let jar, "22ABC") = run(&machine, page(Self.home, "more=2")) else {
      Issue.record("not signed in")
      return
    }
    #expect(jar.cookies.map(\.name) == ["first", "sid", "more"])
    #expect(FormCredentials(stored: machine.renewal)?.complaint == nil)
  }

  @Test("without a start, hidden fields and markers it is two requests") func short() throws {
    let spec = spec {
      $0.start = nil
      $0.hidden = []
      $0.id = []
      $0.success = ["/welcome?new"]
      $0.post = "/in"
    }
    var machine = try machine(spec)
    #expect(machine.begin(now: now).url == "https://site.example/login")
    let outcome = run(
      &machine, page(Self.page), redirect("https://site.example/welcome?new", cookies: ["s=1"]),
      page("anything"))
    guard case .signedIn(_, nil) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("a success may come without a redirect, and after several") func landings() throws {
    var direct = try machine(spec { $0.post = "/" })
    guard case .signedIn = run(&direct, page("", "a=1"), page(Self.page), page(Self.home)) else {
      Issue.record("direct")
      return
    }
    var long = try machine()
    let hops = ["/a", "b", "/c", "/d", "/"].map { redirect($0) }
    _ = run(&long, page("", "a=1"), page(Self.page))
    for hop in hops { _ = try request(run(&long, hop)) }
    guard case .signedIn = run(&long, page(Self.home)) else {
      Issue.record("long")
      return
    }
  }

  @Test("the login page again, or 401, is a wrong password, wherever it lies") func wrong() throws {
    for answers in [
      [page(Self.page)], [redirect("/login?error=1"), page(Self.page)], [status(401)],
    ] {
      var machine = try machine()
      _ = run(&machine, page("", "a=1"), page(Self.page))
      var outcome = FormSignIn.Outcome.down("")
      for answer in answers { outcome = run(&machine, answer) }
      #expect(outcome == .wrongPassword)
    }
  }

  @Test("trouble over there is down at any step, and never a changed page") func down() throws {
    for status in [500, 502, 503, 429, 408] {
      for steps in 0..<4 {
        var machine = try machine()
        let way = [page("", "a=1"), page(Self.page), redirect("/")]
        for step in way.prefix(steps) { _ = run(&machine, step) }
        let outcome = run(&machine, self.status(status))
        #expect(outcome == .down("status \(status)"), "\(steps)")
      }
    }
    var machine = try machine()
    let outcome = run(&machine, FormAnswer(failure: "timed out"))
    #expect(outcome == .down("timed out"))
  }

  @Test(
    "what is not as the file says is a changed page, each with words of its own",
    arguments: PageChange.all)
  fileprivate func changed(_ change: PageChange) throws {
    var machine = try machine()
    let way = [page("", "a=1"), page(Self.page), redirect("/")]
    for step in way.prefix(change.steps) { _ = run(&machine, step) }
    guard case .pageChanged(let why) = run(&machine, change.answer) else {
      Issue.record("\(machine.stage)")
      return
    }
    #expect(why.contains(change.words) && !why.contains("evil"), "\(why)")
  }

  @Test("a start that redirects has given its cookie; it need not be followed") func start() throws
  {
    for location in ["/home", "https://evil.example/", ""] {
      var machine = try machine()
      let next = try request(run(&machine, redirect(location, cookies: ["a=1"])))
      #expect(next.url == "https://site.example/login" && next.cookie == Secret("a=1"))
    }
  }

  @Test("redirects end after the fifth, before the form and after it") func endless() throws {
    for steps in [1, 2] {
      var machine = try machine()
      for step in [page("", "a=1"), page(Self.page)].prefix(steps) { _ = run(&machine, step) }
      for _ in 0..<Limits.formRedirects { _ = try request(run(&machine, redirect("/loop"))) }
      guard case .pageChanged(let why) = run(&machine, redirect("/loop")) else {
        Issue.record("goes on")
        return
      }
      #expect(why.contains("more than 5 redirects"))
    }
  }

  @Test("a form that was moved is filled in where it is now") func moved() throws {
    var machine = try machine()
    _ = run(&machine, page("", "a=1"), redirect("/new/login", 301))
    let post = try request(run(&machine, page(Self.page)))
    #expect(post.url == "https://site.example/login" && post.body != nil)
  }

  @Test("a success without any cookie is none") func noCookie() throws {
    var machine = try machine()
    let outcome = run(&machine, page(""), page(Self.page), redirect("/"), page(Self.home))
    #expect(outcome == .pageChanged("the sign-in brought no cookie"))
  }

  @Test("printed at any step, it shows no password") func secret() throws {
    var machine = try machine()
    var all = ""
    for answer in [page("", "a=1"), page(Self.page), redirect("/")] {
      all += "\(run(&machine, answer)) \(machine)"
    }
    #expect(!all.contains("hunter2"))
  }
}
