@testable import DaybookCore
@testable import DaybookEngine
@testable import daybookd

/// Every text survives each of the encodings, and what is decoded is written as it was.
func checkEncodings(_ bytes: [UInt8]) throws(Broken) {
  let text = text(bytes)
  try hold(percentDecoded(percentEncoded(text)) == text, "escaped, it is another")
  if let fields = QueryString.parse(text) {
    try hold(QueryString.parse(formEncoded(fields)) == fields, "a form of other fields: \(fields)")
  }
  for base in [Base64.standard, .urlSafe] {
    try hold(base.decode(base.encode(bytes)) == bytes, "another in base64")
    if let decoded = base.decode(text) {
      try hold(base.encode(decoded) == text, "base64 of two forms: \(text)")
    }
  }
  let shown = escapedForTerminal(text)
  try hold(escapedForTerminal(shown) == shown, "a terminal would obey \(shown)")
  try checkSyntax(text)
  try checkVarints(bytes)
}

/// Pointers, templates and origins are written as they were read.
private func checkSyntax(_ text: String) throws(Broken) {
  if let pointer = JSONPointer(text) {
    try hold(pointer.description == text, "the pointer \(text) is \(pointer)")
  }
  if let template = Template(text) {
    try hold(template.filled { "{\($0)}" } == text, "the template \(text) is another")
  }
  if let (origin, rest) = Origin.split(text) {
    let again = Origin.split("\(origin)\(rest)")
    try hold(again?.origin == origin && again?.rest == rest, "\(text) is of \(origin)")
    try checkTarget(text, origin)
  }
}

/// What a URL leads to by the settings is what libcurl connects to. It may write an address in
/// another form, but no other address for one that the settings call this machine.
private func checkTarget(_ url: String, _ origin: Origin) throws(Broken) {
  guard let target = try? Target(url, allowPlainHTTP: true) else { return }
  try hold(target.isEncrypted == (origin.scheme == .https), "\(url): one is encrypted")
  let isAddress = origin.host.allSatisfy { "0123456789abcdefx.:[]".contains($0) }
  try hold(
    target.host.lowercased() == origin.host || isAddress && !origin.isLoopback,
    "\(url): \(origin.host) is checked, \(target.host) is connected to")
}

private func checkVarints(_ bytes: [UInt8]) throws(Broken) {
  var index = 0
  while let value = Varint.decode(bytes, at: &index) {
    var written: [UInt8] = []
    Varint.encode(value, into: &written)
    try hold(bytes[..<index].suffix(written.count) == written[...], "\(value) in another form")
  }
}

/// Names in the archive: those that are ours are written as they were read.
func checkNames(_ bytes: [UInt8]) throws(Broken) {
  let text = text(bytes)
  if let name = DayName(text) {
    try hold("\(name.day).\(name.fileExtension)" == text, "the day \(text) is \(name)")
  }
  if let name = PartName(text) { try hold(text.hasPrefix("\(name.day)."), "the part \(text)") }
  if let final = TemporaryName.finalName(text) {
    try hold(text.hasPrefix(".\(final).tmp-"), "\(text) is of \(final)")
  }
  if let id = Marker.ledgerID(text) {
    try hold(Marker.ledgerID(Marker.text(id)) == id, "the marker of \(id) is another's")
  }
  if Name.isValid(text) { try hold(!text.contains("/") && !text.hasPrefix("."), "\(text)") }
  if ZoneStore.isValid(text) {
    try hold(!text.contains(".") && !text.hasPrefix("/"), "\(text) leads elsewhere")
  }
}

/// What the ledger holds may be damaged: it is read as something sensible, or refused.
func checkStored(_ bytes: [UInt8]) throws(Broken) {
  for spec in specs {
    for sameBoot in [true, false] {
      try checkWindow(
        CallWindow(
          spec, stored: bytes, sameBoot: sameBoot, now: someNow, longestCall: .seconds(120),
          inFlightCap: 8))
    }
  }
  let secret = Secret(text(bytes))
  if let jar = CookieJar(stored: secret) {
    try hold(CookieJar(stored: jar.stored) == jar, "a jar that is stored as another")
    _ = jar.header(for: "/", at: Origin("https://site.example")!, now: someMoment)
  }
  if let credentials = FormCredentials(stored: secret) {
    try hold(FormCredentials(stored: credentials.stored) == credentials, "other credentials")
  }
}

private let specs = [("minute", 60.0, 60), ("day", 86_400, 100_000)].map { name, seconds, limit in
  WindowSpec(name: name, seconds: seconds, limit: limit, per: .app, align: .rolling)
}
