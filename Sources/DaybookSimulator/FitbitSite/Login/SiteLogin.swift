import DaybookCore

/// `/login`: the form, and what becomes of it.
extension FitbitSiteModel {
  mutating func login(_ request: SimRequest, _ now: Instant) -> SimResponse {
    guard request.method == "GET" || request.method == "POST" else { return notAllowed() }
    stats.add(request.method == "GET" ? .loginForm : .login)
    if cookieGate, SiteCookie.all(in: request).isEmpty {
      stats.cookieless += 1
      return SitePages.error(500, "Internal Server Error")
    }
    return request.method == "GET" ? loginPage(request, now) : enter(request, now)
  }

  /// The page with a form of its own, and a cookie for who has none.
  private mutating func loginPage(
    _ request: SimRequest, _ now: Instant, complaint: String? = nil
  ) -> SimResponse {
    var cookies: [SimField] = []
    var visitor = visitor(in: request)
    if visitor == nil {
      let new = newVisitor(now)
      cookies.append(new.cookie)
      visitor = new.text
    }
    var page = SitePages.login(
      sessions.form(for: visitor ?? ""), fingerprintName: fingerprintName, complaint: complaint)
    page.headers += cookies
    return page
  }

  private var fingerprintName: String { layout == .renamedField ? "__fpt" : "__fp" }

  /// The form comes back: the dashboard, or the login page once more.
  private mutating func enter(_ request: SimRequest, _ now: Instant) -> SimResponse {
    guard takesForm(request) else {
      stats.staleForms += 1
      return loginPage(request, now, complaint: "Please try again.")
    }
    guard let person = person(with: request), !denies else {
      stats.wrongCredentials += 1
      return loginPage(request, now, complaint: "The email or password is incorrect.")
    }
    stats.logins += 1
    let isRemembered = request.field("rememberMe") == "true"
    let life = isRemembered ? settings.rememberLife : settings.sessionLife
    var answer = SitePages.redirect(settings.landing)
    answer.headers.append(sessionCookie(person, now))
    answer.headers.append(cookie(.user, userID(person), for: life, now))
    if isRemembered { answer.headers.append(rememberCookie(person, now)) }
    return answer
  }

  /// Whether the form is one that was shown to this browser. A form without one of the fields that
  /// a browser sends is refused too; not confirmed.
  private mutating func takesForm(_ request: SimRequest) -> Bool {
    guard let visitor = visitor(in: request),
      let sourcePage = request.field("_sourcePage"),
      let fingerprint = request.field(fingerprintName)
    else { return false }
    let form = SiteSessions.Form(
      sourcePage: sourcePage, fingerprint: fingerprint, visitor: visitor)
    guard sessions.take(form) else { return false }
    return request.field("login") == "Log In" && request.field("includeWorkflow") == "false"
      && request.field("redirect") != nil
  }

  private func person(with request: SimRequest) -> Int? {
    guard let email = request.field("email"), let password = request.field("password") else {
      return nil
    }
    return passwords.indices.first {
      settings.email(of: $0).lowercased() == email.lowercased() && passwords[$0] == password
    }
  }
}

extension SimRequest {
  /// A field of the form body, and of nothing else.
  fileprivate func field(_ name: String) -> String? { form.first { $0.name == name }?.value }
}
