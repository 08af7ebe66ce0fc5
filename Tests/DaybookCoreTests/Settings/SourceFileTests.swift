import Testing

@testable import DaybookCore

@Suite("Source file")
struct SourceFileTests {
  private func file(_ path: String, _ text: String) -> SourceFile {
    SourceFile(path: path, bytes: Array(text.utf8))
  }

  @Test(
    "a file's stem is what its provider must be called",
    arguments: [
      ("/a/moves.yaml", "moves"), ("moves.yaml", "moves"), ("moves", "moves"), ("/", ""),
      ("a/.yaml", ""),
    ])
  func stem(path: String, stem: String) {
    #expect(file(path, "").stem == stem)
  }

  @Test("a loader gets the bytes, or the reason becomes a problem of the whole file")
  func read() {
    let there = file("a", "xy").read { .success($0.count) }
    #expect(there == .success(2))
    let refused = SourceFile(path: "b", content: .failure(.init("no")))
    let nothing = refused.read { bytes -> Result<Int, Problems> in .success(bytes.count) }
    #expect(nothing == .failure(Problems([Problem(file: "b", position: nil, message: "no")])))
  }
}
