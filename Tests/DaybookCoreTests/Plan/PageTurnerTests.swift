import Testing

@testable import DaybookCore

@Suite("Turning pages")
struct PageTurnerTests {
  private static let token = Pages(.token(send: "page", at: .root))
  private static let flagged = Pages(.token(send: "page", at: .root), more: .root)
  private static let counter = Pages(.counter(send: "p", first: 0, step: 50))

  /// What a page says: its token, and its flag.
  private func found(_ scalars: JSONScalar?...) -> [[JSONScalar]] {
    scalars.map { $0.map { [$0] } ?? [] }
  }

  @Test("what a page is searched for")
  func wanted() {
    let next = JSONPointer(segments: [.key("next")])
    let more = JSONPointer(segments: [.key("more")])
    #expect(Pages(.token(send: "p", at: next)).wanted == [next])
    #expect(Pages(.token(send: "p", at: next), more: more).wanted == [next, more])
    #expect(Self.counter.wanted.isEmpty)
  }

  @Test("without pages the first is the last")
  func none() throws {
    var turner = PageTurner()
    #expect(try !turner.turn(nil, found: [], items: 5))
    #expect(turner.mark == nil && turner.count == 1)
  }

  @Test(
    "a token that is there names the next page, empty or not; one that is not ends them",
    arguments: [
      (JSONScalar(.string, "a"), true), (JSONScalar(.number, "7"), true),
      (JSONScalar(.string, ""), false), (JSONScalar(.literal, "null"), false), (nil, false),
    ])
  func tokens(_ scalar: JSONScalar?, _ isMore: Bool) throws {
    var turner = PageTurner()
    #expect(try turner.turn(Self.token, found: found(scalar), items: 0) == isMore)
    #expect(turner.mark == (isMore ? scalar?.text : nil))
  }

  @Test(
    "where a flag says whether there is more, the token alone says nothing",
    arguments: [
      (JSONScalar(.literal, "true"), true), (JSONScalar(.number, "1"), true),
      (JSONScalar(.string, "true"), true), (JSONScalar(.literal, "false"), false),
      (JSONScalar(.number, "0"), false), (JSONScalar(.literal, "null"), false), (nil, false),
    ])
  func flags(_ flag: JSONScalar?, _ isMore: Bool) throws {
    var turner = PageTurner()
    let page = found(JSONScalar(.number, "100"), flag)
    #expect(try turner.turn(Self.flagged, found: page, items: 3) == isMore)
  }

  @Test("more without a token is a fault: a page would be missing")
  func noMark() {
    var turner = PageTurner()
    #expect(throws: PageTurner.Fault.noMark) {
      try turner.turn(Self.flagged, found: found(nil, JSONScalar(.literal, "true")), items: 3)
    }
  }

  @Test("counted pages go on by their step until one is empty")
  func counted() throws {
    var turner = PageTurner()
    for mark in ["50", "100"] {
      #expect(try turner.turn(Self.counter, found: [], items: 50))
      #expect(turner.mark == mark)
    }
    #expect(try !turner.turn(Self.counter, found: [], items: 0))
    #expect(turner.count == 3)
  }

  @Test("a ring, too many pages and a mark that was cut off are faults")
  func faults() throws {
    var ring = PageTurner()
    for mark in ["a", "b"] {
      _ = try ring.turn(Self.token, found: found(JSONScalar(.string, mark)), items: 1)
    }
    #expect(throws: PageTurner.Fault.endless) {
      try ring.turn(Self.token, found: found(JSONScalar(.string, "a")), items: 1)
    }
    var endless = PageTurner()
    for page in 1..<Limits.pages {
      _ = try endless.turn(Self.token, found: found(JSONScalar(.number, "\(page)")), items: 1)
    }
    #expect(throws: PageTurner.Fault.endless) {
      try endless.turn(Self.token, found: found(JSONScalar(.number, "0")), items: 1)
    }
    var long = PageTurner()
    let text = String(repeating: "x", count: Limits.capturedBytes)
    #expect(throws: PageTurner.Fault.longMark) {
      try long.turn(Self.token, found: found(JSONScalar(.string, text)), items: 1)
    }
  }
}
