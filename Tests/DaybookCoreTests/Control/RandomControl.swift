@testable import DaybookCore

/// Values of the interface from a seed: the same seed, the same values.
struct RandomControl {
  var random: SeededRandom

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  mutating func int(_ range: ClosedRange<Int> = 0...1_000_000) -> Int {
    Int.random(in: range, using: &random)
  }
  mutating func flag() -> Bool { Bool.random(using: &random) }
  mutating func maybe<T>(_ make: (inout Self) -> T) -> T? { flag() ? make(&self) : nil }
  mutating func some<T>(_ make: (inout Self) -> T) -> [T] {
    (0..<int(0...3)).map { _ in make(&self) }
  }
  mutating func one<T>(of all: [T]) -> T { all[int(0...(all.count - 1))] }

  /// Text that a careless coder breaks on.
  mutating func text() -> String {
    let pieces = [
      "a", "B", " ", "\"", "\\", "\n", "\u{0}", "\u{1b}[31m", "é", "e\u{301}", "日", "🙂", "/",
    ]
    return (0..<int(0...8)).map { _ in one(of: pieces) }.joined()
  }
  mutating func name() -> String { one(of: ["me-moves", "a", "0.x_y", "second"]) }
  mutating func day() -> Day { Day(number: int(-719_162...2_932_896)) }
  mutating func moment() -> Instant {
    let micro = flag() ? 0 : int(0...999_999)
    return Instant(
      microseconds: Int64(int(-62_135_596_800...253_402_300_799)) * 1_000_000 + Int64(micro))
  }
  mutating func double() -> Double {
    one(of: [0, 1, 0.1, 1e-9, 1e20, 12.5, Double.random(in: 0...1e6, using: &random)])
  }
}

extension RandomControl {
  mutating func stream() -> StreamStatus {
    var out = StreamStatus(name: name())
    out.missing = int()
    out.open = int()
    out.final = int()
    out.confirmed = int()
    out.refused = int()
    out.beyond = int()
    out.failing = int()
    out.damaged = int()
    return out
  }

  mutating func window() -> WindowStatus {
    WindowStatus(
      name: text(), per: one(of: WindowSpec.Per.allCases), seconds: double(), limit: int(),
      used: int())
  }

  mutating func account() -> AccountStatus {
    var out = AccountStatus(
      name: name(), provider: name(), state: one(of: AccountState.allCases))
    out.reason = maybe { $0.text() }
    out.until = maybe { $0.moment() }
    out.firstDay = maybe { $0.day() }
    out.zone = maybe { $0.text() }
    out.streams = some { $0.stream() }
    out.windows = some { $0.window() }
    out.calls = int()
    out.rate = double()
    out.eta = maybe { $0.int() }
    out.lastDay = maybe { $0.day() }
    out.lastAt = maybe { $0.moment() }
    out.sunset = maybe { $0.day() }
    out.daysLeft = maybe { $0.int(-900...900) }
    out.successor = maybe { $0.text() }
    out.timeline = maybe { $0.name() }
    out.lastSeen = maybe { $0.day() }
    out.signInEnds = maybe { $0.moment() }
    return out
  }

  mutating func timeline() -> TimelineStatus {
    var out = TimelineStatus(name: name(), accounts: some { $0.name() })
    out.first = maybe { $0.day() }
    out.last = maybe { $0.day() }
    out.held = int()
    out.days = int()
    return out
  }

  private mutating func days() -> DaysRow {
    var out = DaysRow(account: name(), stream: name(), from: day(), days: text())
    out.accounts = maybe { r in r.some { $0.name() } }
    out.lastSeen = maybe { $0.day() }
    return out
  }

  mutating func daemon() -> DaemonStatus {
    var out = DaemonStatus(
      version: text(), pid: int(), state: one(of: DaemonState.allCases), since: moment(),
      archive: text())
    out.reason = maybe { $0.text() }
    out.days = int()
    out.missing = int()
    return out
  }

  /// Without a provider: the interface does not carry it.
  mutating func entry() -> TimedEntry {
    TimedEntry(
      at: moment(),
      entry: Entry(
        one(of: Message.allCases), text(), account: maybe { $0.name() },
        stream: maybe { $0.name() }, day: maybe { $0.day() }))
  }

  mutating func step() -> PlannedStep {
    var out = PlannedStep(account: name(), action: text())
    out.stream = maybe { $0.name() }
    out.day = maybe { $0.day() }
    out.workClass = maybe { $0.one(of: WorkClass.allCases) }
    out.at = maybe { $0.moment() }
    out.why = maybe { $0.text() }
    return out
  }

