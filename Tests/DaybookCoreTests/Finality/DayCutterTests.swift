import Testing

@testable import DaybookCore

@Suite("Cutting an answer into days")
struct DayCutterTests {
  private static let first = Day(number: 17_000)

  private func cutter(_ form: FactForm = .ymd, days: Int = 3) -> DayCutter {
    DayCutter(
      belongs: Belongs(at: .root, form: form), zone: .utc,
      asked: Self.first...Self.first + (days - 1))
  }

  private func element(_ start: Int64, _ texts: String?...) -> ScannedElement {
    ScannedElement(
      start: start, length: 10, found: texts.map { $0.map { JSONScalar(.string, $0) } })
  }

  private func piece(_ source: Int, _ start: Int64) -> DayCutter.Piece {
    DayCutter.Piece(source: source, start: start, length: 10)
  }

  @Test("elements go to their days in the order received, over all pages")
  func sorted() throws {
    var cutter = cutter()
    let (a, b) = ("\(Self.first)", "\(Self.first + 2)")
    try cutter.add([element(1, b), element(20, a), element(40, b)])
    try cutter.add([])
    try cutter.add([element(5, a)])
    #expect(cutter.pieces(of: Self.first) == [piece(0, 20), piece(2, 5)])
    #expect(cutter.pieces(of: Self.first + 1) == [])
    #expect(cutter.pieces(of: Self.first + 2) == [piece(0, 1), piece(0, 40)])
  }

  @Test("what else an element says of itself is nobody's business here")
  func further() throws {
    var cutter = cutter()
    try cutter.add([element(1, "\(Self.first)", "an id", nil)])
    #expect(cutter.pieces(of: Self.first) == [piece(0, 1)])
  }

  @Test(
    "an answer that is not what it should be is believed in nothing",
    arguments: [
      ([nil], .silent), (["soon"], .silent), ([""], .silent), (["2016-07-17"], .other),
      (["2016-07-21"], .other), (["1970-01-01"], .other),
    ] as [([String?], DayCutter.Fault)])
  func faults(_ found: [String?], _ fault: DayCutter.Fault) {
    var cutter = cutter()
    let bad = ScannedElement(
      start: 50, length: 1, found: found.map { $0.map { JSONScalar(.string, $0) } })
    #expect(throws: fault) { try cutter.add([element(1, "\(Self.first)"), bad]) }
  }

  @Test("more elements than can be told apart are a fault")
  func tooMany() {
    var cutter = cutter()
    #expect(throws: DayCutter.Fault.tooMany) { try cutter.add(nil) }
  }

  @Test("a date in parts is one day, and one that lacks a part is none")
  func parts() throws {
    var cutter = cutter(.parts)
    let (year, month, day) = Self.first.civil
    try cutter.add([element(1, "\(year)", "\(month)", "\(day)")])
    #expect(cutter.pieces(of: Self.first) == [piece(0, 1)])
    #expect(throws: DayCutter.Fault.silent) {
      try cutter.add([element(1, "\(year)", nil, "\(day)")])
    }
  }

  @Test("every element is in exactly one day, whatever the order: 200 seeds")
  func random() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = SeededRandom(seed: seed)
      var cutter = cutter(days: 30)
      var all = 0
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let page = (0..<Int.random(in: 0...20, using: &random)).map { i in
          element(Int64(i) * 10, "\(Self.first + Int.random(in: 0..<30, using: &random))")
        }
        all += page.count
        try cutter.add(page)
      }
      let days = (0..<30).map { cutter.pieces(of: Self.first + $0) }
      #expect(days.map(\.count).reduce(0, +) == all, "seed \(seed)")
      for pieces in days {
        let order = pieces.map { ($0.source, $0.start) }
        #expect(zip(order, order.dropFirst()).allSatisfy { $0 < $1 }, "seed \(seed)")
      }
    }
  }
}
