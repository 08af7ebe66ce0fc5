import Testing

@testable import DaybookCore

@Suite("Provider file: sign-in")
struct ProviderFileSignInTests {
  private static let url = "expected a URL such as https://host/path"
  private static let none = "urls: {api: https://a.example}"

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        4, "urls: {api: https://a.example}",
        "4:7: login: code needs the key 'authorize' among the urls",
        "4:7: login: code needs the key 'token' among the urls"),
      WrongProvider(
        4, "urls: https://a.example",
        "4:7: expected the urls (keys and values), not 'https://a.example'"),
      WrongProvider(
        4, "urls: {authorize: a.example, token: ftp://a.example, api: \"https://a.example/ b\"}",
        "4:19: 'authorize': \(url), not 'a.example'",
        "4:37: 'token': \(url), not 'ftp://a.example'",
        "4:59: 'api': \(url), not the quoted text 'https://a.example/ b'"),
      WrongProvider(
        4,
        "urls: {authorize: http://a.example/a, token: http://127.0.0.1:1/t, api: "
          + "https://a.example/}",
        "4:19: 'authorize': must be https; http is for this machine itself (127.0.0.1, "
          + "localhost) only",
        "4:73: 'api': leave out the slash at the end; request paths begin with one"),
      WrongProvider(
        [3: "login: none", 4: none, 13: "pkce: true\nclient: basic\ntoken_life: endless"],
        "13:1: 'pkce' is for login: code only", "14:1: 'client' is for login: code only",
        "15:1: 'token_life' is for login: code or key or token only"),
      WrongProvider(
        [3: "login: none"],
        "4:8: 'authorize' is for login: code only",
        "4:40: 'token' is for login: code or key only"),
      WrongProvider(
        [3: "login: key", 4: none, 13: "key_scheme: a b\npkce: true"],
        "4:7: login: key needs the key 'token' among the urls",
        "13:13: 'key_scheme': 'a b' is not one word", "14:1: 'pkce' is for login: code only"),
      WrongProvider(
        13, "client: header",
        "13:9: 'client': expected one of form, basic, public, not 'header'"),
      WrongProvider(13, "pkce: yes", "13:7: 'pkce': expected true or false, not 'yes'"),
      WrongProvider(
        13, "pkce: \"true\"", "13:7: 'pkce': expected true or false, not the quoted text 'true'"),
      WrongProvider(
        13, "scopes: {needed: [\"a b\"], wished: [c, c]}",
        "13:19: 'needed': 'a b' is not one scope; write several as a list",
        "13:39: 'wished': 'c' stands twice"),
      WrongProvider(
        13, "scopes: {needed: [\"a,b\"], joint: comma}",
        "13:19: 'needed': 'a,b' is not one scope; write several as a list"),
      WrongProvider(
        13, "scopes: {needed: [a], wished: [a]}",
        "13:31: 'a' is among the needed ones already"),
      WrongProvider(
        13, "fixed: {refresh: {scope: offline, client_secret: x}}",
        "13:18: 'refresh': 'client_secret' is filled in by Daybook"),
      WrongProvider(
        13, "fixed: {login: {a: b}}",
        "13:9: unknown key 'login'. The keys of the fixed fields: authorize, exchange, refresh, "
          + "header"),
      WrongProvider(
        [3: "login: none", 4: none, 13: "fixed: {refresh: {a: b}}\nlogin_help: x\nform: {}"],
        "13:9: 'refresh' is for login: code only",
        "14:1: 'login_help' is for login: code or key or token or form only",
        "15:1: 'form' is for login: form only",
        "15:7: the form needs the key 'page': a path such as /user/profile",
        "15:7: the form needs the key 'post': a path such as /user/profile",
        "15:7: the form needs the key 'user': the name of a field of the form",
        "15:7: the form needs the key 'password': the name of a field of the form",
        "15:7: the form needs the key 'success': a list, each a path such as /user/profile"),
      WrongProvider(
        [3: "login: token", 4: none, 13: "testing_life: 7\nrefresh_expected: true"],
        "13:1: 'testing_life' is for login: code only",
        "14:1: 'refresh_expected' is for login: code only"),
      WrongProvider(
        13, "fixed: {header: {Cookie: x}}",
        "13:17: 'header': 'Cookie' is filled in by Daybook"),
      WrongProvider(
        13, "fixed: {header: {\"a b\": x}}", "13:17: 'header': 'a b' is no header's name"),
      WrongProvider(
        13, "fixed: {header: {X-A: x, x-a: y}}", "13:17: 'header': 'x-a' stands twice"),
      WrongProvider(
        13, "fixed: {header: {X-A: \"x\\n\"}}",
        "13:23: 'X-A': 'x\\u{A}' is no header's value"),
      WrongProvider(
        13, "login_help: \"a\\nb\"", "13:13: 'login_help': must be one line"),
      WrongProvider(
        13, "testing_life: 0",
        "13:15: 'testing_life': expected a whole number from 1 to 3660, not '0'"),
      WrongProvider(
        13, "token_at: body",
        "13:11: 'token_at': expected text, or a JSON pointer such as "
          + "/data/0/id, or \"\" for the whole, not 'body'"),
      WrongProvider(
        13, "token_life: 0",
        "13:13: 'token_life': expected answer, endless, jwt, or whole seconds, not '0'"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("every key of sign-in arrives in the model")
  func values() throws {
    let more = """
      client: basic
      pkce: true
      scopes: {needed: [a, b], wished: [c], joint: comma}
      fixed:
        authorize: {access_type: offline, prompt: consent}
        exchange: {action: requesttoken}
        header: {User-Agent: "Mozilla/5.0 (X11)"}
        refresh: {scope: offline}
      token_at: /body
      token_life: 10800
      free_redirect_port: true
      refresh_expected: true
      testing_life: 7
      login_help: allow all of it
      """
    let bytes = Array(WrongProvider(13, more).text.utf8)
    let provider = try ProviderFile.load(bytes, file: "demo.yaml").get()
    #expect(provider.client == .basic && provider.pkce && provider.freeRedirectPort)
    #expect(provider.scopes.asked == "a,b,c")
    #expect(
      provider.fixed.authorize == [Field("access_type", "offline"), Field("prompt", "consent")])
    #expect(provider.fixed.exchange == [Field("action", "requesttoken")])
    #expect(provider.fixed.header == [Field("User-Agent", "Mozilla/5.0 (X11)")])
    #expect(provider.refreshExpected && provider.testingLife == 7)
    #expect(provider.loginHelp == "allow all of it")
    #expect(provider.fixed.refresh == [Field("scope", "offline")])
    #expect(provider.tokenAt == JSONPointer("/body"))
    #expect(provider.tokenLife == .seconds(10_800))
  }

  @Test(
    "a token's life is a number, or what the answer says, or endless",
    arguments: [
      ("answer", TokenLife.answer), ("endless", .endless), ("3600", .seconds(3_600)),
      ("jwt", .jwt),
    ])
  func tokenLife(text: String, life: TokenLife) throws {
    let bytes = Array(WrongProvider(13, "token_life: \(text)").text.utf8)
    #expect(try ProviderFile.load(bytes, file: "demo.yaml").get().tokenLife == life)
  }
}
