@testable import DaybookCore

/// The scanner accepts what a slow and simple reader accepts, however the bytes are cut; the reader
/// of values accepts the same, duplicates and lone surrogates apart, and what it reads is written
/// and read again as the same.
func checkJSON(_ bytes: [UInt8]) throws(Broken) {
  let whole = JSONScanner.scan(bytes)
  let cut = JSONScanner(ScanPlan())
  for piece in pieces(bytes) { cut.feed(Array(piece)) }
  try hold(cut.finish() == whole, "in pieces it reads otherwise")
  if let fault = whole.fault {
    try hold((0...Int64(bytes.count)).contains(fault.offset), "a fault beyond the bytes: \(fault)")
  }
  // The slow reader knows no depth.
  if whole.fault?.reason != .depth {
    try hold((OracleNode(bytes) != nil) == (whole.fault == nil), "\(describe(whole.fault))")
  }
  if whole.fault == nil { try checkCut(bytes) }
  try checkValue(bytes, whole.fault)
}

private func describe(_ fault: DocumentFault?) -> String {
  fault.map { "only the scanner refuses it: \($0)" } ?? "only the scanner accepts it"
}

/// A whole document that lost its end is none, numbers apart.
private func checkCut(_ bytes: [UInt8]) throws(Broken) {
  let isNumber = bytes.first { !isWhitespace($0) }.map { $0 == 45 || (48...57).contains($0) }
  guard isNumber == false, let end = bytes.lastIndex(where: { !isWhitespace($0) }) else { return }
  var random = choices(bytes)
  let short = Array(bytes[..<Int.random(in: 0...end, using: &random)])
  try hold(JSONScanner.scan(short).fault != nil, "it ends at byte \(short.count), and is accepted")
}

private func checkValue(_ bytes: [UInt8], _ fault: DocumentFault?) throws(Broken) {
  do throws(DocumentFault) {
    let value = try JSONValue(parsing: bytes)
    let again = try JSONValue(parsing: value.encoded)
    if again == value, fault == nil { return }
  } catch {
    if error == fault { return }
    if fault == nil, error.reason == .duplicate || error.reason == .surrogate { return }
  }
  throw Broken(description: "the value is refused, or read again it is another")
}

/// What a plan asks is answered as by a walk over the whole tree.
func checkJSONPlan(_ bytes: [UInt8]) throws(Broken) {
  guard let tree = OracleNode(bytes), JSONScanner.scan(bytes).fault == nil else { return }
  var random = choices(bytes)
  let plan = ScanPlan(
    items: somePointers(&random), volatile: somePointers(&random), capture: somePointers(&random))
  let scanner = JSONScanner(plan)
  for piece in pieces(bytes) { scanner.feed(Array(piece)) }
  try hold(scanner.finish() == tree.report(plan), "another report, by \(plan)")
}

private func somePointers(_ random: inout SeededRandom) -> [JSONPointer] {
  (0..<Int.random(in: 0...3, using: &random)).map { _ in
    JSONPointer(
      segments: (0..<Int.random(in: 0...3, using: &random)).map { _ in
        let name = ["a", "b", "0", "1", "", "é", "x/y", "\u{FFFD}"].randomElement(using: &random)
        return Bool.random(using: &random) ? .every : .key(name ?? "")
      })
  }
}
