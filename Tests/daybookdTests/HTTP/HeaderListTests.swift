import CCurl
import DaybookCore
import DaybookEngine
import Testing

@testable import daybookd

@Suite("HTTP: header lines of a request")
struct HeaderListTests {
  private func lines(_ list: HeaderList) -> [String] {
    var out: [String] = []
    var node = list.list
    while let line = node?.pointee {
      out.append(String(cString: line.data))
      node = line.next
    }
    return out
  }

  @Test("headers keep their order; an empty value stays a header; Expect is switched off")
  func lines() throws {
    let list = try HeaderList([
      Call.Header("Authorization", Secret("Bearer abc")), Call.Header("X-Empty", Secret("")),
      Call.Header("Accept", Secret("application/json")),
    ])
    #expect(
      lines(list) == [
        "Authorization: Bearer abc", "X-Empty;", "Accept: application/json", "Expect:",
      ])
  }

  @Test(
    "nothing breaks out of its line",
    arguments: [
      ("X", "a\r\nEvil: b"), ("X", "a\nb"), ("X", "a\rb"), ("X", "a\0b"), ("X", "\u{1b}"),
      ("X\r\nEvil", "a"), ("X: y", "a"), ("", "a"), ("X Y", "a"), ("X\0", "a"),
    ])
  func forbidden(name: String, value: String) {
    do {
      _ = try HeaderList([Call.Header(name, Secret(value))])
      Issue.record("taken: \(name)")
    } catch {
      #expect(error.reason == .forbidden)
      #expect(!error.detail.contains("Evil: b"))
    }
  }
}
