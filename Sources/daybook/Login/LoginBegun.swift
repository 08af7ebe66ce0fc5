import DaybookCore

/// A sign-in that the daemon has begun, and, for a code, the listener for its redirect.
struct LoginBegun {
  let kind: Login
  /// What the provider file says to who signs in.
  let help: String?
  /// What the person opens; empty unless it is a code.
  let url: String
  let gate: RedirectGate
  /// Nil: the redirect ends elsewhere, or its port is taken; the URL must be pasted.
  let listener: RedirectListener?
  let response: VarlinkResponse
  private let expires: Instant

  /// Asks the daemon. Where the provider takes any port, listens first and then asks again with
  /// the port that was free.
  init(_ client: DaemonClient, account: String) throws(Failure) {
    let first = try LoginBegun.ask(client, account, nil)
    guard first.kind == .code, let address = RedirectAddress(first.redirectURI) else {
      self.init(first, listener: nil)
      return
    }
    let listener = RedirectListener(address)
    guard address.port == nil, let listener else {
      self.init(first, listener: listener)
      return
    }
    do {
      let second = try LoginBegun.ask(client, account, address.uri(port: listener.port))
      let agreed = RedirectAddress(second.redirectURI)?.port == listener.port
      self.init(second, listener: agreed ? listener : nil)
    } catch  where error.response != nil {
      // The provider takes the very port 80, which is not ours to have.
      self.init(first, listener: nil)
    }
  }

  private init(_ reply: Reply, listener: RedirectListener?) {
    kind = reply.kind
    help = reply.help
    url = reply.url
    expires = reply.expires
    response = reply.response
    self.listener = listener
    gate = RedirectGate(redirectURI: reply.redirectURI, authorizeURL: reply.url)
  }

  private struct Reply {
    var kind: Login
    var help: String?
    var url: String
    var redirectURI: String
    var expires: Instant
    var response: VarlinkResponse
  }

  private static func ask(
    _ client: DaemonClient, _ account: String, _ redirectURI: String?
  ) throws(Failure) -> Reply {
    let answer = try client.call(.loginBegin(account: account, redirectURI: redirectURI))
    guard case .loginBegun(let offer) = answer.reply else { throw client.gone }
    return Reply(
      kind: offer.kind, help: offer.help, url: offer.url ?? "",
      redirectURI: offer.redirectURI ?? "", expires: offer.expires, response: answer.response)
  }

  /// Never more than a sign-in's life, whatever the clocks say.
  func secondsLeft(_ now: Instant) -> Double {
    let life = Double(Limits.loginLife.inSeconds)
    let left = Double((expires - now).inSeconds)
    return left > 0 ? min(left, life) : life
  }
}
