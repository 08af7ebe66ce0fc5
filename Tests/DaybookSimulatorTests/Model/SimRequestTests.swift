import Testing

@testable import DaybookSimulator

struct SimRequestTests {
  @Test(
    "the target may be a path or a whole URL",
    arguments: [
      ("/a/b", "/a/b", ""),
      ("/a/b?c=d", "/a/b", "c=d"),
      ("/a?b=c?d", "/a", "b=c?d"),
      ("/a?", "/a", ""),
      ("http://127.0.0.1:80/a/b?c=d", "/a/b", "c=d"),
      ("https://api.example/a", "/a", ""),
      ("http://host", "/", ""),
      ("http://host:8080?x=1", "/", "x=1"),
      ("http://host/a#b", "/a", ""),
      ("/a?u=http://x/y", "/a", "u=http://x/y"),
      ("/a#b?c", "/a", ""),
    ])
  func target(text: String, path: String, query: String) {
    let request = SimRequest("GET", text)
    #expect(request.path == path)
    #expect(request.rawQuery == query)
  }

  @Test(
    "components leave out what is empty",
    arguments: [
      ("/", []), ("", []), ("/a", ["a"]), ("/a/", ["a"]), ("//a//b", ["a", "b"]),
      ("/api/1.1/user", ["api", "1.1", "user"]),
    ] as [(String, [String])])
  func components(path: String, expected: [String]) {
    #expect(SimRequest("GET", path).components.map(String.init) == expected)
  }

  @Test("header names are found whatever their case, values stay as they are")
  func headers() {
    let request = SimRequest(
      "GET", "/", headers: [SimField("If-None-Match", "W/\"Ab\""), SimField("X-A", "1")])
    #expect(request.header("if-none-match") == "W/\"Ab\"")
    #expect(request.header("x-a") == "1")
    #expect(request.header("x-b") == nil)
  }

  @Test("the method is put into capitals")
  func method() {
    #expect(SimRequest("post", "/").method == "POST")
  }

  @Test("a form counts only with its content type")
  func form() {
    let body = Array("a=1&b=x+y%21".utf8)
    let type = "application/x-www-form-urlencoded; charset=utf-8"
    let form = SimRequest("POST", "/", headers: [SimField("Content-Type", type)], body: body)
    #expect(form.form == [SimField("a", "1"), SimField("b", "x y!")])
    #expect(form.parameter("b") == "x y!")
    let json = SimRequest(
      "POST", "/", headers: [SimField("Content-Type", "application/json")], body: body)
    #expect(json.form.isEmpty)
    #expect(json.parameter("b") == nil)
    #expect(SimRequest("POST", "/", body: body).form.isEmpty)
  }

  @Test("the query wins over the form")
  func precedence() {
    let request = SimRequest(
      "POST", "/?a=query",
      headers: [SimField("content-type", "application/x-www-form-urlencoded")],
      body: Array("a=form&b=form".utf8))
    #expect(request.parameter("a") == "query")
    #expect(request.parameter("b") == "form")
  }
}
