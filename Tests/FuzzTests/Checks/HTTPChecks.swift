@testable import DaybookCore
import DaybookEngine
@testable import DaybookSimulator
@testable import daybookd

/// The lines of an answer become fields that could be sent again; what they say about waiting and
/// about windows stays within reason.
func checkHeaders(_ bytes: [UInt8]) throws(Broken) {
  var head = ResponseHead()
  for line in bytes.split(separator: 10, omittingEmptySubsequences: false) {
    guard (Array(line) + [10]).withUnsafeBytes({ head.add($0) }) else { break }
  }
  try hold((0...999).contains(head.status), "status \(head.status)")
  try hold(!head.isComplete || head.status >= 200, "complete with \(head.status)")
  for field in head.fields {
    try hold(
      HeaderRule.isName(field.name.utf8) && field.name == field.name.lowercased(),
      "the name \(field.name)")
  }
  let list = try? HeaderList(head.fields.map { Call.Header($0.name, Secret($0.value)) })
  try hold(list != nil, "fields that cannot be sent: \(head.fields)")
  if let wait = Refusal.retryAfter(status: 429, headers: head.fields, now: someNow) {
    try hold((1...Limits.toldWait).contains(wait.inSeconds), "a wait of \(wait)")
  }
  try checkMeters(head.fields)
}

private let meters = [
  Meter(header: "X-Limit", says: .limit, windows: ["hour", "day"]),
  Meter(header: "X-Left", says: .left, windows: []),
  Meter(header: "X-Used", says: .used, windows: ["hour", "day"]),
  Meter(header: "X-Reset-In", says: .resetsIn, windows: ["hour"]),
  Meter(header: "X-Reset-At", says: .resetsAt, windows: ["day"]),
]

private func checkMeters(_ fields: [Field]) throws(Broken) {
  var windows = [("hour", 3_600.0, 150), ("day", 86_400, 1_000)].map { name, seconds, limit in
    CallWindow(
      WindowSpec(name: name, seconds: seconds, limit: limit, per: .user, align: .clock))
  }
  for index in windows.indices { windows[index].take(now: someNow) }
  let garbage = MeterReader.apply(meters, headers: fields, windows: &windows, now: someNow)
  try hold((0...meters.count * windows.count).contains(garbage), "\(garbage) values of garbage")
  for window in windows { try checkWindow(window) }
}

/// A window never opens further than the file says, and is the same after a restart.
func checkWindow(_ window: CallWindow) throws(Broken) {
  var window = window
  switch window.opening(now: someNow) {
  case .now(let count):
    try hold((1...window.spec.limit).contains(count), "\(count) calls may leave")
  case .at(let moment): try hold(moment > someNow.boot, "it opened at \(moment)")
  case .whenOneEnds: break
  }
  window.settle()
  let again = CallWindow(
    window.spec, stored: window.stored(now: someNow), sameBoot: true, now: someNow,
    longestCall: .seconds(120), inFlightCap: 8)
  try hold(
    again.used >= window.used, "it forgets \(window.used - again.used) calls in a restart")
  try hold(again.limit == window.limit, "limit \(window.limit) is \(again.limit) after a restart")
}

/// The simulator's server reads the same requests, however they arrive.
func checkServer(_ bytes: [UInt8]) throws(Broken) {
  try hold(
    requests(pieces(bytes)) == requests([bytes[...]]), "in pieces there are other requests")
}

private func requests(_ pieces: [ArraySlice<UInt8>]) -> [String] {
  var parser = RequestParser()
  var found: [String] = []
  for piece in pieces {
    parser.append(Array(piece))
    do throws(RequestParser.Fault) {
      while let next = try parser.next() {
        found.append("\(next)")
        _ = next.request.form
      }
    } catch { return found + ["\(error)"] }
  }
  return found
}
