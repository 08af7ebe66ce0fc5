/// The answer of `locations` in each of its formats.
struct LocationAnswer {
  let points: [LocationPoint]
  /// Members to answer with, in this order; nil: all.
  let fields: [String]?
  let zone: SimZone?
  let version: String

  func response(_ format: RecorderQuery.Format) -> SimResponse {
    switch format {
    case .json: LocationAnswer.json(list())
    case .csv: SimResponse(200, body: csv())
    case .xml: SimResponse(200, body: xml())
    case .gpx: SimResponse(200, body: gpx())
    case .linestring: LocationAnswer.json(line())
    case .geojson: LocationAnswer.json(features(onlyInteresting: false))
    case .geojsonpoi: LocationAnswer.json(features(onlyInteresting: true))
    }
  }

  /// With the recorder's headers.
  static func json(_ body: [UInt8]) -> SimResponse {
    SimResponse(
      200,
      headers: [
        SimField("Content-Type", "application/json; charset=utf-8"),
        SimField("Access-Control-Allow-Origin", "*"),
        SimField("X-Content-Length", String(body.count)),
      ], body: body)
  }

  func members(_ point: LocationPoint) -> [LocationPoint.Member] {
    let all = point.answered(zone)
    guard let fields else { return all }
    return fields.compactMap { name in all.first { $0.name == name } }
  }

  /// `count` is missing when there is no point.
  private func list() -> [UInt8] {
    var out = ByteWriter(reserving: points.count * 260 + 64)
    out.raw("{")
    if !points.isEmpty {
      out.raw("\"count\":")
      out.integer(points.count)
      out.raw(",")
    }
    out.raw("\"data\":[")
    for (i, point) in points.enumerated() {
      out.raw(i > 0 ? ",{" : "{")
      for (j, member) in members(point).enumerated() {
        if j > 0 { out.raw(",") }
        out.string(member.name)
        out.raw(":")
        out.value(member.value)
      }
      out.raw("}")
    }
    out.raw("],\"status\":200,\"version\":")
    out.string(version)
    out.raw("}")
    return out.bytes
  }

  private func line() -> [UInt8] {
    var out = ByteWriter(reserving: points.count * 24 + 96)
    out.raw("{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"coordinates\":[")
    for (i, point) in points.sorted(by: { $0.tst < $1.tst }).enumerated() {
      if i > 0 { out.raw(",") }
      coordinates(point, &out)
    }
    out.raw("],\"type\":\"LineString\"}}")
    return out.bytes
  }

  private func coordinates(_ point: LocationPoint, _ out: inout ByteWriter) {
    out.raw("[")
    out.value(.millionths(point.lon))
    out.raw(",")
    out.value(.millionths(point.lat))
    out.raw("]")
  }

  /// GeoJSON; of interest are points with a `poi`.
  private func features(onlyInteresting: Bool) -> [UInt8] {
    var out = ByteWriter(reserving: points.count * 200 + 64)
    out.raw("{\"type\":\"FeatureCollection\",\"features\":[")
    var isFirst = true
    for point in points {
      let members = members(point)
      func value(_ name: String) -> LocationPoint.Value? {
        members.first { $0.name == name }?.value
      }
      let poi = value("poi")
      if onlyInteresting, poi == nil { continue }
      if !isFirst { out.raw(",") }
      isFirst = false
      out.raw("{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":")
      coordinates(point, &out)
      out.raw("},\"properties\":{\"name\":")
      out.value((onlyInteresting ? poi : value("tid")) ?? .text(""))
      if !onlyInteresting {
        for name in ["vel", "tst", "acc", "alt"] {
          out.raw(",\"\(name)\":")
          out.value(value(name) ?? .integer(0))
        }
      }
      out.raw(",\"address\":\"\",\"isotst\":")
      out.value(value("isotst") ?? .text(""))
      out.raw("}}")
    }
    out.raw("]}")
    return out.bytes
  }
}
