import Testing

@testable import DaybookCore

@Suite("JSONScanner against a slow reader, on random documents")
struct JSONRandomTests {
  @Test("both find the same items, digest and scalars")
  func reports() throws {
    let seed = Seed()
    var random = seed.random
    for round in 0..<300 {
      let document = randomDocument(&random)
      let plan = randomPlan(&random)
      let note = Comment("round \(round): \(String(decoding: document, as: UTF8.self)), \(seed)")
      let oracle = try #require(OracleNode(document), note)
      let report = scanned(document, plan, chunk: Int.random(in: 1...60, using: &random))
      #expect(report == oracle.report(plan), note)
    }
  }

  @Test("both refuse the same damaged documents")
  func damaged() {
    let seed = Seed()
    var random = seed.random
    var valid = 0
    for round in 0..<4_000 {
      var document = randomDocument(&random)
      for _ in 0...Int.random(in: 0...2, using: &random) { damage(&document, &random) }
      let note = Comment("round \(round): \(document), \(seed)")
      let whole = JSONScanner.scan(document)
      #expect((whole.fault == nil) == (OracleNode(document) != nil), note)
      let chunk = Int.random(in: 1...9, using: &random)
      #expect(scanned(document, ScanPlan(), chunk: chunk) == whole, note)
      if whole.fault == nil { valid += 1 }
    }
    #expect(valid > 100 && valid < 3_900, "the damage must be neither total nor void")
  }

  @Test("white space between tokens changes nothing")
  func whitespace() {
    let seed = Seed()
    for round in 0..<200 {
      var one = SeededRandom(seed: seed.value &+ UInt64(round))
      var other = one
      let plan = ScanPlan(items: [.root], capture: [JSONPointer(segments: [.every])])
      let compact = JSONScanner.scan(randomDocument(&one, spaced: false), plan)
      let spaced = JSONScanner.scan(randomDocument(&other, spaced: true), plan)
      #expect(compact == spaced, "round \(round), \(seed)")
    }
  }
}

private let keys = ["a", "b", "key", "0", "1", "é", "\\u0061", "", "x/y", "\\uD800", "*"]
private let strings = ["", "abc", "é😀", "\\n\\u00e9", "\\uDBFF\\uDFFF", "\\uD800x", "12345678 9"]
private let words = ["0", "-1", "12.5e-3", "1e9", "true", "false", "null", "123456789012345678901"]

/// Its numbers come from a copy of `random`, so that the spaced and the compact form agree.
private func randomDocument(_ random: inout SeededRandom, spaced: Bool? = nil) -> [UInt8] {
  let spaces = spaced ?? Bool.random(using: &random)
  var gaps = SeededRandom(seed: random.next())
  return Array(randomValue(&random, depth: 4) { spaces ? gap(&gaps) : "" }.utf8)
}

private func gap(_ random: inout SeededRandom) -> String {
  ["", "", " ", "\n\t", "  \r\n  "].randomElement(using: &random) ?? ""
}

private func randomValue(
  _ random: inout SeededRandom, depth: Int, _ gap: () -> String
) -> String {
  let kind = Int.random(in: depth > 0 ? 0...4 : 0...1, using: &random)
  let count = Int.random(in: 0...4, using: &random)
  var parts: [String] = []
  switch kind {
  case 0: return gap() + (words.randomElement(using: &random) ?? "") + gap()
  case 1: return gap() + "\"\(strings.randomElement(using: &random) ?? "")\"" + gap()
  case 2:
    for _ in 0..<count { parts.append(randomValue(&random, depth: depth - 1, gap)) }
    return gap() + "[" + (parts.isEmpty ? gap() : parts.joined(separator: ",")) + "]" + gap()
  default:
    for _ in 0..<count {
      let key = gap() + "\"\(keys.randomElement(using: &random) ?? "")\"" + gap()
      parts.append(key + ":" + randomValue(&random, depth: depth - 1, gap))
    }
    return gap() + "{" + (parts.isEmpty ? gap() : parts.joined(separator: ",")) + "}" + gap()
  }
}

private func randomPlan(_ random: inout SeededRandom) -> ScanPlan {
  func pointers(_ random: inout SeededRandom) -> [JSONPointer] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in
      JSONPointer(
        segments: (0..<Int.random(in: 0...3, using: &random)).map { _ in
          let name = ["a", "b", "key", "0", "1", "é", "", "x/y", "\u{FFFD}"].randomElement(
            using: &random)
          return Bool.random(using: &random) ? .every : .key(name ?? "")
        })
    }
  }
  return ScanPlan(
    items: pointers(&random), volatile: pointers(&random), capture: pointers(&random))
}

private func damage(_ document: inout [UInt8], _ random: inout SeededRandom) {
  let bytes = Array("[]{},:\"\\u0e+-.1 tfn/\n".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xE2, 0xF0, 0xFF]
  let byte = bytes.randomElement(using: &random) ?? 0
  let place = Int.random(in: 0...document.count, using: &random)
  switch Int.random(in: 0...2, using: &random) {
  case 0: document.insert(byte, at: place)
  case 1 where place < document.count: document[place] = byte
  case 2 where place < document.count: document.remove(at: place)
  default: document.append(byte)
  }
}
