import DaybookCore

/// A location as the recorder keeps it.
struct LocationPoint: Hashable, Sendable {
  /// Seconds since 1970 by the phone's clock: where it is filed.
  var tst: Int
  /// Seconds since 1970 at which the recorder got it: the order within a file.
  var arrival: Int
  /// Millionths of a degree.
  var lat: Int
  var lon: Int
  /// Among points that arrived in the same second: which came first.
  var sequence = 0
  /// What the phone sent, in its order.
  var members: [Member]

  struct Member: Hashable, Sendable {
    var name: String
    var value: Value
    init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  enum Value: Hashable, Sendable {
    case text(String)
    case integer(Int)
    case millionths(Int)
    /// Any other JSON value, as it was written.
    case json(String)
  }

  /// The calendar month of the file it is in, counted from year 0.
  var month: Int { LocationPoint.month(of: tst) }

  static func month(of t: Int) -> Int {
    let civil = Day(number: floorDividing(t, 86_400)).civil
    return civil.year * 12 + civil.month - 1
  }

  /// With what the recorder adds when it answers.
  func answered(_ zone: SimZone?) -> [Member] {
    let iso = RecorderTime.text(tst, separator: "T", end: "Z")
    var out = members
    out.append(Member("ghash", .text(Geohash.text(lat: lat, lon: lon))))
    out.append(Member("isorcv", .text(iso)))
    out.append(Member("isotst", .text(iso)))
    out.append(Member("disptst", .text(RecorderTime.text(tst, separator: " ", end: ""))))
    if let zone {
      let offset = zone.span(at: tst).offset
      let local = RecorderTime.text(
        tst + offset, separator: "T", end: RecorderTime.offset(offset))
      out.append(Member("tzname", .text(zone.id)))
      out.append(Member("isolocal", .text(local)))
    }
    return out
  }
}

extension ByteWriter {
  mutating func value(_ value: LocationPoint.Value) {
    switch value {
    case .text(let text): string(text)
    case .integer(let n): integer(n)
    case .millionths(let n):
      // As C prints %.16g: no `.0`.
      if n % 1_000_000 == 0 { integer(n / 1_000_000) } else { millionths(n) }
    case .json(let text): raw(text)
    }
  }
}

/// Base-32 names of cells of the earth (G. Niemeyer, geohash.org): longitude and latitude are
/// halved in turn, five bits for each character.
enum Geohash {
  private static let alphabet = Array("0123456789bcdefghjkmnpqrstuvwxyz".utf8)

  /// Seven characters, the recorder's default, about 150 m.
  static func text(lat: Int, lon: Int) -> String {
    var low = (lon: -180_000_000, lat: -90_000_000)
    var high = (lon: 180_000_000, lat: 90_000_000)
    var out: [UInt8] = []
    var bits = 0
    for i in 0..<35 {
      let isLon = i % 2 == 0
      let middle =
        isLon ? floorDividing(low.lon + high.lon, 2) : floorDividing(low.lat + high.lat, 2)
      let isUpper = (isLon ? lon : lat) >= middle
      switch (isLon, isUpper) {
      case (true, true): low.lon = middle
      case (true, false): high.lon = middle
      case (false, true): low.lat = middle
      case (false, false): high.lat = middle
      }
      bits = bits << 1 | (isUpper ? 1 : 0)
      if i % 5 == 4 {
        out.append(alphabet[bits])
        bits = 0
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
