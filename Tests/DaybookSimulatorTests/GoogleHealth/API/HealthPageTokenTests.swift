import Testing

@testable import DaybookSimulator

struct HealthPageTokenTests {
  @Test("a token is read back in its context", arguments: [-5, 0, 1_793_361_600, Int.max])
  func back(start: Int) {
    let token = HealthPageToken().next(start: start, source: 1).again
    #expect(token.page == 2)
    #expect(HealthPageToken(token.text("x"), "x") == token)
  }

  @Test("another context's token is none")
  func foreign() {
    let text = HealthPageToken().next(start: 5).text("list|steps")
    #expect(HealthPageToken(text, "list|steps") != nil)
    #expect(HealthPageToken(text, "list|floors") == nil)
    #expect(HealthPageToken(text, "") == nil)
  }

  @Test("a token that was altered is none")
  func altered() {
    let text = HealthPageToken().next(start: 1_793_361_600).text("x")
    for i in text.indices {
      var other = text
      other.replaceSubrange(i...i, with: text[i] == "A" ? "B" : "A")
      #expect(HealthPageToken(other, "x") == nil)
    }
  }

  @Test("what is no token is none", arguments: ["x", "!", "MS4yLjM", "MS4yLjMuNA", " "])
  func garbage(text: String) {
    #expect(HealthPageToken(text, "x") == nil)
  }

  @Test("a token may stand in a query as it is")
  func characters() {
    for start in stride(from: 0, to: 100_000, by: 997) {
      let text = HealthPageToken().next(start: start).text("x")
      #expect(text.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil)
    }
  }

  @Test("the first place is before everything")
  func first() {
    let token = HealthPageToken()
    #expect(token.start == .max && token.source == .max && token.page == 0)
    let next = token.next(start: 9, source: 1)
    #expect(next.start == 9 && next.source == 1 && next.page == 1)
    #expect(next.again.start == 9 && next.again.source == 1)
  }

  @Test("about so many pages are empty, the same ones each time", arguments: [0.0, 0.2, 0.9, 1.0])
  func empty(rate: Double) {
    func pages() -> [Bool] {
      (0..<2_000).map { HealthPageToken().next(start: $0).isEmptyPage("x", rate: rate) }
    }
    let count = pages().count { $0 }
    #expect(pages() == pages())
    #expect(abs(Double(count) - 2_000 * min(rate, 0.9)) < 100)
  }
}
