@testable import DaybookCore

/// Settings are settings, or each problem names its place; beside a provider too.
func checkSettings(_ bytes: [UInt8]) throws(Broken) {
  switch SettingsFile.read(bytes, file: "daybook.yaml") {
  case .failure(let problems): try checkPlaces(problems, bytes)
  case .success(let located):
    for client in located.settings.clients {
      let place = located.position(of: ["clients", client.name, "client_id"])
      try hold(lines(bytes).contains(place.line), "client \(client.name) stands at \(place)")
    }
    guard case .failure(let problems) = ConfigurationCheck.check(located, providers: providers)
    else { return }
    try checkPlaces(problems, bytes)
  }
}

/// A provider file is one, or each problem names its place; from one that is right come requests to
/// its own server, and what is looked for in their answers.
func checkProvider(_ bytes: [UInt8]) throws(Broken) {
  switch ProviderFile.load(bytes, file: "x.yaml") {
  case .failure(let problems): try checkPlaces(problems, bytes)
  case .success(let provider):
    for stream in provider.streams { try checkStream(stream, provider) }
  }
}

private func checkStream(_ stream: StreamSpec, _ provider: Provider) throws(Broken) {
  var account = AccountSettings(name: "me", provider: "x")
  account.params = provider.params.map { Field($0, "a b") }
  let builder = RequestBuilder(provider: provider, settings: account, id: "i/d")
  let last = someDay + (stream.span - 1)
  let url = builder.request(of: stream, from: someDay, through: last, zone: .utc).url
  let origin = Origin.split(url)?.origin
  try hold(
    origin != nil && origin == Origin.split(provider.urls.api)?.origin, "the request goes to \(url)"
  )
  let inquiry = Inquiry(
    kind: .data, stream: stream.name, rows: provider.answers, belongs: stream.belongs,
    day: someDay, wanted: stream.pages?.wanted ?? [])
  // A plan of too many pointers traps.
  for plan in [stream.answerPlan(inquiry), stream.filePlan] {
    _ = BodyScanner.scan(Array("{\"a\":[{}]}".utf8), plan)
  }
}

private func checkPlaces(_ problems: Problems, _ bytes: [UInt8]) throws(Broken) {
  for problem in problems.list {
    guard let place = problem.position else {
      try hold(bytes.count > Limits.yamlBytes, "no place: \(problem)")
      continue
    }
    try hold(lines(bytes).contains(place.line) && place.column > 0, "beyond the file: \(problem)")
    try hold(
      escapedForTerminal(problem.message) == problem.message, "a terminal would obey: \(problem)")
  }
}

/// From the first to the one behind the last. YAML has more line ends than most readers.
private func lines(_ bytes: [UInt8]) -> ClosedRange<Int> {
  let ends = "\r\n\u{85}\u{2028}\u{2029}".unicodeScalars
  return 1...2 + text(bytes).unicodeScalars.count { ends.contains($0) }
}

private let providers: [String: Provider] = {
  let text = """
    name: p
    title: P
    login: code
    urls: {api: "https://p.example/api", authorize: "https://p.example/a",
      token: "https://p.example/t"}
    params: [device]
    windows: [{name: hour, seconds: 3600, limit: 100, per: user, align: clock}]
    streams:
      - name: s
        request: {get: "/{device}/{start}"}
        window: {form: ymd, ends: "[]"}
        items: /a

    """
  switch ProviderFile.load(Array(text.utf8), file: "p.yaml") {
  case .success(let provider): return ["p": provider]
  case .failure(let problems): fatalError("\(problems)")
  }
}()
