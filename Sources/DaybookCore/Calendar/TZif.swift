/// A decoded TZif file, versions 1 to 4 (RFC 9636 §3).
struct TZif {
  private(set) var transitions: [Int64] = []
  private(set) var offsets: [Int] = []
  private(set) var initialOffset = 0
  private(set) var rule: TimeZoneRule?

  init(_ bytes: [UInt8]) throws(ZoneFault) {
    var reader = Reader(bytes: bytes)
    let first = try Header(&reader)
    if first.version < 2 {
      try data(first, timeBytes: 4, &reader)
    } else {
      // The first block is for readers of version 1; the same again follows with longer times.
      try reader.skip(first.dataBytes(timeBytes: 4))
      try data(try Header(&reader), timeBytes: 8, &reader)
      rule = try footer(&reader)
    }
  }

  private mutating func data(
    _ header: Header, timeBytes: Int, _ reader: inout Reader
  ) throws(ZoneFault) {
    guard header.leapCount == 0 else { throw .leapSeconds }
    guard header.typeCount > 0 else { throw .format }
    guard header.dataBytes(timeBytes: timeBytes) <= reader.left else { throw .cut }
    for _ in 0..<header.timeCount {
      let time = try reader.integer(timeBytes)
      if let last = transitions.last, time <= last { throw .order }
      transitions.append(time)
    }
    var kinds: [Int] = []
    for _ in 0..<header.timeCount { kinds.append(Int(try reader.byte())) }
    var types: [Int] = []
    for _ in 0..<header.typeCount {
      let offset = Int(try reader.integer(4))
      guard Zone.offsetBounds.contains(offset) else { throw .offset }
      types.append(offset)
      // Whether it is daylight saving time, and its abbreviation: not needed.
      try reader.skip(2)
    }
    guard kinds.allSatisfy({ $0 < types.count }) else { throw .order }
    offsets = kinds.map { types[$0] }
    initialOffset = types[0]
    try reader.skip(header.charCount + header.standardCount + header.utcCount)
  }

  /// A rule between two line ends; empty when there is none.
  private func footer(_ reader: inout Reader) throws(ZoneFault) -> TimeZoneRule? {
    let text = try reader.line()
    if text.isEmpty { return nil }
    guard let rule = TimeZoneRule(text) else { throw .footer }
    return rule
  }

  private struct Header {
    var version = 1
    var utcCount, standardCount, leapCount, timeCount, typeCount, charCount: Int

    init(_ reader: inout Reader) throws(ZoneFault) {
      guard try reader.take(4) == Array("TZif".utf8) else { throw .format }
      let digit = try reader.byte()
      if digit != 0 {
        guard digit >= UInt8(ascii: "2"), let known = decimal([digit]) else { throw .format }
        version = known
      }
      try reader.skip(15)
      utcCount = try reader.count()
      standardCount = try reader.count()
      leapCount = try reader.count()
      timeCount = try reader.count()
      typeCount = try reader.count()
      charCount = try reader.count()
    }

    func dataBytes(timeBytes: Int) -> Int {
      timeCount * (timeBytes + 1) + typeCount * 6 + charCount + leapCount * (timeBytes + 4)
        + standardCount + utcCount
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    private var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var left: Int { bytes.count - at }

    mutating func take(_ count: Int) throws(ZoneFault) -> [UInt8] {
      guard count <= left else { throw .cut }
      at += count
      return Array(bytes[at - count..<at])
    }
    mutating func skip(_ count: Int) throws(ZoneFault) {
      guard count <= left else { throw .cut }
      at += count
    }
    mutating func byte() throws(ZoneFault) -> UInt8 { try take(1)[0] }
    mutating func count() throws(ZoneFault) -> Int {
      try take(4).reduce(0) { $0 << 8 | Int($1) }
    }
    /// Big-endian, two's complement, of 4 or 8 bytes.
    mutating func integer(_ count: Int) throws(ZoneFault) -> Int64 {
      let bits = try take(count).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return count == 8 ? Int64(bitPattern: bits) : Int64(Int32(truncatingIfNeeded: bits))
    }
    /// What is between two line ends.
    mutating func line() throws(ZoneFault) -> [UInt8] {
      guard try byte() == 0x0A else { throw .footer }
      guard let end = bytes[at...].firstIndex(of: 0x0A) else { throw .cut }
      let text = try take(end - at)
      at = end + 1
      return text
    }
  }
}
