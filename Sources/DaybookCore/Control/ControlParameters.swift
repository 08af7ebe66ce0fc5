/// The parameters of a call, taken one by one; what is left at the end is an error, and so is what
/// has the wrong form. Each error names its parameter.
struct ControlParameters {
  private let object: JSONValue
  private var taken: [String] = []

  /// Null stands for no parameters, as does leaving them out.
  init(_ parameters: JSONValue) throws(ControlError) {
    guard parameters.object != nil || parameters.isNull else {
      throw .invalidParameter("parameters")
    }
    object = parameters
  }

  /// Nil when it is left out or null.
  mutating func optional<V: ControlValue>(_ name: String) throws(ControlError) -> V? {
    taken.append(name)
    guard let json = object[name], !json.isNull else { return nil }
    do { return try V.read(json) } catch { throw .invalidParameter(name) }
  }

  mutating func required<V: ControlValue>(_ name: String) throws(ControlError) -> V {
    guard let value: V = try optional(name) else { throw .invalidParameter(name) }
    return value
  }

  /// An integer within a range.
  mutating func optional(_ name: String, in range: ClosedRange<Int>) throws(ControlError) -> Int? {
    let value: Int? = try optional(name)
    if let value, !range.contains(value) { throw .invalidParameter(name) }
    return value
  }

  /// A flag; false when it is left out.
  mutating func flag(_ name: String) throws(ControlError) -> Bool { try optional(name) ?? false }

  /// The name of an account or stream (``Name``).
  mutating func optionalName(_ name: String) throws(ControlError) -> String? {
    let value: String? = try optional(name)
    if let value, !Name.isValid(value) { throw .invalidParameter(name) }
    return value
  }

  mutating func requiredName(_ name: String) throws(ControlError) -> String {
    guard let value = try optionalName(name) else { throw .invalidParameter(name) }
    return value
  }

  /// To be called last: the first parameter that nobody took is one too many.
  func end() throws(ControlError) {
    if let unknown = object.object?.map(\.key).first(where: { !taken.contains($0) }) {
      throw .invalidParameter(unknown)
    }
  }
}
