import DaybookCore
import Testing

@testable import DaybookSimulator

/// A browser of the time in front of the simulated site: keeps cookies, fills in the form.
struct SiteBrowser {
  var model: FitbitSiteModel
  var now: Instant
  /// Of a server, which is asked instead of the model.
  var origin: String?
  var agent: String? = "Mozilla/5.0 (X11; Linux x86_64) Chrome/41.0.2228.0"
  /// In the order in which they came.
  var cookies: [SimField] = []
  var userID = ""

  static let noon = Instant(seconds: 1_403_092_800)  // 2014-06-18T12:00:00Z

  init(now: Instant = SiteBrowser.noon, _ adjust: (inout FitbitSiteSettings) -> Void = { _ in }) {
    var settings = FitbitSiteSettings(firstDay: day("2013-01-01"))
    settings.lateRate = 0
    settings.emptyRate = 0
    settings.ellipsisRate = 0
    adjust(&settings)
    self.model = FitbitSiteModel(settings)
    self.now = now
  }

  static func signedIn(
    now: Instant = SiteBrowser.noon, _ adjust: (inout FitbitSiteSettings) -> Void = { _ in }
  ) -> SiteBrowser {
    var browser = SiteBrowser(now: now, adjust)
    _ = browser.signIn()
    return browser
  }

  /// One request with the cookies that there are; keeps what the answer sets.
  mutating func send(_ method: String = "GET", _ target: String, body: String = "") -> SimResponse {
    var headers = agent.map { [SimField("User-Agent", $0)] } ?? []
    if !cookies.isEmpty {
      let text = cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
      headers.append(SimField("Cookie", text))
    }
    if !body.isEmpty {
      headers.append(SimField("Content-Type", "application/x-www-form-urlencoded"))
    }
    let request = SimRequest(method, target, headers: headers, body: Array(body.utf8))
    let answer = origin.map(request.sent) ?? model.answer(request, now: now)
    for field in answer.headers where field.name == "Set-Cookie" { keep(field.value) }
    return answer
  }

  private mutating func keep(_ text: String) {
    let pair = text.prefix { $0 != ";" }.split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    cookies.removeAll { $0.name == pair[0] }
    guard !text.contains("Max-Age=0") else { return }
    cookies.append(SimField(String(pair[0]), String(pair[1])))
  }

  subscript(cookie name: String) -> String? { cookies.first { $0.name == name }?.value }

  mutating func drop(_ name: String) { cookies.removeAll { $0.name == name } }

  // MARK: The form

  /// The value of a hidden input; empty when there is none.
  static func hidden(_ name: String, _ page: SimResponse) -> String {
    let parts = page.bodyText.split(separator: "name=\"\(name)\" value=\"")
    return parts.count == 2 ? String(parts[1].prefix { $0 != "\"" }) : ""
  }

  /// What a browser sends for a login page, changed as a test wants it; nil leaves a field out.
  static func fields(
    _ page: SimResponse, _ changes: [String: String?] = [:]
  ) -> String {
    let whole = [
      ("email", "jane@example.org"), ("password", "s3cret of the simulator"),
      ("_sourcePage", hidden("_sourcePage", page)), ("__fp", hidden("__fp", page)),
      ("login", "Log In"), ("includeWorkflow", "false"), ("redirect", ""), ("rememberMe", "true"),
    ]
    let added = changes.keys.sorted().filter { key in !whole.contains { $0.0 == key } }
    let fields = whole + added.map { ($0, "") }
    return fields.compactMap { name, value in
      let value = changes[name] ?? value
      return value.map { "\(name)=\(FormText.encoded($0))" }
    }.joined(separator: "&")
  }

  /// The whole way: `/`, the form, the form sent back, the dashboard. The answer to the form.
  mutating func signIn(_ changes: [String: String?] = [:]) -> SimResponse {
    _ = send("GET", "/")
    let page = send("GET", "/login")
    let answer = send("POST", "/login", body: Self.fields(page, changes))
    if answer.status == 302 {
      let dashboard = send("GET", "/").bodyText
      userID =
        dashboard.split(separator: "userId=").dropFirst().first.map {
          String($0.prefix { $0.isLetter || $0.isNumber })
        } ?? ""
    }
    return answer
  }

  // MARK: Data

  /// As the site's own charts asked; nil leaves a parameter out.
  func target(_ type: String, _ date: String, _ changes: [String: String?] = [:]) -> String {
    let whole: [(String, String?)] = [
      ("userId", userID), ("type", type), ("version", "amchart"),
      ("dataVersion", type == "intradaySleep" ? "2112" : "2108"), ("chart_Type", "column2d"),
      ("period", "1d"), ("dateTo", date), ("arg", nil),
    ]
    let fields = whole.compactMap { name, value in
      (changes[name] ?? value).map { "\(name)=\(FormText.encoded($0))" }
    }
    return "/graph/getGraphData?" + fields.joined(separator: "&")
  }

  mutating func graph(
    _ type: String, _ date: String, _ changes: [String: String?] = [:]
  ) -> SimResponse {
    send("GET", target(type, date, changes))
  }

  /// The texts of the values, in order.
  static func values(_ answer: SimResponse) -> [String] {
    answer.bodyText.split(separator: "\n").filter { $0.hasPrefix("<value") }.compactMap { line in
      guard let start = line.firstIndex(of: ">"), line.hasSuffix("</value>") else { return nil }
      return String(line[line.index(after: start)...].dropLast(8))
    }
  }

  /// The texts of `description`, in order.
  static func descriptions(_ answer: SimResponse) -> [String] {
    answer.bodyText.split(separator: "\n").filter { $0.hasPrefix("<value description=\"") }.map {
      String($0.dropFirst(20).prefix { $0 != "\"" })
    }
  }

  /// One switch, which must be there.
  mutating func flip(_ target: String, _ location: SourceLocation = #_sourceLocation) {
    let done = control(target)
    #expect(done, "\(target)", sourceLocation: location)
  }

  mutating func control(_ target: String) -> Bool {
    let request = SimRequest("POST", "/sim/fitbit-site/" + target)
    return model.control(request.components.last.map(String.init) ?? "", request, now: now)
  }
}

struct SiteBrowserTests {
  @Test("the browser of the tests keeps, replaces and drops cookies")
  func cookies() {
    var browser = SiteBrowser.signedIn()
    let first = browser[cookie: "sid"]
    #expect(browser.cookies.map(\.name) == ["JSESSIONID", "sid", "uid", "uis"])
    _ = browser.signIn()
    #expect(browser[cookie: "sid"] != first)
    _ = browser.send("GET", "/logout")
    #expect(browser.cookies.map(\.name) == ["JSESSIONID"])
  }
}
