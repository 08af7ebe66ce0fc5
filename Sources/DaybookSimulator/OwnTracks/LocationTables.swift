/// The formats that are no JSON.
extension LocationAnswer {
  /// Members that are printed without decimals.
  private static let whole: Set<String> = ["batt", "vel", "cog", "tst", "alt", "dist", "trip"]

  /// As C's `%lf` and `%.lf` print it.
  private func plain(_ member: LocationPoint.Member) -> String {
    switch member.value {
    case .text(let text), .json(let text): text
    case .integer(let n):
      Self.whole.contains(member.name) ? String(n) : "\(n).000000"
    case .millionths(let n):
      Self.whole.contains(member.name) ? String(n / 1_000_000) : Self.decimals(n)
    }
  }

  private static func decimals(_ n: Int) -> String {
    let digits = String(n.magnitude % 1_000_000)
    return (n < 0 ? "-" : "") + String(n.magnitude / 1_000_000) + "."
      + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The first point's members are the head of the table.
  func csv() -> [UInt8] {
    var out = ByteWriter()
    guard let first = points.first else { return [] }
    let names = members(first).map(\.name)
    out.raw(names.joined(separator: ",") + "\n")
    for point in points {
      let members = members(point)
      let cells = names.map { name in
        members.first { $0.name == name }.map(plain) ?? ""
      }
      out.raw(cells.joined(separator: ",") + "\n")
    }
    return out.bytes
  }

  func xml() -> [UInt8] {
    var out = ByteWriter()
    out.raw("<?xml version='1.0' encoding='UTF-8'?>\n")
    out.raw("\t<?xml-stylesheet type='text/xsl' href='owntracks.xsl'?>\n<owntracks>\n")
    for point in points {
      out.raw(" <point>\n")
      for member in members(point) where member.name != "_type" {
        out.raw("  <\(member.name)>\(Self.escaped(plain(member)))</\(member.name)>\n")
      }
      out.raw(" </point>\n")
    }
    out.raw("</owntracks>\n")
    return out.bytes
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { out, character in
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&apos;"
      default: out.append(character)
      }
    }
  }

  func gpx() -> [UInt8] {
    var out = ByteWriter()
    out.raw("<?xml version='1.0' encoding='UTF-8' standalone='no' ?>\n")
    out.raw("<gpx version='1.1' creator='OwnTracks-Recorder' ")
    out.raw("xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' ")
    out.raw("xmlns='http://www.topografix.com/GPX/1/1'>\n <trk>\n  <trkseg>\n")
    for point in points {
      out.raw("    <trkpt lat='\(Self.decimals(point.lat))' lon='\(Self.decimals(point.lon))'>\n")
      out.raw("\t<time>\(RecorderTime.text(point.tst, separator: "T", end: "Z"))</time>\n")
      if let alt = point.members.first(where: { $0.name == "alt" }),
        case .integer(let n) = alt.value
      {
        out.raw("\t<ele>\(n).00</ele>\n")
      }
      out.raw("\t</trkpt>\n")
    }
    out.raw("  </trkseg>\n</trk>\n</gpx>\n")
    return out.bytes
  }
}
