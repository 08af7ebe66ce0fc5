import Testing

@testable import DaybookCore

/// Every member of every record and parameter, broken in turn, by the description itself: no list
/// of them could be forgotten here.
@Suite("Faults in what a peer says")
struct ControlFaultTests {
  private let interface: InterfaceText

  init() throws { interface = try #require(InterfaceText(ControlInterface.description)) }

  /// Values of other types than the one of the description.
  private func wrong(_ kind: InterfaceText.Kind) -> [JSONValue] {
    switch kind {
    case .string: [1, true, .array([]), [:]]
    case .int: ["1", true, .number("1.5"), .number("99999999999999999999"), .array([])]
    case .float: ["1", true, .array([]), .number("1e999")]
    case .bool: ["true", 0, .array([])]
    case .array: ["x", 1, [:]]
    case .named: ["x", 1, .array([])]
    case .optional(let inner): wrong(inner)
    }
  }

  private func isOptional(_ kind: InterfaceText.Kind) -> Bool {
    if case .optional = kind { true } else { false }
  }

  private func name(_ call: ControlCall) -> String {
    String(call.method.dropFirst(ControlInterface.name.count + 1))
  }

  /// The object with one member put in, or taken out.
  private func changed(_ json: JSONValue, _ name: String, _ value: JSONValue?) -> JSONValue {
    let rest = (json.object ?? []).filter { $0.key != name }
    return .object(rest + (value.map { [JSONMember(name, $0)] } ?? []))
  }

  @Test("each parameter of the wrong type is named", arguments: 0..<5 as Range<UInt64>)
  func parameters(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      let members = try #require(interface.methods[name(call)]).parameters
      for member in members {
        for value in wrong(member.kind) {
          let parameters = changed(call.parameters, member.name, value)
          #expect(throws: ControlError.invalidParameter(member.name), "seed \(seed)") {
            try ControlCall(method: call.method, parameters: parameters)
          }
        }
      }
    }
  }

  @Test("each parameter that is left out is missed, or may be", arguments: 0..<5 as Range<UInt64>)
  func missingParameters(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      for member in try #require(interface.methods[name(call)]).parameters {
        for value in [nil, JSONValue.null] {
          let parameters = changed(call.parameters, member.name, value)
          let error = refusal(call.method, parameters)
          let allowed = isOptional(member.kind)
          // Taking `from` away may leave a `to` that needs it.
          if allowed, case .invalidRange = error { continue }
          // One of three is there, each of which may be another.
          if case .loginComplete = call, allowed, error == .invalidParameter("url") { continue }
          #expect(error == (allowed ? nil : .invalidParameter(member.name)), "seed \(seed)")
        }
      }
    }
  }

  /// Members that a daemon of version 1 of the interface lacks: they may be left out.
  private static let younger: Set = ["kind", "lost"]

  @Test(
    "each member of a reply of the wrong type is named by its path",
    arguments: 0..<5 as Range<UInt64>)
  func replies(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      let good = random.reply(to: call).response().parameters
      for member in try #require(interface.methods[name(call)]).reply {
        for value in wrong(member.kind) {
          #expect(
            fault(changed(good, member.name, value), call)?.path == member.name, "seed \(seed)")
        }
        if !isOptional(member.kind), !Self.younger.contains(member.name) {
          #expect(fault(changed(good, member.name, nil), call)?.path == member.name, "seed \(seed)")
        }
      }
    }
  }

  private func refusal(_ method: String, _ parameters: JSONValue) -> ControlError? {
    do {
      _ = try ControlCall(method: method, parameters: parameters)
      return nil
    } catch { return error }
  }

  private func fault(_ parameters: JSONValue, _ call: ControlCall) -> ControlFault? {
    do {
      _ = try ControlReply(VarlinkResponse(parameters: parameters), to: call)
      return nil
    } catch { return error }
  }

  @Test("each member of each error of the wrong type is named")
  func errors() throws {
    var random = RandomControl(seed: 6)
    for error in random.errors() {
      guard let members = interface.errors[String(error.name.split(separator: ".").last ?? "")]
      else { continue }
      for member in members {
        for value in wrong(member.kind).map({ JSONValue?.some($0) }) + [nil] {
          let parameters = changed(error.parameters, member.name, value)
          let fault = #expect(throws: ControlFault.self) {
            try ControlError(error.name, parameters)
          }
          #expect(fault?.path == member.name)
        }
      }
    }
  }

  @Test(
    "a message with any byte changed is read or refused, never trusted half",
    arguments: 0..<200 as Range<UInt64>)
  func mutations(seed: UInt64) {
    var random = RandomControl(seed: seed)
    let call = random.one(of: random.calls())
    var bytes = Array(VarlinkRequest(call, more: random.flag()).encoded.dropLast())
    for _ in 0..<random.int(1...4) {
      let place = random.int(0...(bytes.count - 1))
      switch random.int(0...2) {
      case 0: bytes[place] = UInt8(random.int(0...255))
      case 1: bytes.remove(at: place)
      default: bytes.insert(UInt8(random.int(0...255)), at: place)
      }
      if bytes.isEmpty { bytes = [0x20] }
    }
    guard let request = try? VarlinkRequest(message: bytes),
      let read = try? ControlCall(method: request.method, parameters: request.parameters)
    else { return }
    // What was read is a call of its own right: it goes and comes back.
    let again = try? ControlCall(method: read.method, parameters: read.parameters)
    #expect(again == read, "seed \(seed)")
  }
}
