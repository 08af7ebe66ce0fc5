/// A value of the interface: how it is written as JSON, and read back.
protocol ControlValue {
  var json: JSONValue { get }
  static func read(_ json: JSONValue) throws(ControlFault) -> Self
}

/// Where and why a reply is not of the interface: the two ends are of different versions.
public struct ControlFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Member names and indexes from the parameters down: `accounts/2/state`.
  public var path: String
  /// What should be there.
  public var expected: String

  init(_ expected: String) {
    path = ""
    self.expected = expected
  }

  func below(_ name: String) -> ControlFault {
    var out = self
    out.path = path.isEmpty ? name : "\(name)/\(path)"
    return out
  }

  public var description: String { "\(path.isEmpty ? "the reply" : path) is not \(expected)" }
}

extension String: ControlValue {
  var json: JSONValue { .string(self) }
  static func read(_ json: JSONValue) throws(ControlFault) -> String {
    guard let text = json.string else { throw ControlFault("a string") }
    return text
  }
}

extension Int: ControlValue {
  var json: JSONValue { .int(Int64(self)) }
  static func read(_ json: JSONValue) throws(ControlFault) -> Int {
    guard let number = json.int.flatMap({ Int(exactly: $0) }) else {
      throw ControlFault("an integer")
    }
    return number
  }
}

extension Double: ControlValue {
  var json: JSONValue { JSONValue(self) }
  static func read(_ json: JSONValue) throws(ControlFault) -> Double {
    guard let number = json.double else { throw ControlFault("a number") }
    return number
  }
}

extension Bool: ControlValue {
  var json: JSONValue { .bool(self) }
  static func read(_ json: JSONValue) throws(ControlFault) -> Bool {
    guard let bool = json.bool else { throw ControlFault("true or false") }
    return bool
  }
}

extension Day: ControlValue {
  var json: JSONValue { .string(description) }
  static func read(_ json: JSONValue) throws(ControlFault) -> Day {
    guard let day = json.string.flatMap({ Day($0) }) else { throw ControlFault("a day YYYY-MM-DD") }
    return day
  }
}

extension Instant: ControlValue {
  var json: JSONValue { .string(rfc3339) }
  static func read(_ json: JSONValue) throws(ControlFault) -> Instant {
    guard let moment = json.string.flatMap({ Instant(rfc3339: $0) }) else {
      throw ControlFault("a moment of RFC 3339 in UTC")
    }
    return moment
  }
}

extension Array: ControlValue where Element: ControlValue {
  var json: JSONValue { .array(map(\.json)) }
  static func read(_ json: JSONValue) throws(ControlFault) -> [Element] {
    guard let elements = json.array else { throw ControlFault("an array") }
    var out: [Element] = []
    out.reserveCapacity(elements.count)
    for (i, element) in elements.enumerated() {
      do { out.append(try Element.read(element)) } catch { throw error.below(String(i)) }
    }
    return out
  }
}

/// Enumerations go by their raw value.
extension ControlValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  var json: JSONValue { .string(rawValue) }
  static func read(_ json: JSONValue) throws(ControlFault) -> Self {
    guard let value = json.string.flatMap({ Self(rawValue: $0) }) else {
      let known = allCases.map(\.rawValue).joined(separator: ", ")
      throw ControlFault("one of \(known)")
    }
    return value
  }
}
extension AccountState: ControlValue {}
extension DaemonState: ControlValue {}
extension Message: ControlValue {}
extension ResyncProgress.State: ControlValue {}
extension Finding.What: ControlValue {}
extension WindowSpec.Per: ControlValue {}
extension Login: ControlValue {}

extension WorkClass: ControlValue {
  var json: JSONValue { .string(name) }
  static func read(_ json: JSONValue) throws(ControlFault) -> WorkClass {
    guard let found = allCases.first(where: { $0.name == json.string }) else {
      throw ControlFault("a class of work")
    }
    return found
  }
}

extension JSONValue {
  /// An object of these members in this order, those without value left out.
  static func record(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(members.compactMap { name, value in value.map { JSONMember(name, $0) } })
  }

  /// A member that must be there.
  func value<V: ControlValue>(_ name: String) throws(ControlFault) -> V {
    do { return try V.read(self[name] ?? .null) } catch { throw error.below(name) }
  }

  /// A member that may be left out or null.
  func optionalValue<V: ControlValue>(_ name: String) throws(ControlFault) -> V? {
    guard let json = self[name], !json.isNull else { return nil }
    do { return try V.read(json) } catch { throw error.below(name) }
  }
}
