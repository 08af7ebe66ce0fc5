extension Reader where Value == WindowSpec {
  static var window: Reader {
    .keys("a window") { map in
      let name = map.need("name", .windowName)
      let seconds = map.need("seconds", .windowSeconds)
      let limit = map.need("limit", .windowLimit)
      let per = map.need("per", .word(WindowSpec.Per.self))
      let align = map.take("align", .word(WindowSpec.Align.self)) ?? .unknown
      guard let name, let seconds, let limit, let per else { return nil }
      return WindowSpec(name: name, seconds: seconds, limit: limit, per: per, align: align)
    }
  }
}

extension Reader where Value == Double {
  /// A window's length in seconds: at most a month.
  static var windowSeconds: Reader { .number(upTo: 31 * 86_400) }
}

extension Reader where Value == Int {
  static var windowLimit: Reader { .integer(1...1_000_000_000) }
}

extension Reader where Value == String {
  static var windowName: Reader { .name.checked(windowNameComplaint) }

  static func windowNameComplaint(_ name: String) -> String? {
    name == "nearest" ? "'nearest' is what a meter says; choose another name" : nil
  }

  /// Name of an HTTP header: a token of RFC 9110 §5.6.2.
  fileprivate static var header: Reader {
    .text("a header's name").checked(headerComplaint)
  }

  static func headerComplaint(_ name: String) -> String? {
    let marks = Array("!#$%&'*+-.^_`|~".utf8)
    let isToken = name.utf8.allSatisfy { b in
      (b >= 97 && b <= 122) || (b >= 65 && b <= 90) || (b >= 48 && b <= 57) || marks.contains(b)
    }
    return isToken ? nil : "\(quoted(name)) is no header's name"
  }

  /// Visible ASCII with spaces between (RFC 9110 §5.5).
  static var headerValue: Reader {
    .text("a header's value").checked { text in
      let isPlain = text.utf8.allSatisfy { $0 >= 32 && $0 < 127 }
      let isBare = text.first != " " && text.last != " "
      return isPlain && isBare ? nil : "\(quoted(text)) is no header's value"
    }
  }
}

extension Reader where Value == Meter {
  static func meter(_ context: ProviderContext) -> Reader {
    .keys("a meter") { map in
      let header = map.need("header", .header)
      let says = map.need("says", .word(Meter.Says.self))
      let windows = map.need("window", .meterWindows(context))
      guard let header, let says, let windows else { return nil }
      return Meter(header: header, says: says, windows: windows)
    }
  }
}

extension Reader where Value == [String] {
  /// A window's name, a list of them, or `nearest`.
  fileprivate static func meterWindows(_ context: ProviderContext) -> Reader {
    let window = Reader<String>.oneOf("a window of this file", context.windows)
    return Reader(expected: "a window of this file, a list of them, or nearest") { node, reading in
      if node.text == "nearest" { return [] }
      if case .list = node.content { return Reader.set(of: window, least: 1).read(node, reading) }
      return window.read(node, reading).map { [$0] }
    }
  }
}
