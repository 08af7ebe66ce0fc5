@testable import DaybookCore
@testable import daybook

/// A token answer holds a token that can be sent, with a life of reasonable length, or none.
func checkToken(_ bytes: [UInt8]) throws(Broken) {
  for life in [TokenLife.answer, .seconds(3_600), .jwt, .endless] {
    if let document = try? JSONValue(parsing: bytes),
      let answer = try? TokenAnswer(document, at: .root, life: life, now: someMoment)
    {
      try checkTokens(answer)
    }
    if let answer = try? TokenAnswer(text: bytes, life: life, now: someMoment) {
      try checkTokens(answer)
    }
  }
}

private func checkTokens(_ answer: TokenAnswer) throws(Broken) {
  for token in [answer.access, answer.refresh].compactMap({ $0 }) {
    try hold(
      token.expose().utf8.allSatisfy { $0 > 32 && $0 < 127 } && !token.isEmpty,
      "a token that no header can hold")
  }
  for life in [answer.life, answer.refreshLife].compactMap({ $0 }) {
    try hold((1...Limits.tokenLife).contains(life.inSeconds), "a life of \(life)")
  }
  let grant = Grant(
    access: answer.access, refresh: answer.refresh, receivedAt: someMoment, life: answer.life,
    scopes: answer.scopes, generation: 1)
  if let moment = grant.refreshAt {
    try hold(moment >= someMoment && !grant.isExpired(at: moment - .microseconds(1)), "\(moment)")
  }
  let term = GrantTerm.after(nil, left: answer.refreshLife, now: someMoment)
  for warning in term?.warnings ?? [] { try hold(warning >= someMoment, "\(warning)") }
}

private let site = Origin("https://site.example")!

/// Lines of `Set-Cookie` make cookies that can be sent and stored; a redirect leads to a place of
/// the same server or nowhere.
func checkCookies(_ bytes: [UInt8]) throws(Broken) {
  let lines = text(bytes).split(separator: "\n").map { Field("set-cookie", String($0)) }
  var jar = CookieJar()
  jar.take(lines, from: "/a/b?c", at: site, now: someMoment)
  try hold(jar.cookies.count <= Limits.cookies, "\(jar.cookies.count) cookies")
  try hold(CookieJar(stored: jar.stored) == jar, "stored, it is another jar")
  let header = jar.header(for: "/a/b", at: site, now: someMoment)
  try hold(isSendable(header), "a header that cannot be sent")
  for line in lines.prefix(4) {
    guard case .path(let path) = SitePlace(line.value, from: "/a/b?c", at: site) else { continue }
    try hold(Origin.split("\(site)\(path)")?.origin == site, "it leads to \(path)")
    // A path of two slashes would be read as a server.
    if path.hasPrefix("//") { continue }
    try hold(SitePlace(path, from: "/", at: site) == .path(path), "\(path) leads elsewhere")
  }
}

private func isSendable(_ secret: Secret?) -> Bool {
  secret?.expose().utf8.allSatisfy { $0 >= 32 && $0 < 127 } ?? true
}

/// A sign-in by form ends, whatever the site answers, and sends nothing to anybody else. Answers
/// are parted by zero bytes: a line with the status, header lines, an empty line, a body.
func checkForm(_ bytes: [UInt8]) throws(Broken) {
  var spec = FormSpec(
    page: "/login", post: "/post", user: "u", password: "p", success: ["/", "/home"])
  spec.start = "/start"
  spec.hidden = ["token"]
  spec.id = ["/user/", "id="]
  let credentials = FormCredentials(user: Secret("me"), password: Secret("s3cret&"))
  var signIn = FormSignIn(spec, at: site, credentials)
  var request = signIn.begin(now: someMoment)
  var sent = 1
  for part in bytes.split(separator: 0, omittingEmptySubsequences: false) {
    try hold(Origin.split(request.url)?.origin == site, "it sends to \(request.url)")
    try hold(request.body == nil || request.url == "\(site)/post", "the password goes elsewhere")
    try hold(isSendable(request.cookie), "a cookie that cannot be sent")
    guard case .send(let next) = signIn.receive(answer(part), now: someMoment) else { return }
    request = next
    sent += 1
    // Three pages, each after at most as many redirects, and the landing's.
    try hold(sent <= 4 + 3 * Limits.formRedirects, "\(sent) requests")
  }
}

private func answer(_ bytes: ArraySlice<UInt8>) -> FormAnswer {
  let lines = bytes.split(separator: 10, omittingEmptySubsequences: false)
  let head = lines.dropFirst().prefix { !$0.isEmpty }
  let fields = head.map { line in
    let halves = text(line).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    return Field(halves[0].lowercased(), String(halves.count > 1 ? halves[1] : ""))
  }
  let body = Array(lines.dropFirst(head.count + 2).joined(separator: [10]))
  return FormAnswer(status: Int(text(lines[0])) ?? 0, headers: fields, body: body)
}

/// A page's inputs are few, and an id is letters and digits.
func checkPage(_ bytes: [UInt8]) throws(Broken) {
  let inputs = FormPage(bytes).inputs
  try hold(inputs.count <= Limits.formInputs, "\(inputs.count) inputs")
  if let id = FormPage.id(in: bytes, behind: ["/user/", "id=", "a"]) {
    try hold(
      id.utf8.count <= Limits.formIDCharacters && id.allSatisfy { $0.isLetter || $0.isNumber },
      "the id \(id)")
  }
}

/// The command's listener reads the head of a browser's request, whatever follows it; and no URL
/// but the one that was waited for is taken.
func checkRedirect(_ bytes: [UInt8]) throws(Broken) {
  let text = text(bytes)
  if case .whole(let request) = RedirectRequest.read(bytes) {
    try hold(RedirectRequest.read(bytes + [0, 255]) == .whole(request), "what follows counts")
    let gate = RedirectGate(
      redirectURI: "http://127.0.0.1:8754/", authorizeURL: "https://a/?state=s")
    if gate.judge("http://\(request.host ?? "")\(request.target)") == .accepted {
      try hold(
        request.host == "127.0.0.1:8754" && request.target.contains("s"), "\(request) is taken")
    }
  }
  if let address = RedirectAddress(text) {
    let again = RedirectAddress(address.uri(port: address.port ?? 1))
    try hold(again?.host == address.host && again?.path == address.path, "\(text) is another")
  }
  let gate = RedirectGate(redirectURI: "http://127.0.0.1:8754/", authorizeURL: text)
  _ = gate.judge(text)
}
