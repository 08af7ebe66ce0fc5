import DaybookCore

@testable import DaybookEngine

/// What one bench begins with.
struct BenchOptions {
  var provider = Provider.bench()
  var others: [Provider] = []
  var accounts = [AccountSettings.bench("me")]
  var firstDay: Day? = Bench.day("2018-06-12")
  var signedIn = true
  var tokenLife: Duration?
  var synchronised = true
  /// What each process finds when it first looks at the archive.
  var disk = ProbeResult.writable
  /// How long the machine has been up.
  var up = Duration.hours(1)

  var configuration: Configuration {
    var settings = Settings()
    settings.clients = [
      ClientSettings(name: "app", provider: "p", clientID: "id", secret: .credential("s"))
    ]
    settings.accounts = accounts
    return Configuration(
      settings: settings,
      providers: Dictionary(uniqueKeysWithValues: ([provider] + others).map { ($0.name, $0) }),
      secrets: ["app": Secret("s3cret")])
  }

  /// Writes the account book as sign-ins would have left it.
  func prepare(_ folder: ScratchFolder, now: Instant) throws {
    let book = try AccountBook(path: folder.path("accounts.sqlite"))
    guard signedIn else { return }
    for account in accounts {
      var record = AccountRecord(name: account.name, provider: account.provider)
      record.person = "7"
      record.firstDay = firstDay
      record.factsAt = now
      try book.put(record)
      let login = ([provider] + others).first { $0.name == account.provider }?.login
      guard login == .code else { continue }
      try book.put(.bench(at: now, life: tokenLife), account: account.name, answer: nil)
    }
  }
}

extension Grant {
  static func bench(at now: Instant, life: Duration? = nil) -> Grant {
    var grant = Grant(
      access: Secret("access-1"), refresh: Secret("refresh-1"), receivedAt: now, life: life,
      scopes: [], generation: 1)
    grant.proven = true
    return grant
  }
}

extension AccountSettings {
  static func bench(_ name: String, client: String? = "app") -> AccountSettings {
    var account = AccountSettings(name: name, provider: "p")
    account.client = client
    return account
  }
}

extension Provider {
  /// A provider `p` with these streams, one day in each call, and no limits.
  static func bench(
    _ streams: [String] = ["steps"], login: Login = .code, name: String = "p",
    _ change: (inout Provider) -> Void = { _ in }
  ) -> Provider {
    var urls = URLs(api: "https://api.p.test/v1")
    if login == .code {
      urls.authorize = "https://p.test/authorize"
      urls.token = "https://p.test/token"
    }
    let specs = streams.map { stream in
      var spec = StreamSpec(
        name: stream, request: DaybookCore.Request(path: "/\(stream)/{start}"),
        window: DayWindow(form: .ymd, ends: .both))
      spec.items = [.items]
      return spec
    }
    var provider = Provider(name: name, title: "Plain", login: login, urls: urls, streams: specs)
    change(&provider)
    return provider
  }
}

extension JSONPointer {
  static let items = JSONPointer(segments: [.key("items")])
  static func at(_ key: String) -> JSONPointer { JSONPointer(segments: [.key(key)]) }
}

extension WindowSpec {
  static func bench(
    _ name: String, _ seconds: Double, _ limit: Int, per: Per = .user, align: Align = .rolling
  ) -> WindowSpec {
    WindowSpec(name: name, seconds: seconds, limit: limit, per: per, align: align)
  }
}
