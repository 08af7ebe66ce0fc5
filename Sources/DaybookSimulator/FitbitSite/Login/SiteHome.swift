import DaybookCore

/// `/` and `/logout`, and the cookies of a session.
extension FitbitSiteModel {
  /// The landing page, or the dashboard for who is signed in.
  mutating func home(_ request: SimRequest, _ now: Instant) -> SimResponse {
    var cookies: [SimField] = []
    if visitor(in: request) == nil { cookies.append(newVisitor(now).cookie) }
    var person = signedIn(request, now)
    if person == nil, let known = rememberedPerson(request, now) {
      person = known
      cookies += renewal(of: known, request, now)
    }
    stats.add(person == nil ? .landing : .dashboard)
    var answer =
      person.map {
        SitePages.dashboard(userID: userID($0), generation: settings.generation, layout: layout)
      } ?? SitePages.landing
    answer.headers += cookies
    return answer
  }

  /// Whose session the request carries.
  func signedIn(_ request: SimRequest, _ now: Instant) -> Int? {
    SiteCookie.session.value(in: request).flatMap { sessions.person(session: $0, now: now) }
  }

  private func rememberedPerson(_ request: SimRequest, _ now: Instant) -> Int? {
    guard settings.rememberRenews else { return nil }
    return SiteCookie.remember.value(in: request).flatMap {
      sessions.person(remembered: $0, now: now)
    }
  }

  /// The cookies of a session that begins without a password.
  private mutating func renewal(
    of person: Int, _ request: SimRequest, _ now: Instant
  ) -> [SimField] {
    stats.renewed += 1
    guard settings.rememberRotates, let old = SiteCookie.remember.value(in: request) else {
      return [sessionCookie(person, now)]
    }
    sessions.forget(old)
    return [sessionCookie(person, now), rememberCookie(person, now)]
  }

  // MARK: Cookies

  func visitor(in request: SimRequest) -> String? {
    SiteCookie.visitor.value(in: request).flatMap { sessions.isVisitor($0) ? $0 : nil }
  }

  mutating func newVisitor(_ now: Instant) -> (text: String, cookie: SimField) {
    let text = sessions.visitor()
    return (text, cookie(.visitor, text, for: nil, now))
  }

  func cookie(
    _ kind: SiteCookie, _ value: String, for life: Duration?, _ now: Instant
  ) -> SimField {
    kind.set(value, for: life, secure: settings.secureCookies, now: now)
  }

  mutating func sessionCookie(_ person: Int, _ now: Instant) -> SimField {
    stats.sessions += 1
    let text = sessions.begin(person: person, life: settings.sessionLife, now: now)
    return cookie(.session, text, for: settings.sessionLife, now)
  }

  mutating func rememberCookie(_ person: Int, _ now: Instant) -> SimField {
    let text = sessions.remember(person: person, life: settings.rememberLife, now: now)
    return cookie(.remember, text, for: settings.rememberLife, now)
  }

  // MARK: The end of a session

  mutating func logout(_ request: SimRequest) -> SimResponse {
    guard request.method == "GET" else { return notAllowed() }
    stats.add(.logout)
    if let text = SiteCookie.session.value(in: request) { sessions.end(session: text) }
    if let text = SiteCookie.remember.value(in: request) { sessions.forget(text) }
    var answer = SitePages.redirect("/")
    answer.headers += [SiteCookie.session, .user, .remember].map(\.cleared)
    return answer
  }
}
