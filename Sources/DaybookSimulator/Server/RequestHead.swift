extension RequestParser.Head {
  /// Reads the lines before the empty one.
  init(_ bytes: ArraySlice<UInt8>) throws(RequestParser.Fault) {
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map {
      $0.last == 13 ? $0.dropLast() : $0
    }
    guard let first = lines.first else { throw .bad }
    let words = first.split(separator: 32, omittingEmptySubsequences: false)
    guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(Self.isLetter) else {
      throw .bad
    }
    guard words[2].starts(with: "HTTP/".utf8) else { throw .bad }
    guard words[2].elementsEqual("HTTP/1.1".utf8) || words[2].elementsEqual("HTTP/1.0".utf8) else {
      throw .version
    }
    method = String(decoding: words[0], as: UTF8.self)
    target = String(decoding: words[1], as: UTF8.self)
    guard target.hasPrefix("/") || target.hasPrefix("http://") else { throw .bad }
    headers = try Self.headers(lines.dropFirst())
    keepAlive = Self.keepAlive(headers, isOld: words[2].last == UInt8(ascii: "0"))
    framing = try Self.framing(headers)
  }

  private static func headers(
    _ lines: ArraySlice<ArraySlice<UInt8>>
  ) throws(RequestParser.Fault) -> [SimField] {
    var out: [SimField] = []
    for line in lines {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
        line[..<colon].allSatisfy({ $0 > 32 && $0 < 127 }), !line.contains(0)
      else { throw .bad }
      let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
      out.append(SimField(name, trimmed(line[(colon + 1)...])))
    }
    return out
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var rest = bytes.drop { $0 == 32 || $0 == 9 }
    while let last = rest.last, last == 32 || last == 9 { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }

  private static func keepAlive(_ headers: [SimField], isOld: Bool) -> Bool {
    let wish = headers.first { $0.name == "connection" }?.value.lowercased()
    return isOld ? wish == "keep-alive" : wish != "close"
  }

  private static func framing(
    _ headers: [SimField]
  ) throws(RequestParser.Fault) -> Framing {
    let lengths = headers.filter { $0.name == "content-length" }
    if let coding = headers.first(where: { $0.name == "transfer-encoding" }) {
      // Both together are how requests are smuggled (RFC 9112 §6.3).
      guard coding.value.lowercased() == "chunked", lengths.isEmpty else { throw .bad }
      return .chunked
    }
    guard let length = lengths.first else { return .length(0) }
    guard lengths.count == 1, let count = CivilText.number(length.value) else { throw .bad }
    guard count <= SimLimits.requestBodyBytes else { throw .bodyTooLarge }
    return .length(count)
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
}
