/// Settings against the providers that they name. Everything that only both together can tell is
/// checked here, all of it, with the places of the settings file.
public enum ConfigurationCheck {
  /// The settings, completed: `redirect_uri` where a sign-in needs one; `per` and `align` of the
  /// operator's windows from the provider's window of that name; windows `per: app` for every
  /// account of the client.
  ///
  /// `broken` are providers whose own file has problems: nothing more is said of them.
  /// `zoneExists` knows the system's time zones.
  public static func check(
    _ located: LocatedSettings, providers: [String: Provider], broken: Set<String> = [],
    zoneExists: (String) -> Bool = { _ in true }
  ) -> Result<Settings, Problems> {
    let check = Checker(located, providers, broken)
    for client in located.settings.clients { check.check(client) }
    for account in located.settings.accounts { check.check(account, zoneExists) }
    check.checkFormerNames()
    check.checkTimelines()
    return check.log.result(check.completed())
  }
}

/// One run of ``ConfigurationCheck``.
struct Checker {
  let log: ProblemLog
  let located: LocatedSettings
  let providers: [String: Provider]
  /// Names that exist, broken ones included, sorted.
  let known: [String]
  let clients: [String: ClientSettings]

  init(_ located: LocatedSettings, _ providers: [String: Provider], _ broken: Set<String>) {
    self.log = ProblemLog(file: located.file)
    self.located = located
    self.providers = providers
    self.clients = Dictionary(
      located.settings.clients.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    self.known = (Array(providers.keys) + broken).sorted()
  }

  var settings: Settings { located.settings }

  func report(_ message: String, _ path: String...) {
    log.report(message, at: located.root.position(of: path))
  }

  /// Where the name itself stands.
  func report(_ message: String, atKey path: String...) {
    log.report(message, at: located.root.keyPosition(of: path))
  }

  /// Nil after a report, and in silence when the provider's own file is broken.
  func provider(_ name: String, _ path: String...) -> Provider? {
    if !known.contains(name) {
      log.report(
        "'provider': \(notAmong(name, "a provider", known))",
        at: located.root.position(of: path + ["provider"]))
    }
    return providers[name]
  }

  func check(_ client: ClientSettings) {
    guard let provider = provider(client.provider, "clients", client.name) else { return }
    guard provider.login == .code else {
      report(
        "client \(quoted(client.name)): provider \(quoted(provider.name)) has "
          + "\(provider.login.words); it needs no client", atKey: "clients", client.name)
      return
    }
    if client.testing, provider.testingLife == nil {
      report(
        "'testing': sign-ins at \(quoted(provider.name)) end no earlier for it; leave it out",
        atKey: "clients", client.name, "testing")
    }
    switch (provider.client, client.secret) {
    case (.public, .some):
      let key = located.has(["clients", client.name, "client_secret"])
      report(
        "provider \(quoted(provider.name)) gives its clients no secret; leave it out",
        atKey: "clients", client.name, key ? "client_secret" : "client_secret_file")
    case (.form, nil), (.basic, nil):
      report(
        "client \(quoted(client.name)) needs the key 'client_secret' or 'client_secret_file'",
        atKey: "clients", client.name)
    case (.public, nil), (.form, .some), (.basic, .some): break
    }
  }

  /// `was` must name an account that is no more, and only once.
  func checkFormerNames() {
    let names = Set(settings.accounts.map(\.name))
    var heirs: [String: String] = [:]
    for account in settings.accounts {
      guard let was = account.was else { continue }
      if names.contains(was) {
        let it = was == account.name ? "is the account's name now" : "is an account still"
        report("'was': \(quoted(was)) \(it)", "accounts", account.name, "was")
      } else if let heir = heirs[was] {
        report(
          "'was': \(quoted(was)) is the former name of account \(quoted(heir)) already",
          "accounts", account.name, "was")
      }
      heirs[was] = account.name
    }
  }

  /// A timeline and an account of the same name would be mistaken for each other, unless the account
  /// is in it.
  func checkTimelines() {
    let own = Dictionary(
      settings.accounts.map { ($0.name, $0.timeline) }, uniquingKeysWith: { first, _ in first })
    for account in settings.accounts {
      guard let timeline = account.timeline, let other = own[timeline], other != timeline else {
        continue
      }
      report(
        "'timeline': \(quoted(timeline)) is an account that is not in it; give that account the "
          + "same timeline, or choose another name", "accounts", account.name, "timeline")
    }
  }
}

extension Login {
  /// What such a provider has, for a message.
  var words: String {
    switch self {
    case .code: "a sign-in"
    case .key: "a sign-in by a pasted key"
    case .token: "a sign-in by a pasted token"
    case .form: "a sign-in by user name and password"
    case .none: "no sign-in"
    }
  }
}
