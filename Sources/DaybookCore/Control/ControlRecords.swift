// The records of the interface, in the order of its description.

extension StreamStatus: ControlRecord {
  static var blank: Self { .init(name: "") }
  static var fields: [ControlField<Self>] {
    [
      .init("name", \.name), .init("missing", \.missing), .init("open", \.open),
      .init("final", \.final), .init("confirmed", \.confirmed), .init("refused", \.refused),
      .init("beyond", \.beyond), .init("failing", \.failing), .init("damaged", \.damaged),
    ]
  }
}

extension WindowStatus: ControlRecord {
  static var blank: Self { .init(name: "", per: .user, seconds: 0, limit: 0, used: 0) }
  static var fields: [ControlField<Self>] {
    [
      .init("name", \.name), .init("per", \.per), .init("seconds", \.seconds),
      .init("limit", \.limit), .init("used", \.used),
    ]
  }
}

extension AccountStatus: ControlRecord {
  static var blank: Self { .init(name: "", provider: "", state: .idle) }
  static var fields: [ControlField<Self>] {
    [
      .init("name", \.name), .init("provider", \.provider), .init("state", \.state),
      .init("reason", \.reason), .init("until", \.until), .init("first_day", \.firstDay),
      .init("zone", \.zone), .init("streams", \.streams), .init("windows", \.windows),
      .init("calls", \.calls), .init("rate", \.rate), .init("eta", \.eta),
      .init("last_day", \.lastDay), .init("last_at", \.lastAt), .init("sunset", \.sunset),
      .init("days_left", \.daysLeft), .init("successor", \.successor),
      .init("timeline", \.timeline), .init("last_seen", \.lastSeen),
      .init("sign_in_ends", \.signInEnds),
    ]
  }
}

extension TimelineStatus: ControlRecord {
  static var blank: Self { .init(name: "", accounts: []) }
  static var fields: [ControlField<Self>] {
    [
      .init("name", \.name), .init("accounts", \.accounts), .init("first", \.first),
      .init("last", \.last), .init("held", \.held), .init("days", \.days),
    ]
  }
}

extension DaemonStatus: ControlRecord {
  static var blank: Self {
    .init(version: "", pid: 0, state: .ready, since: Instant(seconds: 0), archive: "")
  }
  static var fields: [ControlField<Self>] {
    [
      .init("version", \.version), .init("pid", \.pid), .init("state", \.state),
      .init("reason", \.reason), .init("since", \.since), .init("archive", \.archive),
      .init("days", \.days), .init("missing", \.missing),
    ]
  }
}

extension TimedEntry: ControlRecord {
  static var blank: Self { .init(at: Instant(seconds: 0), entry: Entry(.started, "")) }
  static var fields: [ControlField<Self>] {
    [
      .init("at", \.at),
      // The priority belongs to the message; it is written for clients that lack the table.
      .init("priority", { $0.entry.message.priority.rawValue }, { _, _ in }),
      .init("message", \.entry.message), .init("text", \.entry.text),
      .init("account", \.entry.account), .init("stream", \.entry.stream),
      .init("day", \.entry.day),
    ]
  }
}

extension PlannedStep: ControlRecord {
  static var blank: Self { .init(account: "", action: "") }
  static var fields: [ControlField<Self>] {
    [
      .init("account", \.account), .init("action", \.action), .init("stream", \.stream),
      .init("day", \.day), .init("class", \.workClass), .init("at", \.at), .init("why", \.why),
    ]
  }
}

extension Finding: ControlRecord {
  static var blank: Self { .init(path: "", what: .missing, action: "") }
  static var fields: [ControlField<Self>] {
    [.init("path", \.path), .init("what", \.what), .init("action", \.action)]
  }
}

extension ResyncProgress: ControlRecord {
  static var blank: Self { .init(id: 0, total: 0) }
  static var fields: [ControlField<Self>] {
    [
      .init("id", \.id), .init("total", \.total), .init("done", \.done),
      .init("changed", \.changed), .init("refused", \.refused), .init("state", \.state),
    ]
  }
}

extension Credentials: ControlRecord {
  static var blank: Self { .init(user: "", password: "") }
  static var fields: [ControlField<Self>] {
    [.init("user", \.user), .init("password", \.password)]
  }
}

extension LoginOffer: ControlRecord {
  static var blank: Self { .init(.code, expires: Instant(seconds: 0)) }
  static var fields: [ControlField<Self>] {
    [
      .init("kind", \.kind, unless: .code), .init("url", \.url),
      .init("redirect_uri", \.redirectURI), .init("expires", \.expires), .init("help", \.help),
    ]
  }
}

extension ScopeLoss: ControlRecord {
  static var blank: Self { .init(scope: "", streams: []) }
  static var fields: [ControlField<Self>] {
    [.init("scope", \.scope), .init("streams", \.streams)]
  }
}

extension LoginResult: ControlRecord {
  static var blank: Self { .init() }
  static var fields: [ControlField<Self>] {
    [
      .init("granted", \.granted), .init("missing", \.missing), .init("first_day", \.firstDay),
      .init("days", \.days), .init("streams", \.streams), .init("eta", \.eta),
      .init("lost", \.lost, unless: []), .init("ends", \.ends),
    ]
  }
}

extension DaysRow: ControlRecord {
  static var blank: Self { .init(account: "", stream: "", from: Day(number: 0), days: "") }
  static var fields: [ControlField<Self>] {
    [
      .init("account", \.account), .init("stream", \.stream), .init("from", \.from),
      .init("days", \.days), .init("accounts", \.accounts), .init("last_seen", \.lastSeen),
    ]
  }
}

extension VerifyProgress: ControlRecord {
  static var blank: Self { .init() }
  static var fields: [ControlField<Self>] {
    [
      .init("checked", \.checked), .init("total", \.total), .init("findings", \.findings),
      .init("done", \.done), .init("sums", \.sums),
    ]
  }
}
