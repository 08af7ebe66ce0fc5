import Testing

@testable import DaybookCore

@Suite("Signing in")
struct SignInTests {
  @Test(
    "scopes are asked for in the order of the file, the needed ones first",
    arguments: [
      (Scopes(), ""),
      (Scopes(needed: ["a"]), "a"),
      (Scopes(wished: ["b"]), "b"),
      (Scopes(needed: ["a", "c"], wished: ["b"]), "a c b"),
      (Scopes(needed: ["a", "c"], wished: ["b"], joint: .comma), "a,c,b"),
      (Scopes(needed: ["z"], joint: .comma), "z"),
    ])
  func asked(scopes: Scopes, text: String) { #expect(scopes.asked == text) }

  @Test("words that provider files use stay as they are")
  func words() {
    #expect(Login.allCases.map(\.rawValue) == ["code", "key", "token", "form", "none"])
    #expect(ClientAuthentication.allCases.map(\.rawValue) == ["form", "basic", "public"])
    #expect(Scopes.Joint.allCases.map(\.rawValue) == ["space", "comma"])
  }

  @Test("only the place of requests must be known, the rest is for those that have a sign-in")
  func urls() {
    let urls = URLs(api: "https://api.example")
    #expect(urls.authorize == nil && urls.token == nil && urls.revoke == nil)
    #expect(urls.api == "https://api.example")
  }

  @Test("nothing is added to a call that the file does not name")
  func fixed() {
    #expect(Fixed().authorize.isEmpty && Fixed().exchange.isEmpty && Fixed().refresh.isEmpty)
    #expect(Fixed().header.isEmpty)
  }

  @Test("a scope that is not granted costs the streams that name it, a needed one all of them")
  func losses() {
    var provider = Provider(
      name: "p", title: "P", login: .code, urls: URLs(api: "https://a"), streams: [])
    provider.scopes = Scopes(needed: ["all"], wished: ["heart", "mood"])
    let streams = ["steps", "pulse", "zones"].map { name in
      var stream = StreamSpec(
        name: name, request: Request(path: "/"), window: DayWindow(form: .ymd, ends: .both))
      if name != "steps" { stream.scope = "heart" }
      return stream
    }
    #expect(provider.losses([], of: streams).isEmpty)
    #expect(
      provider.losses(["heart", "mood", "all"], of: streams) == [
        ScopeLoss(scope: "heart", streams: ["pulse", "zones"]),
        ScopeLoss(scope: "mood", streams: []),
        ScopeLoss(scope: "all", streams: ["steps", "pulse", "zones"]),
      ])
  }
}
