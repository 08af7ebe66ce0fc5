import DaybookCore

/// What the site remembers about browsers: forms it showed, sessions, and browsers to be
/// remembered. All texts are made from the seed and a counter.
struct SiteSessions: Sendable {
  let seed: UInt64
  private var forms: [Form] = []
  private var sessions: [String: Ticket] = [:]
  private var remembered: [String: Ticket] = [:]
  private var visitors = 0
  private var counter = 0

  init(seed: UInt64) { self.seed = seed }

  /// The hidden fields of one login page, and whom it was shown.
  struct Form: Hashable, Sendable {
    var sourcePage: String
    var fingerprint: String
    var visitor: String
  }

  /// Who it is, and for how long.
  private struct Ticket: Hashable, Sendable {
    var person: Int
    var expires: Instant
  }

  private mutating func random() -> Seeded {
    counter += 1
    return Seeded(seed, counter, 40)
  }

  // MARK: Visitors

  /// The first cookie of a browser. It carries its own number, so nothing has to be kept.
  mutating func visitor() -> String {
    visitors += 1
    return visitor(visitors)
  }

  private func visitor(_ number: Int) -> String {
    var random = Seeded(seed, number, 41)
    return String(number) + "." + random.hexText(32)
  }

  /// Whether the site gave out this cookie.
  func isVisitor(_ text: String) -> Bool {
    let number = text.prefix { $0 != "." }
    guard let n = CivilText.number(number), (1...max(1, visitors)).contains(n) else { return false }
    return text == visitor(n)
  }

  // MARK: Forms

  /// New hidden fields for a visitor. They contain what a form has to escape: `+`, `/`, `=`.
  mutating func form(for visitor: String) -> Form {
    var random = random()
    let form = Form(
      sourcePage: SiteSessions.base64(32, &random), fingerprint: SiteSessions.base64(16, &random),
      visitor: visitor)
    if forms.count >= SimLimits.siteRecords { forms.removeFirst() }
    forms.append(form)
    return form
  }

  private static func base64(_ count: Int, _ random: inout Seeded) -> String {
    Base64.standard.encode((0..<count).map { _ in UInt8(truncatingIfNeeded: random.next() >> 24) })
  }

  /// Uses a form up; false when it was never shown to this visitor, or used before.
  mutating func take(_ form: Form) -> Bool {
    guard let index = forms.firstIndex(of: form) else { return false }
    forms.remove(at: index)
    return true
  }

  // MARK: Sessions

  mutating func begin(person: Int, life: Duration, now: Instant) -> String {
    let text = ticketText()
    SiteSessions.add(Ticket(person: person, expires: now + life), text, to: &sessions, now: now)
    return text
  }

  mutating func remember(person: Int, life: Duration, now: Instant) -> String {
    let text = ticketText()
    SiteSessions.add(Ticket(person: person, expires: now + life), text, to: &remembered, now: now)
    return text
  }

  private mutating func ticketText() -> String {
    var random = random()
    return random.hexText(32)
  }

  /// Makes room first: the expired go, then the one that would expire next.
  private static func add(
    _ ticket: Ticket, _ text: String, to tickets: inout [String: Ticket], now: Instant
  ) {
    if tickets.count >= SimLimits.siteRecords {
      tickets = tickets.filter { now < $0.value.expires }
    }
    if tickets.count >= SimLimits.siteRecords {
      let next = tickets.min { ($0.value.expires, $0.key) < ($1.value.expires, $1.key) }
      if let next { tickets[next.key] = nil }
    }
    tickets[text] = ticket
  }

  /// Whose session it is; nil: nobody's, or no longer.
  func person(session text: String, now: Instant) -> Int? {
    sessions[text].flatMap { now < $0.expires ? $0.person : nil }
  }

  /// Whose browser it is; nil: nobody's, or no longer.
  func person(remembered text: String, now: Instant) -> Int? {
    remembered[text].flatMap { now < $0.expires ? $0.person : nil }
  }

  mutating func end(session text: String) { sessions[text] = nil }
  mutating func forget(_ text: String) { remembered[text] = nil }

  /// Ends the sessions of a person, or all; how many there were.
  mutating func endSessions(person: Int?) -> Int {
    let before = sessions.count
    sessions = sessions.filter { person != nil && $0.value.person != person }
    return before - sessions.count
  }

  /// Forgets the browsers of a person, or all; how many there were.
  mutating func forgetAll(person: Int?) -> Int {
    let before = remembered.count
    remembered = remembered.filter { person != nil && $0.value.person != person }
    return before - remembered.count
  }

  /// Sessions that still count.
  func alive(_ now: Instant) -> Int { sessions.values.count { now < $0.expires } }
}
