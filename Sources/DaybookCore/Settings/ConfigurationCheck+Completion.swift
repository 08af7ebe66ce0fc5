extension Checker {
  /// The settings with everything that was left to the providers. Reports what accounts of one
  /// client say differently about a window that they share.
  func completed() -> Settings {
    var settings = self.settings
    for index in settings.accounts.indices {
      complete(&settings.accounts[index])
    }
    shareWindows(&settings)
    return settings
  }

  private func complete(_ account: inout AccountSettings) {
    guard let provider = providers[account.provider] else { return }
    if provider.login == .code, account.redirectURI == nil {
      account.redirectURI = Settings.defaultRedirectURI
    }
    for index in account.windows.indices {
      let name = account.windows[index].name
      guard let own = provider.windows.first(where: { $0.name == name }) else { continue }
      let path = ["accounts", account.name, "windows", name]
      if !located.has(path + ["per"]) { account.windows[index].per = own.per }
      if !located.has(path + ["align"]) { account.windows[index].align = own.align }
    }
  }

  /// A window per app belongs to the client: what one account says of it holds for all.
  private func shareWindows(_ settings: inout Settings) {
    let members = Dictionary(grouping: settings.accounts.indices) { settings.accounts[$0].client }
    for client in settings.clients {
      guard let indices = members[client.name] else { continue }
      let shared = sharedWindows(of: client, indices.map { settings.accounts[$0] })
      for index in indices {
        let own = Set(settings.accounts[index].windows.map(\.name))
        settings.accounts[index].windows += shared.filter { !own.contains($0.name) }
      }
    }
  }

  /// The windows per app that accounts of a client have, each once, in the order of the file.
  private func sharedWindows(
    of client: ClientSettings, _ accounts: [AccountSettings]
  ) -> [WindowSpec] {
    var shared: [(window: WindowSpec, account: String)] = []
    for account in accounts {
      for window in account.windows where window.per == .app {
        guard let first = shared.first(where: { $0.window.name == window.name }) else {
          shared.append((window, account.name))
          continue
        }
        guard first.window != window else { continue }
        report(
          "'windows': \(quoted(window.name)) is shared by the accounts of client "
            + "\(quoted(client.name)), and account \(quoted(first.account)) has other limits",
          atKey: "accounts", account.name, "windows", window.name)
      }
    }
    return shared.map(\.window)
  }
}
