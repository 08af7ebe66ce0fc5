import Testing

@testable import DaybookCore

@Suite("ItemDigest: two reads are equal when their items are")
struct ItemDigestTests {
  private func digest(_ text: String, _ items: [String], volatile: [String] = []) -> Digest {
    let plan = ScanPlan(
      items: items.compactMap { JSONPointer($0) }, volatile: volatile.compactMap { JSONPointer($0) }
    )
    let report = JSONScanner.scan(Array(text.utf8), plan)
    #expect(report.fault == nil, "\(text)")
    expectSameInPieces(Array(text.utf8), plan, report)
    return report.digest
  }

  @Test("it is the digest of marked bytes, as documented")
  func format() {
    let bytes: [UInt8] = [0xFF] + Array("/a".utf8) + [0xFE] + Array("[1,\"x y\"]".utf8) + [0xFD]
    #expect(digest("{\"z\":0,\"a\":[ 1 , \"x y\" ] }", ["/a"]) == SHA256.digest(bytes))
    #expect(digest("{}", ["/a"]) == SHA256.digest([]))
  }

  @Test(
    "equal items give equal digests",
    arguments: [
      ("{\"a\":[1,2]}", " {\n \"a\" :\t[ 1 ,\r\n2 ] } \n"),
      ("{\"a\":[{\"x\":\"p q\"}]}", "{\"a\": [ { \"x\" : \"p q\" } ]}"),
      ("{\"b\":1,\"a\":[1]}", "{\"b\":2,\"c\":[],\"a\":[1]}"),
      ("{\"a\":[1]}", "{\"\\u0061\":[1]}"),
      ("{\"a\":-1.5e3}", "{\"a\" : -1.5e3 }"),
    ])
  func equal(one: String, other: String) {
    #expect(digest(one, ["/a"]) == digest(other, ["/a"]))
  }

  @Test(
    "different items give different digests",
    arguments: [
      ("{\"a\":[1,2]}", "{\"a\":[2,1]}"), ("{\"a\":[1]}", "{\"a\":[1,1]}"),
      ("{\"a\":[\"p q\"]}", "{\"a\":[\"pq\"]}"), ("{\"a\":[\"x\"]}", "{\"a\":[\"\\u0078\"]}"),
      ("{\"a\":[]}", "{}"), ("{\"a\":null}", "{}"), ("{\"a\":null}", "{\"a\":[]}"),
      ("{\"a\":1}", "{\"a\":\"1\"}"), ("{\"a\":1}", "{\"a\":1.0}"),
      ("{\"a\":[1,2],\"b\":[]}", "{\"a\":[1],\"b\":[2]}"), ("{\"a\":[1]}", "{\"b\":[1]}"),
      ("{\"a\":[1],\"b\":[2]}", "{\"a\":[2],\"b\":[1]}"), ("{\"a\":12}", "{\"a\":1,\"a\":2}"),
    ])
  func different(one: String, other: String) {
    #expect(digest(one, ["/a", "/b"]) != digest(other, ["/a", "/b"]))
  }

  @Test("items of several values stay apart")
  func apart() {
    let one = digest("[[\"a\",\"b\"],[]]", ["/*"])
    #expect(one != digest("[[\"a\"],[\"b\"]]", ["/*"]))
    #expect(one != digest("[[\"a\",\"b\"]]", ["/*"]))
    #expect(digest("[[1]]", ["/0"]) != digest("[[1]]", ["/*"]))
    #expect(digest("[[1]]", [""]) != digest("[[1]]", ["", "/0"]))
  }

  @Test("the order in which the plan names its pointers does not matter")
  func order() {
    let text = "{\"a\":[1],\"b\":{\"c\":[2]}}"
    let pointers = ["/b/c", "/a", "", "/*"]
    #expect(digest(text, pointers) == digest(text, pointers.reversed()))
    #expect(digest(text, pointers) == digest(text, pointers + pointers))
    #expect(digest(text, ["/a"]) == digest(text, ["/a"], volatile: ["/b"]))
  }

  @Test("volatile values are left out, and only they")
  func volatile() {
    func read(_ a: String, _ t: String) -> Digest {
      digest(
        "{\"t\":\(t),\"list\":[{\"v\":\(a),\"t\":\(t)},{\"t\":\(t),\"v\":2}]}", [""],
        volatile: ["/t", "/list/*/t"])
    }
    #expect(read("1", "1") == read("1", "{\"x\":[1,{\"y\":\" \"}]}"))
    #expect(read("1", "\"a b\"") == read("1", " null "))
    #expect(read("1", "1") != read("2", "1"))
  }

  @Test("volatile values may hold items and be items")
  func nestedVolatile() {
    let inner = digest("{\"a\":{\"b\":[1]},\"c\":[3]}", ["/a/b", "/c"], volatile: ["/a"])
    #expect(inner == digest("{\"a\":{\"b\":[2,9]},\"c\":[3]}", ["/a/b", "/c"], volatile: ["/a"]))
    #expect(inner == digest("{\"a\":0,\"c\":[3]}", ["/a/b", "/c"], volatile: ["/a", "/a/b"]))
    #expect(inner != digest("{\"a\":0,\"c\":[4]}", ["/a/b", "/c"], volatile: ["/a"]))
    #expect(digest("[1,[2]]", ["", "/1"], volatile: [""]) == SHA256.digest([]))
  }

  @Test("long items are digested whole")
  func long() {
    let text = String(repeating: "0123456789", count: 2_000)
    let expected = [0xFF, 0xFE] + Array("[\"\(text)\"]".utf8) + [0xFD]
    let plan = ScanPlan(items: [.root])
    let document = Array("[ \"\(text)\" ]".utf8)
    for chunk in [100, 4_096, 5_000, 100_000] {
      #expect(scanned(document, plan, chunk: chunk).digest == SHA256.digest(expected))
    }
  }
}
