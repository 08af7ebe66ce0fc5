import Testing

@testable import DaybookCore

@Suite("What is looked for in answers and files")
struct StreamSpecPlansTests {
  private func pointer(_ text: String) throws -> JSONPointer { try #require(JSONPointer(text)) }

  private func stream() throws -> StreamSpec {
    var spec = StreamSpec(
      name: "s", request: Request(path: "/{start}/{end}"),
      window: DayWindow(form: .ymd, ends: .both))
    spec.items = [try pointer("/list")]
    spec.volatile = [try pointer("/list/*/at")]
    spec.belongs = Belongs(at: try pointer("/list/*/day"), form: .ymd)
    return spec
  }

  private let inquiry = Inquiry(kind: .data, stream: "s", rows: [])

  @Test("a day that comes alone on one page is its file: both are read alike")
  func plain() throws {
    let spec = try stream()
    #expect(spec.filePlan == ScanPlan(items: spec.items, volatile: spec.volatile))
    #expect(spec.answerPlan(inquiry) == spec.filePlan)
    #expect(!spec.isCut)
  }

  @Test("with pages the items are found in a page alone, and in each page of several")
  func pages() throws {
    var spec = try stream()
    spec.pages = Pages(.token(send: "t", at: try pointer("/next")))
    #expect(spec.filePlan.items == [try pointer("/list"), try pointer("/*/list")])
    #expect(spec.answerPlan(inquiry) == spec.filePlan)
    let page = "{\"list\": [{\"at\": 1}, {\"at\": 2}], \"next\": \"x\"}"
    let alone = JSONScanner.scan(Array(page.utf8), spec.filePlan)
    let joined = JSONScanner.scan(Array("[\(page),\(page)]".utf8), spec.filePlan)
    #expect(alone.items == 2 && joined.items == 4 && alone.digest != joined.digest)
    let changed = page.replacing("1", with: "9").replacing("x", with: "y")
    #expect(JSONScanner.scan(Array(changed.utf8), spec.filePlan).digest == alone.digest)
  }

  @Test("of an answer that is cut the elements are told apart; the file is their array")
  func cut() throws {
    var spec = try stream()
    spec.span = 7
    #expect(spec.filePlan == ScanPlan(items: [.root], volatile: [try pointer("/*/at")]))
    let plan = spec.answerPlan(inquiry)
    #expect(
      plan.elements
        == ElementPlan(at: try pointer("/list/*"), facts: [try pointer("/list/*/day")]))
    #expect(plan.items == spec.items && plan.volatile == [])
    spec.span = 1
    spec.pad = 1
    #expect(spec.isCut && spec.answerPlan(inquiry) == plan)
  }

  @Test("with parts the file holds a list and its parts, and both are compared")
  func parts() throws {
    var spec = try stream()
    let part = PartSpec(name: "x", request: Request(path: "/{item}"))
    spec.each = Each(item: try pointer("/id"), condition: try pointer("/has"), parts: [part])
    let facts = [try pointer("/list/*/id"), try pointer("/list/*/has")]
    #expect(
      spec.answerPlan(inquiry).elements == ElementPlan(at: try pointer("/list/*"), facts: facts))
    #expect(spec.filePlan.items == [try pointer("/list/*/list"), try pointer("/parts")])
    #expect(spec.filePlan.volatile == [try pointer("/list/*/list/*/at")])
    #expect(spec.fileExtension == "parts.json")
    spec.span = 7
    let day = try pointer("/list/*/day")
    #expect(spec.answerPlan(inquiry).elements?.facts == [day] + facts)
    #expect(spec.filePlan.items == [try pointer("/list"), try pointer("/parts")])
    #expect(spec.filePlan.volatile == [try pointer("/list/*/at")])
    let file = #"{"list":[{"at":1,"id":7}],"parts":[{"item":"7","sha256":"a"}]}"#
    let digests = [file, file.replacing("1", with: "2"), file.replacing("\"a\"", with: "\"b\"")]
      .map { JSONScanner.scan(Array($0.utf8), spec.filePlan).digest }
    #expect(digests[0] == digests[1] && digests[0] != digests[2])
    let element = ScannedElement(
      start: 0, length: 1, found: [JSONScalar(.string, "d"), nil, JSONScalar(.number, "1")])
    #expect(spec.itemFacts(element) == [nil, JSONScalar(.number, "1")])
  }

  @Test("a day of XML is read as XML, in the answer and in the file")
  func xml() throws {
    var spec = try stream()
    spec.document = .xml(entities: ["hellip"])
    #expect(spec.filePlan.document == spec.document && spec.filePlan.items == spec.items)
    #expect(spec.answerPlan(inquiry) == spec.filePlan)
  }

  @Test("what the judgement needs is looked for beside it")
  func rows() throws {
    let row = AnswerRow(status: 200, lacks: try pointer("/kind"), means: .denied)
    let asking = Inquiry(
      kind: .data, stream: "s", rows: [row], wanted: [try pointer("/next")])
    #expect(try stream().answerPlan(asking).capture.map(\.description) == ["/next", "/kind"])
  }
}
