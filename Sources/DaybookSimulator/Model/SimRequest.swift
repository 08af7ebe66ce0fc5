/// A name and its value, in the order sent.
public struct SimField: Hashable, Sendable {
  public var name: String
  public var value: String
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// A request as a model sees it: complete, and free of any transport.
public struct SimRequest: Hashable, Sendable {
  /// In capitals: `GET`.
  public let method: String
  /// As sent, percent-encoding included, without the query.
  public let path: String
  /// As sent, without the question mark.
  public let rawQuery: String
  /// The fields of the query, decoded.
  public let query: [SimField]
  /// Names in lower case.
  public let headers: [SimField]
  public let body: [UInt8]

  /// `target` is a path with an optional query, or a whole URL, whose scheme and host are dropped.
  public init(
    _ method: String = "GET", _ target: String, headers: [SimField] = [], body: [UInt8] = []
  ) {
    self.method = method.uppercased()
    let origin = SimRequest.originForm(target)
    let mark = origin.utf8.firstIndex(of: UInt8(ascii: "?"))
    self.path = String(origin[..<(mark ?? origin.endIndex)])
    self.rawQuery = mark.map { String(origin[origin.utf8.index(after: $0)...]) } ?? ""
    self.query = FormText.fields(rawQuery)
    self.headers = headers.map { SimField($0.name.lowercased(), $0.value) }
    self.body = body
  }

  /// The first header of this name, given in lower case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name == name }?.value
  }

  /// The fields of a form body; empty when the body is no form (RFC 6749 appendix B).
  public var form: [SimField] {
    guard let type = header("content-type"),
      type.lowercased().hasPrefix("application/x-www-form-urlencoded")
    else { return [] }
    return FormText.fields(String(decoding: body, as: UTF8.self))
  }

  /// A field of the query, or else of the form body.
  public func parameter(_ name: String) -> String? {
    query.first { $0.name == name }?.value ?? form.first { $0.name == name }?.value
  }

  /// The path's components, empty ones left out.
  public var components: [Substring] { path.split(separator: "/") }

  /// What is left of a URL without scheme, host and fragment.
  static func originForm(_ target: String) -> String {
    let bytes = target.utf8
    let whole = target[..<(bytes.firstIndex(of: UInt8(ascii: "#")) ?? target.endIndex)]
    guard whole.utf8.first != UInt8(ascii: "/"),
      let colon = whole.utf8.firstIndex(of: UInt8(ascii: ":")),
      whole.utf8[colon...].starts(with: "://".utf8)
    else { return String(whole) }
    let rest = whole.utf8[colon...].dropFirst(3)
    guard let start = rest.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") })
    else { return "/" }
    return (bytes[start] == UInt8(ascii: "?") ? "/" : "") + whole[start...]
  }
}
