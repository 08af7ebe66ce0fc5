import DaybookCore

/// Writes a document member by member and knows where the commas go.
struct FitbitJSON {
  private var out: ByteWriter
  private var needsComma = false
  private var line = Array("{\"time\":\"00:00:00\",\"value\":".utf8)

  init(reserving capacity: Int = 1_024) { out = ByteWriter(reserving: capacity) }

  var bytes: [UInt8] { out.bytes }

  private mutating func begin(_ key: StaticString?) {
    if needsComma { out.raw(",") }
    needsComma = true
    guard let key else { return }
    out.raw("\"")
    out.raw(key)
    out.raw("\":")
  }

  mutating func object(_ key: StaticString? = nil, _ members: (inout FitbitJSON) -> Void) {
    begin(key)
    nest("{", members, "}")
  }

  mutating func array(_ key: StaticString? = nil, _ elements: (inout FitbitJSON) -> Void) {
    begin(key)
    nest("[", elements, "]")
  }

  /// For keys that are made while running, such as `activities-steps`.
  mutating func array(named key: String, _ elements: (inout FitbitJSON) -> Void) {
    name(key)
    nest("[", elements, "]")
  }

  mutating func object(named key: String, _ members: (inout FitbitJSON) -> Void) {
    name(key)
    nest("{", members, "}")
  }

  private mutating func name(_ key: String) {
    begin(nil)
    out.string(key)
    out.raw(":")
  }

  private mutating func nest(
    _ open: StaticString, _ inner: (inout FitbitJSON) -> Void, _ close: StaticString
  ) {
    out.raw(open)
    needsComma = false
    inner(&self)
    out.raw(close)
    needsComma = true
  }

  // MARK: Values

  mutating func integer(_ key: StaticString, _ n: Int) {
    begin(key)
    out.integer(n)
  }

  mutating func integer(named key: String, _ n: Int) {
    name(key)
    out.integer(n)
  }

  /// Millionths as a decimal number; whole ones without a point.
  mutating func millionths(_ key: StaticString, _ n: Int) {
    begin(key)
    if n % 1_000_000 == 0 { out.integer(n / 1_000_000) } else { out.millionths(n) }
  }

  mutating func flag(_ key: StaticString, _ value: Bool) {
    begin(key)
    out.raw(value ? "true" : "false")
  }

  mutating func text(_ key: StaticString, _ text: String) {
    begin(key)
    out.string(text)
  }

  mutating func text(_ key: StaticString, static text: StaticString) {
    begin(key)
    quoted { $0.raw(text) }
  }

  mutating func day(_ key: StaticString, _ day: Day) {
    begin(key)
    quoted { FitbitJSON.date(day, &$0) }
  }

  /// `2024-02-05T23:10:30.000`, of seconds from the midnight of a day.
  mutating func moment(_ key: StaticString, _ day: Day, _ second: Int) {
    let days = floorDividing(second, 86_400)
    begin(key)
    quoted {
      FitbitJSON.date(day + days, &$0)
      $0.raw("T")
      CivilText.clock(second - days * 86_400, separator: true, into: &$0)
      $0.raw(".000")
    }
  }

  /// `06:31:34`
  mutating func clock(_ key: StaticString, _ second: Int) {
    begin(key)
    quoted { CivilText.clock(second, separator: true, into: &$0) }
  }

  private mutating func quoted(_ write: (inout ByteWriter) -> Void) {
    out.raw("\"")
    write(&out)
    out.raw("\"")
  }

  private static func date(_ day: Day, _ out: inout ByteWriter) {
    let (y, m, d) = day.civil
    out.padded(y, 4)
    out.raw("-")
    out.padded(m, 2)
    out.raw("-")
    out.padded(d, 2)
  }

  // MARK: Points

  /// `{"time":"08:15:00","value":72}`: there may be ten thousands of them in one answer.
  mutating func point(_ second: Int, _ value: Int) {
    begin(nil)
    time(second)
    out.integer(value)
    out.byte(UInt8(ascii: "}"))
  }

  mutating func point(_ second: Int, millionths value: Int) {
    begin(nil)
    time(second)
    if value % 1_000_000 == 0 { out.integer(value / 1_000_000) } else { out.millionths(value) }
    out.byte(UInt8(ascii: "}"))
  }

  private mutating func time(_ second: Int) {
    digits(second / 3_600, at: 9)
    digits(second / 60 % 60, at: 12)
    digits(second % 60, at: 15)
    out.bytes(line[...])
  }

  private mutating func digits(_ n: Int, at place: Int) {
    line[place] = 48 + UInt8(truncatingIfNeeded: n / 10)
    line[place + 1] = 48 + UInt8(truncatingIfNeeded: n % 10)
  }
}
