extension ControlCall {
  /// Steps that `Plan` lists when no limit is given.
  static let defaultPlanLimit = 20

  /// Reads a call of ``ControlInterface``; `method` is the full name. Strict: a parameter that is
  /// unknown, missing or of the wrong form is ``ControlError/invalidParameter(_:)`` with its name.
  public init(method: String, parameters: JSONValue) throws(ControlError) {
    let name = try ControlInterface.shortName(of: method)
    var given = try ControlParameters(parameters)
    self = try ControlCall.read(name, &given, method)
    try given.end()
  }

  private static func read(
    _ name: Substring, _ given: inout ControlParameters, _ method: String
  ) throws(ControlError) -> ControlCall {
    switch name {
    case "Status": .status(account: try given.optionalName("account"))
    case "Watch": .watch(account: try given.optionalName("account"))
    case "Resync": .resync(try ResyncRequest(&given))
    case "Pause": .pause(account: try given.optionalName("account"))
    case "Resume":
      .resume(account: try given.optionalName("account"), probe: try given.flag("probe"))
    case "LoginBegin":
      .loginBegin(
        account: try given.requiredName("account"),
        redirectURI: try given.optional("redirect_uri"))
    case "LoginComplete":
      .loginComplete(account: try given.requiredName("account"), try LoginAnswer(&given))
    case "Logout": .logout(account: try given.requiredName("account"))
    case "Days":
      .days(
        account: try given.optionalName("account"), stream: try given.optionalName("stream"),
        year: try given.optional("year", in: 1...9999))
    case "Plan":
      .plan(
        account: try given.optionalName("account"),
        limit: try given.optional("limit", in: 1...Limits.planRows) ?? defaultPlanLimit)
    case "Verify": .verify(try VerifyRequest(&given))
    case "Reload": .reload
    default: throw .methodNotFound(method)
    }
  }

  /// The full name of its method.
  public var method: String { "\(ControlInterface.name).\(shortName)" }

  private var shortName: String {
    switch self {
    case .status: "Status"
    case .watch: "Watch"
    case .resync: "Resync"
    case .pause: "Pause"
    case .resume: "Resume"
    case .loginBegin: "LoginBegin"
    case .loginComplete: "LoginComplete"
    case .logout: "Logout"
    case .days: "Days"
    case .plan: "Plan"
    case .verify: "Verify"
    case .reload: "Reload"
    }
  }

  /// What ``init(method:parameters:)`` reads. It holds the code of a sign-in in the clear.
  public var parameters: JSONValue {
    switch self {
    case .status(let account), .watch(let account), .pause(let account):
      .record([("account", account?.json)])
    case .resync(let request): request.parameters
    case .resume(let account, let probe):
      .record([("account", account?.json), ("probe", probe.jsonIfTrue)])
    case .loginBegin(let account, let redirectURI):
      .record([("account", account.json), ("redirect_uri", redirectURI?.json)])
    case .loginComplete(let account, let answer):
      .record([("account", account.json)] + answer.parameters)
    case .logout(let account): .record([("account", account.json)])
    case .days(let account, let stream, let year):
      .record([("account", account?.json), ("stream", stream?.json), ("year", year?.json)])
    case .plan(let account, let limit):
      .record([("account", account?.json), ("limit", limit.json)])
    case .verify(let request): request.parameters
    case .reload: .record([])
    }
  }

  /// The call makes sense only with more than one reply.
  public var needsMore: Bool {
    if case .watch = self { true } else { false }
  }
}

extension LoginAnswer {
  /// Exactly one of the three.
  init(_ given: inout ControlParameters) throws(ControlError) {
    let url: String? = try given.optional("url")
    let token: String? = try given.optional("token")
    let fields: Credentials? = try given.optional("fields")
    switch (url, token, fields) {
    case (let url?, nil, nil): self = .url(Secret(url))
    case (nil, let token?, nil): self = .token(Secret(token))
    case (nil, nil, let fields?):
      self = .form(user: Secret(fields.user), password: Secret(fields.password))
    case (nil, nil, nil): throw .invalidParameter("url")
    case (nil, .some, .some), (.some, nil, .some), (.some, .some, nil), (.some, .some, .some):
      throw .invalidParameter(fields == nil ? "token" : "fields")
    }
  }

  fileprivate var parameters: [(String, JSONValue?)] {
    switch self {
    case .url(let url): [("url", url.expose().json)]
    case .token(let token): [("token", token.expose().json)]
    case .form(let user, let password):
      [("fields", Credentials(user: user.expose(), password: password.expose()).json)]
    }
  }
}

/// `fields` of `LoginComplete` on the way over the socket.
struct Credentials {
  var user: String
  var password: String
}

extension ResyncRequest {
  /// Either `all`, or `from` with or without `to`, or neither. `from` alone means up to today.
  init(_ given: inout ControlParameters) throws(ControlError) {
    self.init(account: try given.requiredName("account"))
    stream = try given.optionalName("stream")
    from = try given.optional("from")
    to = try given.optional("to")
    all = try given.flag("all")
    if all, from != nil || to != nil { throw .invalidRange("all excludes from and to") }
    guard let to else { return }
    guard let from else { throw .invalidRange("to needs from") }
    guard from <= to else { throw .invalidRange("from \(from) is after to \(to)") }
    guard to - from < Limits.resyncDays else {
      throw .invalidRange("more than \(Limits.resyncDays) days")
    }
  }

  var parameters: JSONValue {
    .record([
      ("account", account.json), ("stream", stream?.json), ("from", from?.json), ("to", to?.json),
      ("all", all.jsonIfTrue),
    ])
  }
}

extension VerifyRequest {
  init(_ given: inout ControlParameters) throws(ControlError) {
    self.init()
    account = try given.optionalName("account")
    deep = try given.flag("deep")
    repair = try given.flag("repair")
    yes = try given.flag("yes")
    sums = try given.flag("sums")
  }

  var parameters: JSONValue {
    .record([
      ("account", account?.json), ("deep", deep.jsonIfTrue), ("repair", repair.jsonIfTrue),
      ("yes", yes.jsonIfTrue), ("sums", sums.jsonIfTrue),
    ])
  }
}

extension Bool {
  fileprivate var jsonIfTrue: JSONValue? { self ? json : nil }
}
