import DaybookCore
import Testing

@testable import daybookd

@Suite("HTTP: response heads")
struct ResponseHeadTests {
  private func head(_ lines: [String]) -> ResponseHead {
    var head = ResponseHead()
    for line in lines { #expect(add(line, to: &head)) }
    return head
  }

  private func add(_ line: String, to head: inout ResponseHead) -> Bool {
    Array(line.utf8).withUnsafeBytes { head.add($0) }
  }

  @Test("names are lowered, values trimmed, order and repetitions kept")
  func fields() {
    let head = head([
      "HTTP/1.1 200 OK\r\n", "Set-Thing:  a b \t\r\n", "ETAG:\"x\"\r\n", "set-thing:\r\n", "\r\n",
    ])
    #expect(head.status == 200)
    #expect(head.isComplete)
    #expect(
      head.fields == [Field("set-thing", "a b"), Field("etag", "\"x\""), Field("set-thing", "")])
  }

  @Test(
    "the status is read from every form of the line",
    arguments: [
      ("HTTP/1.1 200 OK\r\n", 200), ("HTTP/1.0 404 Not Found\r\n", 404), ("HTTP/2 429 \r\n", 429),
      ("HTTP/2 503\r\n", 503), ("HTTP/1.1 999 Odd\r\n", 999), ("HTTP/1.1\r\n", 0),
      ("HTTP/1.1 abc\r\n", 0), ("HTTP/1.1 -20\r\n", 0),
    ])
  func status(line: String, status: Int) {
    let head = head([line, "\r\n"])
    #expect(head.status == status)
    #expect(head.isComplete == (status >= 200))
  }

  @Test("an interim response leaves no trace")
  func interim() {
    let head = head([
      "HTTP/1.1 103 Early Hints\r\n", "Link: </a>\r\n", "\r\n", "HTTP/1.1 100 Continue\r\n", "\r\n",
      "HTTP/1.1 201 Created\r\n", "A: 1\r\n", "\r\n",
    ])
    #expect(head.status == 201)
    #expect(head.fields == [Field("a", "1")])
  }

  @Test("an interim response alone is not complete")
  func interimOnly() {
    #expect(!head(["HTTP/1.1 100 Continue\r\n", "\r\n"]).isComplete)
  }

  @Test("a repeated response begins anew")
  func repeated() {
    let head = head([
      "HTTP/1.1 401 No\r\n", "A: 1\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "B: 2\r\n", "\r\n",
    ])
    #expect(head.status == 200)
    #expect(head.fields == [Field("b", "2")])
  }

  @Test("trailers are ignored")
  func trailers() {
    let head = head(["HTTP/1.1 200 OK\r\n", "A: 1\r\n", "\r\n", "Retry-After: 9\r\n", "\r\n"])
    #expect(head.fields == [Field("a", "1")])
    #expect(head.isComplete)
  }

  @Test(
    "a field that is none is left out",
    arguments: [
      "no colon\r\n", ": no name\r\n", "two words: x\r\n", "tab\t: x\r\n", "nul: a\0b\r\n",
      "escape: \u{1b}[2J\r\n", "carriage: a\rb\r\n", "delete: \u{7f}\r\n", "n\u{e4}me: x\r\n",
    ])
  func invalid(line: String) {
    let head = head(["HTTP/1.1 200 OK\r\n", "Before: 1\r\n", line, "After: 2\r\n", "\r\n"])
    #expect(head.fields == [Field("before", "1"), Field("after", "2")])
  }

  @Test("a folded field is left out whole, its neighbours stay")
  func folded() {
    let head = head([
      "HTTP/1.1 200 OK\r\n", "A: 1\r\n", "B: half\r\n", " rest\r\n", "\tmore\r\n", "C: 3\r\n",
      "\r\n",
    ])
    #expect(head.fields == [Field("a", "1"), Field("c", "3")])
  }

  @Test("a fold behind an invalid line takes no valid field with it")
  func foldBehindInvalid() {
    let head = head(["HTTP/1.1 200 OK\r\n", "A: 1\r\n", "bad\r\n", " fold\r\n", "\r\n"])
    #expect(head.fields == [Field("a", "1")])
  }

  @Test("bytes that are no UTF-8 become replacement characters, never an error")
  func latin1() {
    var head = ResponseHead()
    for line in ["HTTP/1.1 200 OK\r\n".utf8.map { $0 }, [0x61, 0x3a, 0xe4, 0x0d, 0x0a]] {
      #expect(line.withUnsafeBytes { head.add($0) })
    }
    #expect(head.fields == [Field("a", "\u{fffd}")])
  }

  @Test("a line without a line end, or with a bare one, is read the same")
  func lineEnds() {
    let head = head(["HTTP/1.1 200 OK\n", "A: 1\n", "B: 2", "\n"])
    #expect(head.fields == [Field("a", "1"), Field("b", "2")])
    #expect(head.isComplete)
  }

  @Test("the limit counts every line, interim responses too, and is exact")
  func limit() {
    var head = ResponseHead()
    let start = "HTTP/1.1 200 OK\r\n"
    #expect(add("HTTP/1.1 100 Continue\r\n", to: &head))
    #expect(add(start, to: &head))
    let left = Limits.headerBytes - start.utf8.count - 23
    #expect(add("a: " + String(repeating: "x", count: left - 5) + "\r\n", to: &head))
    #expect(!add("\n", to: &head))
  }
}
