import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// What the operator does, and what he sees.
extension World {
  @discardableResult
  func command(_ call: ControlCall, more: Bool = false) -> CommandID {
    lastCommand += 1
    let id = CommandID(lastCommand)
    let entropy = (0..<64).map { _ in UInt8.random(in: 0...255, using: &random) }
    handle([.commanded(Command(id: id, call: call, more: more, entropy: entropy))])
    return id
  }

  /// A call that is answered at once.
  func ask(_ call: ControlCall) -> ControlReply? { answers[command(call)]?.last }

  /// Signs in as a person of the model does: opens the URL, gives back where it leads.
  @discardableResult
  func signIn(
    _ account: String, person: Int? = nil, killingAfter: Duration? = nil,
    patience: Duration = .minutes(10)
  ) throws -> ControlReply {
    guard let begun = ask(.loginBegin(account: account, redirectURI: nil)),
      case .loginBegun(let offer) = begun, let url = offer.url
    else { throw WorldError("no sign-in of \(account) began") }
    sit(person, account)
    let page = providers.answer(SimRequest("GET", url), now: clock.truth)
    guard let location = page.header("Location") else {
      throw WorldError("the provider did not redirect: \(page.status) \(page.bodyText)")
    }
    let done = command(.loginComplete(account: account, .url(Secret(location))))
    try run(for: killingAfter ?? patience) { self.answers[done] != nil }
    if killingAfter != nil { kill() }
    guard let reply = answers[done]?.last else { throw WorldError("the sign-in was not answered") }
    return reply
  }

  /// Who is in front of the browser: of each provider its person of this account.
  private func sit(_ person: Int?, _ account: String) {
    providers.providers.moves?.person = person ?? options.accounts.firstIndex(of: account) ?? 0
    providers.providers.fitbit?.person = person ?? options.fitbits.firstIndex(of: account) ?? 0
    providers.providers.googleHealth?.person =
      person ?? options.googles.firstIndex(of: account) ?? 0
  }

  /// Signs in by the form of a web site.
  func signIn(_ account: String, user: String, password: String) throws -> ControlReply {
    guard case .loginBegun? = ask(.loginBegin(account: account, redirectURI: nil)) else {
      throw WorldError("no sign-in of \(account) began")
    }
    let answer = LoginAnswer.form(user: Secret(user), password: Secret(password))
    let done = command(.loginComplete(account: account, answer))
    try run(for: .minutes(10)) { self.answers[done] != nil }
    guard let reply = answers[done]?.last else { throw WorldError("the sign-in was not answered") }
    return reply
  }

  func signInToSite(_ account: String, as person: Int) throws -> ControlReply {
    let site = options.siteSettings
    return try signIn(account, user: site.email(of: person), password: site.password)
  }

  func signInAll() throws {
    for account in options.accounts + options.fitbits + options.googles {
      let reply = try signIn(account)
      guard case .loginCompleted = reply else { throw WorldError("\(account): \(reply)") }
    }
    for (person, account) in options.sites.enumerated() {
      let reply = try signInToSite(account, as: person)
      guard case .loginCompleted = reply else { throw WorldError("\(account): \(reply)") }
    }
  }

  /// Reads settings again, as they are now.
  func reload() throws -> ControlReply? {
    let id = command(.reload)
    try run(for: .seconds(10)) { self.answers[id] != nil }
    return answers[id]?.last
  }

  func verify(repair: Bool = false, yes: Bool = false, deep: Bool = false) throws -> ControlReply? {
    var request = VerifyRequest()
    request.repair = repair
    request.yes = yes
    request.deep = deep
    let id = command(.verify(request))
    try run(for: .minutes(1)) { self.answers[id] != nil }
    return answers[id]?.last
  }

  // MARK: Looking

  func lane(_ account: String) -> Lane? { engine?.roster.named(account) }

  func status(_ account: String = "me") -> AccountStatus? {
    lane(account).flatMap { engine?.accountStatus($0) }
  }

  /// How many days of all accounts are in this state.
  func days(_ state: DayState) -> Int {
    engine?.roster.all.reduce(0) { $0 + $1.streams.reduce(0) { $0 + $1.row.counts[state] } } ?? -1
  }

  /// Nothing is missing, and there is something.
  var isComplete: Bool {
    guard let engine, !engine.roster.all.isEmpty else { return false }
    return engine.roster.all.allSatisfy { lane in
      lane.stored > 0 && lane.missing == 0
        && lane.streams.allSatisfy { $0.row.counts[.damaged] == 0 }
    }
  }

  /// Every row of an account's first stream, or of this one, by day.
  func rows(_ account: String = "me", stream: String? = nil) throws -> [DayRow] {
    guard let engine, let lane = lane(account),
      let row = lane.streams.first(where: { stream == nil || $0.spec.name == stream })?.row,
      let first = row.first, let last = row.last
    else { return [] }
    return try engine.ledger.rows(account: lane.id, stream: row.number, from: first, to: last)
  }

  func row(_ day: Day, _ account: String = "me") throws -> DayRow? {
    try rows(account).first { $0.key.day == day }
  }

  /// How often the log said this.
  func count(_ message: Message) -> Int { checks.entries.count { $0.message == message } }

  /// What the log said in lines of this kind.
  func texts(_ message: Message) -> [String] {
    checks.entries.filter { $0.message == message }.map(\.text)
  }

  /// Calls for this day that the provider saw.
  func reads(_ day: Day, stream: String = "storyline") -> Int {
    providers.providers.moves?.stats.days[.init(stream, day)] ?? 0
  }

  /// Every invariant, every row and every file; a sentence for each that is broken.
  func violations() -> [String] {
    if let engine {
      checks.check(engine, now)
      checks.checkFiles(engine, now)
    }
    return checks.violations
  }
}
