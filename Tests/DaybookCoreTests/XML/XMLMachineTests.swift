import Testing

@testable import DaybookCore

@Suite("XMLMachine: what the plan points at")
struct XMLMachineTests {
  private static let body = """
    <settings><data><chart><graphs><graph gid="0">
     <value description="from 11:58PM">2</value><value description="from 11:59PM">1</value>
     <value description="from 12:00AM">1</value>
    </graph></graphs></chart></data></settings>
    """

  @Test(
    "matching elements and attributes are counted, each once",
    arguments: [
      (["/settings/data/chart/graphs/graph/value"], 3), (["/settings/data/chart/graphs/graph"], 1),
      ([""], 1), (["/settings"], 1), (["/*"], 1), (["", "/settings", "/*"], 1),
      (["/*/*/*/*/*/*"], 3), (["/*/*/*/*/*/value", "/settings/*/*/*/*/*"], 3),
      (["/settings/data/chart/graphs/graph/value/@description"], 3),
      (["/settings/data/chart/graphs/graph/@gid", "/settings/data"], 2), (["/data"], 0),
      (["/settings/data/chart/graphs/graph/values"], 0), (["/value"], 0), (["/Settings"], 0),
      (["/settings/data/chart/graphs/graph/value/0"], 0), (["/settings/data/chart/graphs/0"], 0),
      (["/settings/data/chart/graphs/graph", "/settings/data/chart/graphs/graph/value"], 4),
    ])
  func items(pointers: [String], count: Int) {
    let report = XMLScanner.scan(Array(Self.body.utf8), xmlPlan(pointers))
    #expect(report.fault == nil)
    #expect(report.items == count)
  }

  @Test("elements at the same path of other parents count too, those elsewhere do not")
  func places() {
    let text = "<a><b><v/></b><b><v/><c><v/></c></b><v/><v><v/></v></a>"
    #expect(XMLScanner.scan(Array(text.utf8), xmlPlan(["/a/b/v"])).items == 2)
    #expect(XMLScanner.scan(Array(text.utf8), xmlPlan(["/a/v/v"])).items == 1)
    #expect(XMLScanner.scan(Array(text.utf8), xmlPlan(["/a/*/v"])).items == 3)
    #expect(XMLScanner.scan(Array(text.utf8), xmlPlan()).items == 0)
  }

  private func start(_ machine: inout XMLMachine, _ name: String) -> DocumentFault.Reason? {
    let reason = Array(name.utf8).withUnsafeBytes { machine.start($0) }
    if reason == nil { machine.endAttributes() }
    return reason
  }

  @Test("it knows how deep it is and when the root has ended") func depth() {
    var machine = XMLMachine(PointerTable(xmlPlan(["/a/b"])), depthLimit: 2)
    #expect(start(&machine, "a") == nil && start(&machine, "b") == nil)
    #expect(machine.depth == 2 && !machine.isDone)
    #expect(start(&machine, "c") == .depth)
    #expect(machine.depth == 2)
    machine.end()
    #expect(!machine.isDone)
    machine.end()
    #expect(machine.isDone && machine.depth == 0 && machine.items == 1)
  }

  @Test("as many pointers as a plan may hold", arguments: [1, 63, 64]) func pointers(count: Int) {
    let pointers = (0..<count).map { "/a/e\($0)" }
    let text = "<a>" + (0..<70).map { "<e\($0)/>" }.joined() + "</a>"
    #expect(XMLScanner.scan(Array(text.utf8), xmlPlan(pointers)).items == count)
  }

  @Test("white space that is held back has a limit, in items only") func blank() {
    var machine = XMLMachine(PointerTable(xmlPlan(["/a/b"])), depthLimit: 9)
    let blank = [UInt8](repeating: 0x20, count: Limits.xmlTokenBytes)
    #expect(start(&machine, "a") == nil)
    for _ in 1...3 { #expect(blank.withUnsafeBytes { machine.text($0) } == nil) }
    #expect(start(&machine, "b") == nil)
    #expect(blank.withUnsafeBytes { machine.text($0) } == nil)
    #expect([0x0A as UInt8].withUnsafeBytes { machine.text($0) } == .tooLong)
  }
}
