import Testing

@testable import DaybookCore

@Suite("Document: the kinds of days")
struct DocumentTests {
  @Test(
    "each kind has its extension, which is a word of a file's name",
    arguments: [
      (.json, "json", false), (.xml(entities: []), "xml", true),
      (.xml(entities: ["hellip"]), "xml", true), (.bytes, "bin", false),
    ] as [(Document, String, Bool)])
  func kinds(document: Document, fileExtension: String, isXML: Bool) {
    #expect(document.fileExtension == fileExtension)
    #expect(document.isXML == isXML)
    #expect(Name.isValid(fileExtension))
  }

  @Test("a plan and a stream are of JSON unless they say otherwise")
  func ordinary() {
    #expect(ScanPlan().document == .json)
    let window = DayWindow(form: .ymd, ends: .both)
    var spec = StreamSpec(name: "sleep", request: Request(path: "/{start}"), window: window)
    #expect(spec.filePlan == ScanPlan())
    spec.document = .xml(entities: ["hellip"])
    #expect(spec.filePlan == xmlPlan(entities: ["hellip"]))
  }
}
