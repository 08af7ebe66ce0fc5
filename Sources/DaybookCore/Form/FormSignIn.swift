/// Signing in by the form of a web site: requests out, answers in. Pure: whoever drives it sends
/// what ``begin()`` and ``receive(_:now:)`` give and brings back each answer.
///
/// | waits for     | a page                  | a redirect here | another 4xx    | 5xx, none |
/// | ------------- | ----------------------- | --------------- | -------------- | --------- |
/// | the start     | opens the form's page   | the same        | page changed   | down      |
/// | the form      | sends the form, or      | follows it      | page changed   | down      |
/// |               | page changed            |                 |                |           |
/// | the answer    | looks where it is       | follows it      | 401: wrong     | down      |
/// |               |                         |                 | password       |           |
/// | the landing   | looks where it is       | follows it      | page changed   | down      |
///
/// Where it is: at a place of `success` it looks for the id; at any other place that has the
/// password's field, user name or password was wrong; else the page has changed. A redirect to
/// another server, from https to http, the sixth in a row, and one that wants the password sent
/// again (307, 308) are a changed page.
public struct FormSignIn: Sendable {
  public enum Stage: Hashable, Sendable { case start, form, answer, landing }

  public enum Outcome: Hashable, Sendable {
    case send(FormRequest)
    case signedIn(CookieJar, id: String?)
    case wrongPassword
    /// The site is not what the provider file says. The text holds nothing of the page.
    case pageChanged(String)
    /// Trouble over there; another time it may work.
    case down(String)
  }

  public private(set) var stage: Stage
  private let spec: FormSpec
  private let origin: Origin
  private let credentials: FormCredentials
  private var jar = CookieJar()
  private var redirects = 0
  /// Path and query of the request that is under way.
  private var place: String

  public init(_ spec: FormSpec, at origin: Origin, _ credentials: FormCredentials) {
    self.spec = spec
    self.origin = origin
    self.credentials = credentials
    stage = spec.start == nil ? .form : .start
    place = spec.start ?? spec.page
  }

  /// The secret that renews the session.
  public var renewal: Secret { credentials.stored }

  public func begin(now: Instant) -> FormRequest { request(now: now) }

  public mutating func receive(_ answer: FormAnswer, now: Instant) -> Outcome {
    jar.take(answer.headers, from: place, at: origin, now: now)
    switch (stage, answer.kind(from: place, at: origin)) {
    case (_, .down(let reason)): return .down(reason)
    case (.start, .page), (.start, .redirect), (.start, .astray): return open(spec.page, .form, now)
    case (.form, .page): return fillIn(FormPage(answer.body), now)
    case (.answer, .page), (.landing, .page): return lookAround(answer)
    case (.form, .redirect(let path, _)): return follow(path, .form, now)
    case (.answer, .redirect(_, status: 307...308)):
      return .pageChanged("the site wants the password sent to another page")
    case (.answer, .redirect(let path, _)), (.landing, .redirect(let path, _)):
      return follow(path, .landing, now)
    case (.answer, .refused(401)): return .wrongPassword
    case (.start, .refused(let status)), (.form, .refused(let status)),
      (.answer, .refused(let status)), (.landing, .refused(let status)):
      return .pageChanged("status \(status) \(stage.words)")
    case (.form, .astray(let why)), (.answer, .astray(let why)), (.landing, .astray(let why)):
      return .pageChanged("\(why) \(stage.words)")
    }
  }

  // MARK: Steps

  private mutating func open(_ path: String, _ next: Stage, _ now: Instant) -> Outcome {
    stage = next
    place = path
    redirects = 0
    return .send(request(now: now))
  }

  private mutating func follow(_ path: String, _ next: Stage, _ now: Instant) -> Outcome {
    redirects += 1
    guard redirects <= Limits.formRedirects else {
      return .pageChanged("more than \(Limits.formRedirects) redirects \(stage.words)")
    }
    stage = next
    place = path
    return .send(request(now: now))
  }

  private mutating func fillIn(_ page: FormPage, _ now: Instant) -> Outcome {
    for name in spec.hidden + [spec.password] where page.value(of: name) == nil {
      return .pageChanged("the form has no field \(quoted(name)) any more")
    }
    let echoed = spec.hidden.map { Field($0, page.value(of: $0) ?? "") }
    stage = .answer
    place = spec.post
    redirects = 0
    return .send(request(body: credentials.body(spec, echoed), now: now))
  }

  private func lookAround(_ answer: FormAnswer) -> Outcome {
    guard spec.success.contains(place) else {
      let isForm = FormPage(answer.body).value(of: spec.password) != nil
      return isForm
        ? .wrongPassword : .pageChanged("the sign-in ended at another page than it used to")
    }
    guard !jar.isEmpty else { return .pageChanged("the sign-in brought no cookie") }
    if spec.id.isEmpty { return .signedIn(jar, id: nil) }
    guard let id = FormPage.id(in: answer.body, behind: spec.id) else {
      return .pageChanged("the page after the sign-in does not show the account's id any more")
    }
    return .signedIn(jar, id: id)
  }

  private func request(body: Secret? = nil, now: Instant) -> FormRequest {
    FormRequest(
      url: "\(origin)" + place, cookie: jar.header(for: place, at: origin, now: now), body: body)
  }
}

extension FormSignIn.Stage {
  fileprivate var words: String {
    switch self {
    case .start: "at the first page"
    case .form: "at the page with the form"
    case .answer: "after the form was sent"
    case .landing: "after the sign-in"
    }
  }
}

/// What a form sign-in sends: a POST when there is a body, else a GET.
public struct FormRequest: Hashable, Sendable {
  public var url: String
  /// Value of `Cookie:`.
  public var cookie: Secret?
  /// `application/x-www-form-urlencoded`
  public var body: Secret?
}

/// What came back.
public struct FormAnswer: Sendable {
  /// Nil: nothing did, see `failure`.
  public var status: Int?
  public var failure: String?
  /// Names in lower case.
  public var headers: [Field]
  public var body: [UInt8]

  public init(status: Int, headers: [Field], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  public init(failure: String) {
    self.failure = failure
    headers = []
    body = []
  }

  enum Kind: Hashable {
    case page
    case redirect(String, status: Int)
    /// A redirect that is not followed.
    case astray(String)
    case refused(Int)
    case down(String)
  }

  func kind(from place: String, at origin: Origin) -> Kind {
    guard let status else { return .down(failure ?? "no answer") }
    switch status {
    case 200..<300: return .page
    case 301, 302, 303, 307, 308:
      guard let location = headers.first(named: "location") else {
        return .astray("it redirects nowhere")
      }
      switch SitePlace(location, from: place, at: origin) {
      case .path(let path): return .redirect(path, status: status)
      case .astray(let why): return .astray(why)
      }
    case 408, 421, 425, 429, 500..<600: return .down("status \(status)")
    default: return .refused(status)
    }
  }
}
