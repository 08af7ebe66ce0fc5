/// Writes the XML that the site's charts read. No answer was ever recorded: the path to the values
/// and `description` are known from a parser, all other names are placeholders.
struct SiteGraphWriter {
  let settings: FitbitSiteSettings
  /// With an undefined entity in a text.
  var hasEllipsis = false
  private var out = ByteWriter(reserving: 32 << 10)

  init(_ settings: FitbitSiteSettings, hasEllipsis: Bool = false) {
    self.settings = settings
    self.hasEllipsis = hasEllipsis
  }

  /// Hundredths, five minutes apart; the times are not in the data.
  mutating func values(_ values: [Int]) -> [UInt8] {
    begin()
    for value in values {
      out.raw("<value>")
      number(value)
      out.raw("</value>\n")
    }
    return end()
  }

  /// One value for each minute, with its time; without a record none at all.
  mutating func sleep(_ sleep: SiteSleep?) -> [UInt8] {
    begin()
    if let sleep {
      for (i, value) in sleep.values.enumerated() {
        out.raw("<value description=\"from ")
        clock(((sleep.start + i) % 1_440 + 1_440) % 1_440)
        out.raw("\">")
        out.integer(Int(value))
        out.raw("</value>\n")
      }
    }
    return end()
  }

  private mutating func begin() {
    if settings.padding { out.raw("\n\n  ") }
    out.raw("<settings><data><chart>")
    out.raw(hasEllipsis ? "<label>Loading&hellip;</label>" : "<label>Loading</label>")
    out.raw("<graphs><graph gid=\"0\">\n")
  }

  private mutating func end() -> [UInt8] {
    out.raw("</graph></graphs></chart></data></settings>")
    if settings.padding { out.raw("\n \n") }
    return out.bytes
  }

  /// `12` or `5.06`.
  private mutating func number(_ hundredths: Int) {
    out.integer(hundredths / 100)
    guard hundredths % 100 > 0 else { return }
    out.raw(".")
    out.padded(hundredths % 100, 2)
  }

  /// `11:58PM` or `23:58`, of the minutes since midnight.
  private mutating func clock(_ minute: Int) {
    let hour = minute / 60
    out.padded(settings.clock24 ? hour : (hour + 11) % 12 + 1, 2)
    out.raw(":")
    out.padded(minute % 60, 2)
    if !settings.clock24 { out.raw(hour < 12 ? "AM" : "PM") }
  }
}
