@testable import DaybookCore

/// A Varlink interface read from its description, for tests that hold the coders to it: the
/// grammar of https://varlink.org/Interface-Definition as far as the description uses it.
struct InterfaceText {
  indirect enum Kind: Equatable {
    case string, int, float, bool
    case array(Kind)
    case optional(Kind)
    case named(String)
  }
  struct Member: Equatable {
    var name: String
    var kind: Kind
  }

  var name = ""
  var types: [String: [Member]] = [:]
  var methods: [String: (parameters: [Member], reply: [Member])] = [:]
  var errors: [String: [Member]] = [:]

  private var words: ArraySlice<String>

  /// Nil when the text is not of the grammar.
  init?(_ text: String) {
    words = InterfaceText.words(of: text)[...]
    guard take("interface"), let name = words.popFirst() else { return nil }
    self.name = name
    while let keyword = words.popFirst() {
      guard let name = words.popFirst(), let members = self.members() else { return nil }
      switch keyword {
      case "type": types[name] = members
      case "error": errors[name] = members
      case "method":
        guard take("->"), let reply = self.members() else { return nil }
        methods[name] = (members, reply)
      default: return nil
      }
    }
  }

  private static func words(of text: String) -> [String] {
    let bare = text.split(separator: "\n").map { $0.prefix { $0 != "#" } }.joined(separator: " ")
    var out: [String] = []
    var word = ""
    for character in bare.replacing("->", with: " > ") {
      if "(),:>?[] ".contains(character) {
        if !word.isEmpty { out.append(word) }
        word = ""
        if character != " " { out.append(character == ">" ? "->" : String(character)) }
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? out : out + [word]
  }

  private mutating func take(_ word: String) -> Bool {
    guard words.first == word else { return false }
    words.removeFirst()
    return true
  }

  private mutating func members() -> [Member]? {
    guard take("(") else { return nil }
    var out: [Member] = []
    while !take(")") {
      guard out.isEmpty || take(","), let name = words.popFirst(), take(":"), let kind = kind()
      else { return nil }
      out.append(Member(name: name, kind: kind))
    }
    return out
  }

  private mutating func kind() -> Kind? {
    if take("?") { return kind().map { .optional($0) } }
    if take("[") { return take("]") ? kind().map { .array($0) } : nil }
    switch words.popFirst() {
    case "string": return .string
    case "int": return .int
    case "float": return .float
    case "bool": return .bool
    case let name?: return .named(name)
    case nil: return nil
    }
  }
}

extension InterfaceText {
  /// What is wrong with an object that should have these members: one line for each fault.
  func faults(in json: JSONValue, _ members: [Member], at path: String = "") -> [String] {
    guard let given = json.object else { return ["\(path): no object"] }
    let known = Set(members.map(\.name))
    let extra = given.map(\.key).filter { !known.contains($0) }.map { "\(path)/\($0): unknown" }
    return extra
      + members.flatMap { member in
        faults(in: json[member.name], member.kind, at: "\(path)/\(member.name)")
      }
  }

  private func faults(in json: JSONValue?, _ kind: Kind, at path: String) -> [String] {
    if case .optional(let inner) = kind {
      return json.map { faults(in: $0, inner, at: path) } ?? []
    }
    guard let json else { return ["\(path): missing"] }
    switch kind {
    case .string: return json.string == nil ? ["\(path): no string"] : []
    case .int: return json.int == nil ? ["\(path): no int"] : []
    case .float: return json.double == nil ? ["\(path): no float"] : []
    case .bool: return json.bool == nil ? ["\(path): no bool"] : []
    case .named(let name):
      guard let members = types[name] else { return ["\(path): no type \(name)"] }
      return faults(in: json, members, at: path)
    case .array(let element):
      guard let elements = json.array else { return ["\(path): no array"] }
      return elements.enumerated().flatMap { faults(in: $1, element, at: "\(path)/\($0)") }
    case .optional: return []
    }
  }

  /// Paths of all members that an object has, arrays without their indexes: to see that every
  /// member of the description was written at least once.
  static func paths(in json: JSONValue, at path: String = "") -> Set<String> {
    switch json {
    case .object(let members):
      members.reduce(into: []) { out, member in
        out.insert("\(path)/\(member.key)")
        out.formUnion(paths(in: member.value, at: "\(path)/\(member.key)"))
      }
    case .array(let elements): elements.reduce(into: []) { $0.formUnion(paths(in: $1, at: path)) }
    default: []
    }
  }

  /// The same of the description.
  func paths(of members: [Member], at path: String = "") -> Set<String> {
    members.reduce(into: []) { out, member in
      let here = "\(path)/\(member.name)"
      out.insert(here)
      if let inner = record(member.kind) { out.formUnion(paths(of: inner, at: here)) }
    }
  }

  private func record(_ kind: Kind) -> [Member]? {
    switch kind {
    case .named(let name): types[name]
    case .array(let inner), .optional(let inner): record(inner)
    default: nil
    }
  }
}
