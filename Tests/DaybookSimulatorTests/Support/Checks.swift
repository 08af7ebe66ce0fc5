import DaybookCore
import Testing

@testable import DaybookSimulator

/// The body as a JSON document; a fault of the test when it is none.
func document(_ response: SimResponse, _ location: SourceLocation = #_sourceLocation) -> JSONValue {
  do { return try JSONValue(parsing: response.body) } catch {
    Issue.record("no JSON: \(error) in \(response.bodyText.prefix(200))", sourceLocation: location)
    return .null
  }
}

/// Day numbers by their names: `day("2018-04-25")`.
func day(_ text: String) -> Day {
  guard let day = Day(text) else {
    Issue.record("no date: \(text)")
    return Day(number: 0)
  }
  return day
}

/// A moment by its name, UTC: `moment("2018-04-25T12:00:00")`.
func moment(_ text: String) -> Instant {
  guard let seconds = RecorderTime.read(text) else {
    Issue.record("no time: \(text)")
    return Instant(seconds: 0)
  }
  return Instant(seconds: Int64(seconds))
}

extension SimResponse {
  /// Names of the headers, in order.
  var headerNames: [String] { headers.map(\.name) }
}

extension SimRequest {
  /// The answer of the server there; a fault of the test when there is none.
  func sent(to origin: String) -> SimResponse {
    let target = rawQuery.isEmpty ? path : path + "?" + rawQuery
    do { return try SimClient.send(method, origin + target, headers: headers, body: body) } catch {
      Issue.record("\(method) \(path): \(error)")
      return SimResponse(0)
    }
  }
}

extension JSONValue {
  /// Elements of an array; empty for everything else.
  var elements: [JSONValue] { array ?? [] }
  /// Keys of an object, in order.
  var keys: [String] { (object ?? []).map(\.key) }
}
