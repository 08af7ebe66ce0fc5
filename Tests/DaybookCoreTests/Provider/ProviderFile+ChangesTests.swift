import Testing

@testable import DaybookCore

@Suite("Provider file: lists of changes")
struct ProviderFileChangesTests {
  private static func settle(_ changes: String) -> [Int: String] {
    [13: "    settle: {changes: {\(changes)}}"]
  }

  @Test(
    "a mistake is told with its line and column",
    arguments: [
      WrongProvider(
        settle("get: \"/{user}/changed\", at: /*, form: ymd, since: unix"),
        "13:29: 'get': a request for changes must say since when: {since}"),
      WrongProvider(
        settle("get: \"/{user}/{start}/{since}\", at: /*, form: ymd, since: unix"),
        "13:29: 'get': '{start}' is no placeholder; known here: {user}, {since}"),
      WrongProvider(
        settle("get: \"/{user}/{since}\", at: /*, form: month, since: unix"),
        "13:62: 'form': expected one of ymd, compact, parts, wall, instant, unix, not 'month'"),
      WrongProvider(
        settle("get: \"/{user}/{since}\", at: /*, form: ymd, since: naive"),
        "13:74: 'since': expected one of unix, utc, basic, ymd, not 'naive'"),
      WrongProvider(
        settle("get: \"/{user}/{since}\", at: /*, form: ymd"),
        "13:23: the changes needs the key 'since': one of unix, utc, basic, ymd"),
      WrongProvider(settle("get: \"/{user}/{since}\", at: /*, form: ymd, since: basic")),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("{since} is a placeholder of changes alone, and no name for a param")
  func since() {
    WrongProvider(
      [10: "    request: {get: \"/{user}/{start}/{since}\"}"],
      "10:20: 'get': '{since}' is no placeholder; known here: {start}, {end}, {user}"
    ).check()
    WrongProvider(
      [5: "params: [user, since]"],
      "5:16: 'params': {since} has a meaning of its own; choose another name"
    ).check()
  }

  @Test("they arrive in the model")
  func values() throws {
    let file = WrongProvider(
      Self.settle("get: \"/{user}/changed?t={since}\", at: /days/*, form: compact, since: utc"))
    let provider = try ProviderFile.load(Array(file.text.utf8), file: "demo.yaml").get()
    let at = try #require(JSONPointer("/days/*"))
    #expect(
      provider.streams[0].settle.changes
        == Changes(Fact(get: "/{user}/changed?t={since}", at: at, form: .compact), since: .utc))
  }
}
