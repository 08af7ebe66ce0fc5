import Testing

@testable import DaybookCore

/// The description is the contract; the coders are held to it here, in both directions.
@Suite("The description of the control interface")
struct InterfaceTests {
  private let interface: InterfaceText
  private let service: InterfaceText

  init() throws {
    interface = try #require(InterfaceText(ControlInterface.description))
    service = try #require(InterfaceText(VarlinkService.description))
  }

  @Test("its names are those of the code")
  func names() {
    #expect(interface.name == ControlInterface.name)
    #expect(service.name == VarlinkService.name)
  }

  @Test("it has exactly the methods that the coders know")
  func methods() {
    var random = RandomControl(seed: 1)
    let known = random.calls().map { String($0.method.dropFirst(ControlInterface.name.count + 1)) }
    #expect(Set(known) == Set(interface.methods.keys))
    #expect(known.count == interface.methods.count)
  }

  @Test("calls have exactly its parameters", arguments: 0..<100 as Range<UInt64>)
  func parameters(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      let method = try #require(interface.methods[shortName(call.method)])
      #expect(interface.faults(in: call.parameters, method.parameters).isEmpty, "seed \(seed)")
    }
  }

  @Test("replies have exactly its members", arguments: 0..<100 as Range<UInt64>)
  func replies(seed: UInt64) throws {
    var random = RandomControl(seed: seed)
    for call in random.calls() {
      let method = try #require(interface.methods[shortName(call.method)])
      let reply = random.reply(to: call).response()
      #expect(reply.error == nil)
      #expect(interface.faults(in: reply.parameters, method.reply).isEmpty, "seed \(seed)")
    }
  }

  @Test("every parameter and member of it is written at some time")
  func complete() {
    var written: [String: Set<String>] = [:]
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomControl(seed: seed)
      for call in random.calls() {
        let name = shortName(call.method)
        let reply = random.reply(to: call).response().parameters
        written["\(name) call", default: []].formUnion(InterfaceText.paths(in: call.parameters))
        written["\(name) reply", default: []].formUnion(InterfaceText.paths(in: reply))
      }
    }
    for (name, method) in interface.methods {
      #expect(written["\(name) call"] == interface.paths(of: method.parameters), "\(name)")
      #expect(written["\(name) reply"] == interface.paths(of: method.reply), "\(name)")
    }
  }

  @Test("it has exactly the errors that the coders know, with their members")
  func errors() throws {
    var random = RandomControl(seed: 2)
    var seen: Set<String> = []
    for error in random.errors() {
      let name = shortName(error.name)
      let text = error.name.hasPrefix(VarlinkService.name) ? service : interface
      let members = try #require(text.errors[name], "\(name)")
      #expect(text.faults(in: error.parameters, members).isEmpty, "\(name)")
      seen.insert(name)
    }
    let all = Set(interface.errors.keys).union(service.errors.keys)
    #expect(seen == all.subtracting(["MethodNotImplemented"]))
  }

  @Test("the states, classes and kinds that its comments list are those of the code")
  func comments() {
    let lists: [(String, [String])] = [
      ("An account. state: ", AccountState.allCases.map(\.rawValue)),
      ("# state: ready", ["ready"]),
      ("would take next. class: ", WorkClass.allCases.map(\.name)),
      ("that verify found. what: ", Finding.What.allCases.map(\.rawValue)),
    ]
    for (prefix, values) in lists {
      let line = ControlInterface.description.split(separator: "\n").first { $0.contains(prefix) }
      for value in values { #expect(line?.contains(value) == true, "\(value)") }
    }
    for state in DaemonState.allCases {
      #expect(ControlInterface.description.contains(state.rawValue))
    }
  }

  @Test("the reader of descriptions refuses what is not of the grammar")
  func reader() {
    for text in [
      "", "interface", "interface a.b type X", "interface a.b type X (a string)",
      "interface a.b method M() (a: int)", "interface a.b thing X ()",
      "interface a.b type X (a: [int)",
    ] {
      #expect(InterfaceText(text) == nil, "\(text)")
    }
    let small = InterfaceText("interface a.b # c\ntype X (a: ?[]int, b: Y) method M(x: X)->()")
    #expect(small?.types["X"]?.first?.kind == .optional(.array(.int)))
    #expect(small?.methods["M"]?.parameters == [.init(name: "x", kind: .named("X"))])
  }

  @Test("the checker of members sees what is missing, extra or of another type")
  func checker() throws {
    let text = try #require(InterfaceText("interface a.b type X (a: ?[]int, b: string)"))
    let members = try #require(text.types["X"])
    #expect(text.faults(in: ["b": "x"], members).isEmpty)
    #expect(text.faults(in: ["a": [1, 2], "b": "x"], members).isEmpty)
    #expect(text.faults(in: ["a": [1, "2"], "b": "x"], members) == ["/a/1: no int"])
    #expect(text.faults(in: ["a": 1], members) == ["/a: no array", "/b: missing"])
    #expect(text.faults(in: ["b": "x", "c": 1], members) == ["/c: unknown"])
    #expect(text.faults(in: [], members) == [": no object"])
  }

  private func shortName(_ full: String) -> String {
    String(full.split(separator: ".").last ?? "")
  }
}
