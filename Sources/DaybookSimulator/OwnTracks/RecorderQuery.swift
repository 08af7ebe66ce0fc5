/// The fields of a request as the recorder reads them: a header `X-Limit-NAME` wins, then the
/// query, then the form; most are put into lower case.
struct RecorderQuery {
  private let request: SimRequest

  enum Format: String, CaseIterable {
    case json, geojson, geojsonpoi, linestring, csv, xml, gpx
  }

  init(_ request: SimRequest) { self.request = request }

  var user: String? { field("user") }
  var device: String? { field("device") }

  /// Nil: no such format.
  var format: Format? {
    guard let text = variable("format") else { return .json }
    return Format(rawValue: text)
  }

  /// Newest so many; 0: all.
  var limit: Int { variable("limit").flatMap { CivilText.number($0) } ?? 0 }

  /// Members to answer with; nil: all.
  var fields: [String]? {
    field("fields").map { $0.split(separator: ",").map(String.init) }
  }

  /// Seconds since 1970; by default the last six hours. Nil: unreadable, or the wrong way round.
  func range(now: Int) -> (from: Int, to: Int)? {
    let from = field("from").map { RecorderTime.read($0) } ?? now - 6 * 3_600
    let to = field("to").map { RecorderTime.read($0) } ?? now
    guard let from, let to, from <= to else { return nil }
    return (from, to)
  }

  private func field(_ name: String) -> String? {
    (request.header("x-limit-" + name) ?? variable(name))?.lowercased()
  }

  /// Empty counts as missing.
  private func variable(_ name: String) -> String? {
    request.parameter(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}
