import Testing

@testable import DaybookCore

@Suite("Provider file: sign-in by a form")
struct ProviderFileFormTests {
  private static let urls = "urls: {api: https://a.example}"
  private static let form = """
    form:
      start: /
      page: /login
      post: /login?go=1
      hidden: [_page, __fp]
      user: email
      password: password
      fields: {login: Log In, redirect: "", rememberMe: "true"}
      success: [/, "/home?x=1"]
      id: [{before: "userId="}, {before: /user/}]
    """

  private static func file(_ more: String, request: String? = nil) -> [Int: String] {
    var lines = [3: "login: form", 4: urls, 13: more]
    lines[10] = request
    return lines
  }

  private func load(_ changes: [Int: String]) throws -> Provider {
    let text = WrongProvider(changes).text
    return try ProviderFile.load(Array(text.utf8), file: "demo.yaml").get()
  }

  @Test("every key of the form arrives in the model") func values() throws {
    let form = try #require(try load(Self.file(Self.form)).form)
    #expect(form.start == "/" && form.page == "/login" && form.post == "/login?go=1")
    #expect(form.hidden == ["_page", "__fp"])
    #expect(form.user == "email" && form.password == "password")
    #expect(
      form.fields == [
        Field("login", "Log In"), Field("redirect", ""), Field("rememberMe", "true"),
      ])
    #expect(form.success == ["/", "/home?x=1"] && form.id == ["userId=", "/user/"])
  }

  @Test("what may be left out is empty then") func least() throws {
    let text = "form: {page: /in, post: /in, user: u, password: p, success: [/]}"
    let form = try #require(try load(Self.file(text)).form)
    #expect(form.start == nil && form.hidden.isEmpty && form.fields.isEmpty && form.id.isEmpty)
  }

  @Test("the account's id may stand in requests when somebody tells it") func id() throws {
    let request = "    request: {get: \"/{user}/{id}/{start}\"}"
    #expect(throws: Never.self) { try load(Self.file(Self.form, request: request)) }
    let fact = "account: {id: {get: /me, at: /id}}"
    #expect(throws: Never.self) { try load([10: request, 13: fact]) }
    WrongProvider(
      [10: request],
      "10:20: 'get': '{id}' is no placeholder; known here: {start}, {end}, {user}"
    ).check()
    WrongProvider(
      13, "account: {id: {get: \"/{id}\", at: /id}}",
      "13:21: 'get': '{id}' is no placeholder; known here: {user}"
    ).check()
  }

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        file("pkce: true"), "1:1: login: form needs the key 'form'",
        "13:1: 'pkce' is for login: code only"),
      WrongProvider(
        file("form: {page: in, post: \"/a b\", user: u, password: p, success: []}"),
        "13:14: 'page': a path begins with a slash",
        "13:24: 'post': '/a b' has a character that a URL writes with % (RFC 3986)",
        "13:63: 'success': expected at least 1"),
      WrongProvider(
        file("form: {page: /in, post: /in, user: u, password: u, success: [/in], hidden: [u]}"),
        "13:49: the field 'u' has a value already",
        "13:61: '/in' is the page with the form, which is no success",
        "13:76: the field 'u' has a value already"),
      WrongProvider(
        file("form: {page: /in, post: /in, user: u, password: p, success: [/], id: [{after: x}]}"),
        "13:71: a marker of the id needs the key 'before': text",
        "13:72: unknown key 'after'. The keys of a marker of the id: before"),
      WrongProvider(
        file("form: {page: /in, post: /in, user: u, password: p, success: [/], captcha: x}"),
        "13:66: unknown key 'captcha'. The keys of the form: start, page, post, hidden, user, "
          + "password, fields, success, id"),
      WrongProvider(
        file("form: {page: \"/{user}\", post: /in, user: u, password: p, success: [/]}"),
        "13:14: 'page': '{user}' is no placeholder; none can stand here"),
    ])
  func wrong(_ file: WrongProvider) { file.check() }
}
