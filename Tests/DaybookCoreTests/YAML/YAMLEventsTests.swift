import Testing

@testable import DaybookCore

@Suite("YAML events")
struct YAMLEventsTests {
  /// The events of a text, each as one word and its place.
  private func events(_ text: String) throws -> [String] {
    let events = YAMLEvents(Array(text.utf8))
    var out: [String] = []
    while true {
      let (event, place) = try events.next()
      switch event {
      case .documentStart: out.append("document \(place)")
      case .mapStart(let p): out.append("map\(marks(p)) \(place)")
      case .mapEnd: out.append("end of map \(place)")
      case .listStart(let p): out.append("list\(marks(p)) \(place)")
      case .listEnd: out.append("end of list \(place)")
      case .scalar(let text, let plain, let p):
        out.append("\(plain ? "plain" : "quoted")\(marks(p)) \(text) \(place)")
      case .alias: out.append("alias \(place)")
      case .other: continue
      case .end: return out
      }
    }
  }

  private func marks(_ p: YAMLEvents.Properties) -> String {
    (p.anchor ? " anchored" : "") + (p.tag ? " tagged" : "")
  }

  @Test("events come in the order of the text, with their places")
  func order() throws {
    #expect(
      try events("a: [1, \"2\"]\n") == [
        "document 1:1", "map 1:1", "plain a 1:1", "list 1:4", "plain 1 1:5", "quoted 2 1:8",
        "end of list 1:11", "end of map 2:1",
      ])
  }

  @Test("anchors and tags are seen on scalars, lists and maps")
  func properties() throws {
    let found = try events("- &a x\n- !t y\n- &b !u [z]\n- &c {}\n- !v {}\n- *a\n")
    #expect(
      found.filter { $0.contains("ed ") || $0.hasPrefix("alias") } == [
        "plain anchored x 1:3", "plain tagged y 2:3", "list anchored tagged 3:3",
        "map anchored 4:3", "map tagged 5:3", "alias 6:3",
      ])
  }

  @Test("no bytes are no document")
  func empty() throws {
    #expect(try events("").isEmpty)
    #expect(try events("# comment\n").isEmpty)
  }

  @Test("each document begins with an event of its own")
  func documents() throws {
    let found = try events("---\na\n---\nb\n")
    #expect(found == ["document 1:1", "plain a 2:1", "document 3:1", "plain b 4:1"])
  }

  @Test(
    "a fault has the place of the byte, wherever characters are longer than one",
    arguments: [
      ("a: é\n\tb: 1\n", 2, 1), ("é: {\n  ü: [\n\t]x", 3, 3), ("ééé: @x\n", 1, 6),
    ])
  func faults(text: String, line: Int, column: Int) throws {
    let events = YAMLEvents(Array(text.utf8))
    var fault: YAMLEvents.Fault?
    for _ in 0..<100 where fault == nil {
      do { if case (.end, _) = try events.next() { break } } catch { fault = error }
    }
    #expect(try #require(fault).position == Position(line: line, column: column))
  }

  @Test("parsers that are thrown away in the middle leave nothing behind")
  func abandoned() throws {
    let text = Array(("- " + String(repeating: "x", count: 1_000) + "\n").utf8)
    let bytes = Array(repeatElement(text, count: 50).joined())
    for _ in 0..<200 {
      let events = YAMLEvents(bytes)
      for _ in 0..<4 { _ = try events.next() }
    }
  }
}
