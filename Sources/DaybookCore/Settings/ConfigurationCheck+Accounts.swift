extension Checker {
  func check(_ account: AccountSettings, _ zoneExists: (String) -> Bool) {
    checkOrigin(account)
    if let zone = account.zone, !zoneExists(zone) {
      report(
        "'zone': this system knows no time zone \(quoted(zone)) (package tzdata)",
        "accounts", account.name, "zone")
    }
    guard let provider = provider(account.provider, "accounts", account.name) else { return }
    checkClient(account, provider)
    checkParams(account, provider)
    checkRedirect(account, provider)
    checkSince(account, provider)
    for (index, stream) in (account.streams ?? []).enumerated()
    where provider.stream(stream) == nil {
      let streams = provider.streams.map(\.name)
      report(
        "'streams': \(notAmong(stream, "a stream of \(quoted(provider.name))", streams))",
        "accounts", account.name, "streams", String(index))
    }
  }

  private func checkOrigin(_ account: AccountSettings) {
    guard let text = account.origin, let origin = Origin(text), origin.scheme == .http,
      !origin.isLoopback, !account.allowPlainHTTP
    else { return }
    report(
      "'origin': http to another machine can be read on the way; "
        + "use https, or permit it with allow_plain_http: true",
      "accounts", account.name, "origin")
  }

  private func checkClient(_ account: AccountSettings, _ provider: Provider) {
    let name = quoted(provider.name)
    guard provider.login == .code else {
      guard account.client != nil else { return }
      report(
        "provider \(name) has \(provider.login.words); leave the client out",
        atKey: "accounts", account.name, "client")
      return
    }
    guard let wanted = account.client else {
      reportMissingClient(account, provider)
      return
    }
    guard let client = clients[wanted] else {
      report(
        "'client': \(notAmong(wanted, "among the clients", settings.clients.map(\.name)))",
        "accounts", account.name, "client")
      return
    }
    guard client.provider != provider.name else { return }
    report(
      "'client': \(quoted(wanted)) is a client of \(quoted(client.provider)), not of \(name)",
      "accounts", account.name, "client")
  }

  private func reportMissingClient(_ account: AccountSettings, _ provider: Provider) {
    let fitting = settings.clients.filter { $0.provider == provider.name }.map(\.name)
    let list = fitting.prefix(Limits.suggestions).joined(separator: ", ")
    report(
      "account \(quoted(account.name)) needs the key 'client', because provider "
        + "\(quoted(provider.name)) has a sign-in"
        + (fitting.isEmpty ? "; none is among the clients" : ": \(list)"),
      atKey: "accounts", account.name)
  }

  private func checkParams(_ account: AccountSettings, _ provider: Provider) {
    for param in provider.params where !account.params.contains(where: { $0.name == param }) {
      report(
        "account \(quoted(account.name)) needs the param \(quoted(param)) of provider "
          + quoted(provider.name), atKey: "accounts", account.name)
    }
    for param in account.params where !provider.params.contains(param.name) {
      report(
        "'params': " + notAmong(param.name, "a param of \(quoted(provider.name))", provider.params),
        atKey: "accounts", account.name, "params", param.name)
    }
  }

  /// Without a first day nothing would ever be asked.
  private func checkSince(_ account: AccountSettings, _ provider: Provider) {
    guard account.since == nil, provider.account.firstDay == nil, provider.walkBack == nil else {
      return
    }
    report(
      "account \(quoted(account.name)) needs the key 'since': provider \(quoted(provider.name)) "
        + "does not tell where a history begins", atKey: "accounts", account.name)
  }

  private func checkRedirect(_ account: AccountSettings, _ provider: Provider) {
    guard let text = account.redirectURI else { return }
    guard provider.login == .code else {
      report(
        "provider \(quoted(provider.name)) has \(provider.login.words); leave the redirect_uri out",
        atKey: "accounts", account.name, "redirect_uri")
      return
    }
    guard let (origin, _) = Origin.split(text), origin.scheme == .http, !origin.isLoopback
    else { return }
    report(
      "'redirect_uri': http to another machine can be read on the way; "
        + "use https, or this machine itself (\(Settings.defaultRedirectURI))",
      "accounts", account.name, "redirect_uri")
  }
}
