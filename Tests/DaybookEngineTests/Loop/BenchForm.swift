import DaybookCore
import Testing

@testable import DaybookEngine

/// A web site with a form, in the words of its pages.
enum BenchForm {
  static var origin: Origin {
    guard let origin = Origin("https://api.p.test") else { preconditionFailure("no origin") }
    return origin
  }
  static let loginPage = "<form><input name=email><input name=pw><input name=_p value=t></form>"
  static let home = "welcome userId=7&x"

  static func spec(_ change: (inout FormSpec) -> Void = { _ in }) -> FormSpec {
    var spec = FormSpec(
      page: "/login", post: "/login", user: "email", password: "pw", success: ["/"])
    spec.hidden = ["_p"]
    spec.id = ["userId="]
    change(&spec)
    return spec
  }

  /// An account `me` at such a site, whose stream's answers of 302 mean that the session is over.
  static func bench(
    signedIn: Bool = false, _ change: (inout BenchOptions) -> Void = { _ in }
  ) throws -> Bench {
    let bench = try Bench {
      $0.signedIn = signedIn
      $0.accounts = [.bench("me", client: nil)]
      $0.provider = .bench(["steps"], login: .form)
      $0.provider.form = spec()
      $0.provider.streams[0].request.path = "/graph/{id}/{start}"
      $0.provider.answers = [AnswerRow(call: .data, status: 302, means: .staleToken)]
      $0.provider.account.firstDay = Fact(get: "/me/{id}", at: .at("first"), form: .compact)
      change(&$0)
    }
    return bench
  }

  static func redirect(_ place: String, _ cookies: String...) -> [Field] {
    [Field("location", place)] + cookies.map { Field("set-cookie", $0) }
  }
}

extension Bench {
  func beginLogin() -> LoginOffer? {
    guard case .loginBegun(let offer)? = ask(.loginBegin(account: "me", redirectURI: nil)) else {
      return nil
    }
    return offer
  }

  /// Gives user name and password; the first page is asked for.
  func giveCredentials(_ password: String = "hunter2") -> CommandID {
    _ = beginLogin()
    return command(
      .loginComplete(account: "me", .form(user: Secret("jane"), password: Secret(password))))
  }

  /// Answers the steps of the form, to the landing.
  func passForm(session: String = "s1", home: String = BenchForm.home) throws {
    answer(try call(.token), 200, BenchForm.loginPage)
    answer(
      try call(.token), 302, headers: BenchForm.redirect("/", "sid=\(session); Path=/"))
    answer(try call(.token), 200, home)
  }

  /// Signs `me` in, with its facts known.
  func signInByForm(session: String = "s1") throws -> CommandID {
    let command = giveCredentials()
    try passForm(session: session)
    answer(try call(.account), 200, "{\"first\":\"20180612\"}")
    return command
  }

  /// Why the last sign-in failed.
  func failure(_ command: CommandID) -> String? {
    guard case .failed(.loginFailed("me", let reason, "daybook login me"))? = answers[command]?.last
    else { return nil }
    return reason
  }
}