  mutating func finding() -> Finding {
    Finding(path: text(), what: one(of: Finding.What.allCases), action: text())
  }
}

extension RandomControl {
  /// One call of each method.
  mutating func calls() -> [ControlCall] {
    [
      .status(account: maybe { $0.name() }), .watch(account: maybe { $0.name() }),
      .resync(resync()), .pause(account: maybe { $0.name() }),
      .resume(account: maybe { $0.name() }, probe: flag()),
      .loginBegin(account: name(), redirectURI: maybe { $0.text() }),
      .loginComplete(account: name(), loginAnswer()), .logout(account: name()),
      .days(
        account: maybe { $0.name() }, stream: maybe { $0.name() }, year: maybe { $0.int(1...9999) }),
      .plan(account: maybe { $0.name() }, limit: int(1...Limits.planRows)), .verify(verify()),
      .reload,
    ]
  }

  private mutating func loginAnswer() -> LoginAnswer {
    switch int(0...2) {
    case 0: .url(Secret(text()))
    case 1: .token(Secret(text()))
    default: .form(user: Secret(text()), password: Secret(text()))
    }
  }

  private mutating func resync() -> ResyncRequest {
    var out = ResyncRequest(account: name())
    out.stream = maybe { $0.name() }
    switch int(0...3) {
    case 0: out.all = true
    case 1: out.from = day()
    case 2:
      let first = Day(number: int(-300_000...300_000))
      out.from = first
      out.to = first + int(0...(Limits.resyncDays - 1))
    default: break
    }
    return out
  }

  private mutating func verify() -> VerifyRequest {
    var out = VerifyRequest()
    out.account = maybe { $0.name() }
    out.deep = flag()
    out.repair = flag()
    out.yes = flag()
    out.sums = flag()
    return out
  }

  /// A good reply to a call.
  mutating func reply(to call: ControlCall) -> ControlReply {
    switch call {
    case .status: return .status(daemon(), some { $0.account() }, some { $0.timeline() })
    case .watch: return .watch(maybe { $0.daemon() }, some { $0.account() }, some { $0.entry() })
    case .resync: return .resync(resyncProgress())
    case .loginBegin: return .loginBegun(loginOffer())
    case .loginComplete: return .loginCompleted(loginResult())
    case .days: return .days(days())
    case .plan: return .plan(some { $0.step() })
    case .verify: return .verify(verifyProgress())
    case .reload: return .reloaded(changes: some { $0.text() })
    case .pause, .resume, .logout: return .done
    }
  }

  private mutating func resyncProgress() -> ResyncProgress {
    var out = ResyncProgress(id: int(), total: int())
    out.done = int()
    out.changed = int()
    out.refused = int()
    out.state = one(of: ResyncProgress.State.allCases)
    return out
  }

  private mutating func loginOffer() -> LoginOffer {
    var out = LoginOffer(one(of: Login.allCases), expires: moment())
    out.url = maybe { $0.text() }
    out.redirectURI = maybe { $0.text() }
    out.help = maybe { $0.text() }
    return out
  }

  private mutating func loginResult() -> LoginResult {
    var out = LoginResult()
    out.granted = some { $0.text() }
    out.missing = some { $0.text() }
    out.firstDay = maybe { $0.day() }
    out.days = int()
    out.streams = some { $0.name() }
    out.eta = maybe { $0.int() }
    out.lost = some { r in ScopeLoss(scope: r.text(), streams: r.some { $0.name() }) }
    out.ends = maybe { $0.moment() }
    return out
  }

  private mutating func verifyProgress() -> VerifyProgress {
    var out = VerifyProgress()
    out.checked = int()
    out.total = int()
    out.findings = some { $0.finding() }
    if flag() { out.sums = some { $0.text() } }
    out.done = flag()
    return out
  }

  /// One error of each kind.
  mutating func errors() -> [ControlError] {
    [
      .noSuchAccount(text()), .noSuchStream(account: text(), stream: text()),
      .invalidRange(text()), .signInNeeded(account: text(), command: text()),
      .wrongPerson(text()), .noLogin(account: text(), reason: text()),
      .loginFailed(account: text(), reason: text(), command: text()),
      .accountSealed(account: text(), reason: text()), .archiveAway(path: text()),
      .invalidSettings(some { $0.text() }), .busy(text()), .shuttingDown,
      .interfaceNotFound(text()), .methodNotFound(text()), .invalidParameter(text()),
      .permissionDenied, .expectedMore,
    ]
  }
}
