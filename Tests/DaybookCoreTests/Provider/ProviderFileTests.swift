import Testing

@testable import DaybookCore

@Suite("Provider file: the outermost keys")
struct ProviderFileTests {
  private static let keys = ProviderFile.keys.joined(separator: ", ")

  @Test("the file that the tables of mistakes begin with is right")
  func right() {
    WrongProvider([:]).check()
  }

  @Test(
    "a mistake is told with its line and column, and nothing else is",
    arguments: [
      WrongProvider(1, "name: Demo", "1:7: 'name': 'Demo' is no name; \(Name.rule)"),
      WrongProvider(
        1, "name: other", "1:7: 'name': the file must be called 'other.yaml', not 'demo.yaml'"),
      WrongProvider(1, "# none", "2:1: a provider file needs the key 'name': a name"),
      WrongProvider(1, "name:", "1:1: 'name': expected a name, not nothing"),
      WrongProvider(2, "title: []", "2:8: 'title': expected text, not a list"),
      WrongProvider(
        2, "title: Demo\ntitle: Demo", "3:1: key 'title' stands twice; the first is in line 2"),
      WrongProvider(
        3, "lgoin: code",
        "1:1: a provider file needs the key 'login': one of code, key, token, form, none",
        "3:1: unknown key 'lgoin'; did you mean 'login'? The keys of a provider file: \(keys)"),
      WrongProvider(
        3, "login: cod",
        "3:8: 'login': expected one of code, key, token, form, none, not 'cod'; did you mean 'code'?"
      ),
      WrongProvider(
        3, "login: [code]", "3:8: 'login': expected one of code, key, token, form, none, not a list"
      ),
      WrongProvider(
        13, "pages: none", "13:1: unknown key 'pages'. The keys of a provider file: \(keys)"),
      WrongProvider(
        13, "sunset: 2018-02-30",
        "13:9: 'sunset': expected a date such as 2016-06-18, not '2018-02-30'"),
      WrongProvider(
        13, "successor: demo", "13:12: 'successor': 'demo' is this provider itself"),
      WrongProvider(
        13, "successor: Other One", "13:12: 'successor': 'Other One' is no name; \(Name.rule)"),
      WrongProvider(
        8, "streams: []\nstream:",
        "8:10: 'streams': expected at least 1",
        "9:1: unknown key 'stream'; did you mean 'streams'? The keys of a provider file: \(keys)"),
      WrongProvider(5, "params: [user, user]", "5:16: 'params': 'user' stands twice"),
      WrongProvider(
        5, "params: [user, phone]",
        "5:16: 'params': {phone} is used by no request; leave the param out"),
      WrongProvider(
        5, "params: [user, start]",
        "5:16: 'params': {start} has a meaning of its own; choose another name"),
      WrongProvider(5, "params: [user, \"a b\"]", "5:16: 'params': 'a b' is no name; \(Name.rule)"),
    ])
  func wrong(_ file: WrongProvider) {
    file.check()
  }

  @Test("all mistakes of a file are told at once, in its order")
  func allAtOnce() {
    WrongProvider(
      [
        2: "title:", 3: "login: kee", 7: "  - {name: minute, seconds: 0, limit: 60, per: all}",
        12: "    item: /steps",
      ],
      "2:1: 'title': expected text, not nothing",
      "3:8: 'login': expected one of code, key, token, form, none, not 'kee'; did you mean 'key'?",
      "7:29: 'seconds': expected a number above 0, at most 2678400, not '0'",
      "7:48: 'per': expected one of app, user, not 'all'",
      "9:5: a stream needs the key 'items': a JSON pointer such as /data/0/id, or \"\" for "
        + "the whole, "
        + "or a list of such",
      "12:5: unknown key 'item'; did you mean 'items'? The keys of a stream: name, request, "
        + "snapshot, window, "
        + "items, span, pad, pages, document, entities, belongs, each, index, reach, settle, "
        + "volatile, prints_in, scope"
    ).check()
  }

  @Test(
    "a file that is none is told in one line",
    arguments: [
      ("", "1:1: a provider file needs the key 'name': a name"),
      ("- a\n", "1:1: expected a provider file (keys and values), not a list"),
      ("hello", "1:1: expected a provider file (keys and values), not 'hello'"),
      (
        "a: [",
        "2:1: not valid YAML: did not find expected node content (while parsing a flow node "
          + "that begins at 2:1)"
      ),
    ])
  func noFile(text: String, first: String) throws {
    guard case .failure(let problems) = ProviderFile.load(Array(text.utf8), file: "x.yaml") else {
      Issue.record("accepted")
      return
    }
    #expect(problems.lines.first == "x.yaml:" + first)
  }

  @Test("the list of keys is the one that the loader asks for")
  func keyList() {
    guard case .failure(let problems) = ProviderFile.load(Array("zzz: 1\n".utf8), file: "x.yaml")
    else { return }
    let line = problems.lines.last { $0.contains("zzz") }
    #expect(line == "x.yaml:1:1: unknown key 'zzz'. The keys of a provider file: \(Self.keys)")
  }
}
