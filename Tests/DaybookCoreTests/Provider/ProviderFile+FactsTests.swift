import Testing

@testable import DaybookCore

@Suite("Provider file: params and account facts")
struct ProviderFileFactsTests {
  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        13, "account: {id: {get: /me}}",
        "13:15: a fact needs the key 'at': a JSON pointer such as /data/0/id, or \"\" for the whole"
      ),
      WrongProvider(
        13, "account: {first_day: {get: /me, at: /d}}",
        "13:22: a fact needs the key 'form': one of ymd, compact, month, unix, instant, "
          + "wall, parts"),
      WrongProvider(
        13, "account: {id: {get: /me, at: /d, form: ymd}}",
        "13:40: 'form': expected 'text', not 'ymd'"),
      WrongProvider(
        13, "account: {synced_at: {get: /me, at: /d, form: compact}}",
        "13:47: 'form': expected one of unix, instant, wall, not 'compact'"),
      WrongProvider(
        13, "account: {zone: {get: me, at: /d}}", "13:23: 'get': a path begins with a slash"),
      WrongProvider(
        13, "account: {zone: {get: \"/me?u={usr}\", at: /d}}",
        "13:23: 'get': '{usr}' is no placeholder; did you mean '{user}'? known here: {user}"),
      WrongProvider(
        13, "account: {zone: {get: \"/me?d={start}\", at: /d}}",
        "13:23: 'get': '{start}' is no placeholder; known here: {user}"),
      WrongProvider(
        13, "account: {zone: {get: \"/me}\", at: /d}}",
        "13:23: 'get': '/me}' has a brace that belongs to no {placeholder}"),
      WrongProvider(
        13, "account: {zone: {get: \"/m e\", at: /d}}",
        "13:23: 'get': '/m e' has a character that a URL writes with % (RFC 3986)"),
      WrongProvider(
        13, "account: {zone: {get: \"/me#x\", at: /d}}",
        "13:23: 'get': '/me#x' has a character that a URL writes with % (RFC 3986)"),
      WrongProvider(
        13, "account: {born: {get: /me, at: /d}}",
        "13:11: unknown key 'born'. The keys of the account: id, zone, first_day, synced_at"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("facts arrive in the model")
  func values() throws {
    let more = """
      account:
        id: {get: /me, at: /id}
        first_day: {get: "/list?u={user}", at: /results/*, form: month}
        zone: {get: /me, at: /zone}
        synced_at: {get: /devices, at: /*/at, form: instant}
      """
    let bytes = Array(WrongProvider(13, more).text.utf8)
    let provider = try ProviderFile.load(bytes, file: "demo.yaml").get()
    #expect(provider.account.id == Fact(get: "/me", at: try pointer("/id"), form: .text))
    #expect(
      provider.account.firstDay
        == Fact(get: "/list?u={user}", at: try pointer("/results/*"), form: .month))
    #expect(
      provider.account.syncedAt
        == Fact(get: "/devices", at: try pointer("/*/at"), form: .instant))
  }

  private func pointer(_ text: String) throws -> JSONPointer {
    try #require(JSONPointer(text))
  }
}
