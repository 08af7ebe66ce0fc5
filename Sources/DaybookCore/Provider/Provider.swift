/// One provider as data: everything the engine needs to know to sign in, ask for a day, understand
/// the answer and stay within the limits. Loaded from `NAME.yaml` by ``ProviderFile``.
///
/// The language has knobs only: no expressions, no conditions, no functions. What a single
/// provider needs beyond them is a named behaviour: code with a test.
public struct Provider: Hashable, Sendable {
  public var name: String
  public var title: String
  public var login: Login
  public var urls: URLs
  public var client: ClientAuthentication = .form
  /// Proof key for code exchange, method S256 (RFC 7636).
  public var pkce = false
  public var scopes = Scopes()
  /// Constant fields added to the calls of sign-in.
  public var fixed = Fixed()
  /// Where the token answer holds its fields; the root by default.
  public var tokenAt: JSONPointer = .root
  /// The token answer is the token itself, as text.
  public var tokenIsText = false
  /// The word before the key in `Authorization:` when a key is exchanged.
  public var keyScheme = "ApiKey"
  public var tokenLife: TokenLife = .answer
  /// The provider lets a native app use any free loopback port (RFC 8252 §7.3).
  public var freeRedirectPort = false
  /// A sign-in always brings a refresh token; one that does not is no good.
  public var refreshExpected = false
  /// Days that a sign-in lasts while the client is `testing`, where the token answer is silent.
  public var testingLife: Int?
  /// For ``Login/form``.
  public var form: FormSpec?
  /// The author's sentence for who signs in: where a token is made, say.
  public var loginHelp: String?
  /// Names that an account must give under `params:`, usable as `{name}` in requests.
  public var params: [String] = []
  public var answers: [AnswerRow] = []
  public var account = AccountFacts()
  public var windows: [WindowSpec] = []
  public var meters: [Meter] = []
  public var streams: [StreamSpec]
  /// The first day is found by asking this stream for ever earlier days, where no fact tells it.
  public var walkBack: String?
  /// The day on which the provider said it will end.
  public var sunset: Day?
  /// The provider that has the person's history after this one's end; its file may be absent.
  public var successor: String?

  public init(name: String, title: String, login: Login, urls: URLs, streams: [StreamSpec]) {
    self.name = name
    self.title = title
    self.login = login
    self.urls = urls
    self.streams = streams
  }

  public func stream(_ name: String) -> StreamSpec? { streams.first { $0.name == name } }
}

/// A name and its value, in the order of the file.
public struct Field: Hashable, Sendable {
  public var name: String
  public var value: String
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
