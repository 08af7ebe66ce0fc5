/// What the operator wrote: which apps, which accounts, where the archive is. Loaded from
/// `daybook.yaml` by ``SettingsFile``.
public struct Settings: Hashable, Sendable {
  /// In the order of the file.
  public var clients: [ClientSettings] = []
  public var accounts: [AccountSettings] = []
  /// Absolute path of the archive; nil: `archive` in the state directory.
  public var archive: String?
  /// How often today is read.
  public var fresh: Duration = .hours(3)
  /// Where the keys are that tokens at rest are encrypted with; nil: they are kept as they are.
  public var tokenKey: SecretSource?

  public init() {}

  /// Where the browser is sent after sign-in unless the account says otherwise: loopback, as
  /// RFC 8252 §7.3 has it, at the port that the README tells people to register.
  public static let defaultRedirectURI = "http://127.0.0.1:8754/"

  public func account(_ name: String) -> AccountSettings? { accounts.first { $0.name == name } }
  public func client(_ name: String) -> ClientSettings? { clients.first { $0.name == name } }
}

/// Where a secret is that the settings only name.
public enum SecretSource: Hashable, Sendable {
  /// Name of a systemd credential.
  case credential(String)
  /// Absolute path of a file that only its owner may read.
  case file(String)
}

/// An app registered at a provider.
public struct ClientSettings: Hashable, Sendable {
  public var name: String
  public var provider: String
  public var clientID: String
  /// Nil for a public client.
  public var secret: SecretSource?
  /// The provider has the app as being tried out, which may end its sign-ins early.
  public var testing = false

  public init(name: String, provider: String, clientID: String, secret: SecretSource?) {
    self.name = name
    self.provider = provider
    self.clientID = clientID
    self.secret = secret
  }
}

/// One person's account at a provider.
public struct AccountSettings: Hashable, Sendable {
  public var name: String
  public var provider: String
  /// Name of an entry of `clients`; nil where the provider needs none.
  public var client: String?
  /// `scheme://host[:port]` that replaces the one of every URL of the provider file.
  public var origin: String?
  public var allowPlainHTTP = false
  /// Values of the provider's `params`, in the order of the file.
  public var params: [Field] = []
  /// No day before this one is asked for.
  public var since: Day?
  /// Nil: all of the provider's.
  public var streams: [String]?
  /// IANA name; nil: as the provider says, else UTC.
  public var zone: String?
  /// Registered at the provider. ``ConfigurationCheck`` fills in ``Settings/defaultRedirectURI``
  /// where a sign-in needs one.
  public var redirectURI: String?
  /// The operator's own limits: they replace the window of the same name, or add one.
  public var windows: [WindowSpec] = []
  /// Seconds that one call may take; nil: ``Limits/callTimeout``.
  public var timeout: Duration?
  /// Accounts shown together.
  public var timeline: String?
  /// The account's former name: its rows and folder are renamed.
  public var was: String?

  public init(name: String, provider: String) {
    self.name = name
    self.provider = provider
  }
}
