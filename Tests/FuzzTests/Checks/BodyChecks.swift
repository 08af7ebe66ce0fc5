@testable import DaybookCore

/// An XML document is accepted or refused, however the bytes are cut; one that is accepted is text
/// without a document type, and none when its end is missing.
func checkXML(_ bytes: [UInt8]) throws(Broken) {
  let plan = xmlPlan
  let whole = XMLScanner.scan(bytes, plan)
  let cut = XMLScanner(plan)
  for piece in pieces(bytes) { cut.feed(Array(piece)) }
  try hold(cut.finish() == whole, "in pieces it reads otherwise")
  if let fault = whole.fault {
    try hold((0...Int64(bytes.count)).contains(fault.offset), "a fault beyond the bytes: \(fault)")
    return
  }
  try hold(String(validating: bytes, as: UTF8.self) != nil, "no UTF-8, and accepted")
  let hiding = ["<!--", "<![CDATA[", "<?"].contains { holds(bytes, $0) }
  try hold(hiding || !holds(bytes, "<!DOCTYPE"), "a document type is accepted")
  let longer = XMLScanner.scan(bytes + Array(" \n<!-- x -->".utf8), plan)
  try hold(longer == whole, "a comment behind it changes what it is: \(longer)")
  try checkEnd(bytes, plan)
}

/// Where the root's end tag is the last thing, every cut is one in the middle.
private func checkEnd(_ bytes: [UInt8], _ plan: ScanPlan) throws(Broken) {
  guard let end = bytes.lastIndex(where: { !isWhitespace($0) }) else { return }
  let last = text(bytes[...end].suffix(3))
  if last == "-->" || last.hasSuffix("?>") { return }
  var random = choices(bytes)
  let short = Array(bytes[..<Int.random(in: 0...end, using: &random)])
  try hold(XMLScanner.scan(short, plan).fault != nil, "it ends at byte \(short.count), accepted")
}

private func holds(_ bytes: [UInt8], _ word: String) -> Bool {
  let word = Array(word.utf8)
  return bytes.indices.contains { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
}

private let xmlPlan = ScanPlan(
  items: ["/a/b", "/a/*/c", "/gpx/trk"].compactMap { JSONPointer($0) },
  volatile: ["/a/@at", "/a/b/d"].compactMap { JSONPointer($0) },
  capture: ["/a/b", "/a/@id", "/a/b/@id"].compactMap { JSONPointer($0) },
  document: .xml(entities: ["hellip", "nbsp"]))

/// Any body is scanned the same in pieces, and a page of HTML is never data.
func checkBody(_ bytes: [UInt8]) throws(Broken) {
  for document in [Document.json, .xml(entities: ["hellip"]), .bytes] {
    let plan = ScanPlan(document: document)
    let whole = BodyScanner.scan(bytes, plan)
    let cut = BodyScanner(plan)
    for piece in pieces(bytes) { Array(piece).withUnsafeBytes { cut.feed($0) } }
    try hold(cut.finish() == whole, "\(document): in pieces it reads otherwise")
    let begin = text(bytes.prefix(15)).lowercased()
    if ["<!doctype html>", "<html>"].contains(where: { begin.hasPrefix($0) }) {
      try hold(whole.fault?.reason == .page, "\(document): a page is taken for data")
    }
  }
}
