import Testing

@testable import DaybookEngine

@Suite("File operation")
struct FileOperationTests {
  static let all: [FileOperation] = [
    .open("p"), .create("p"), .makeFolder("p"), .list("p"), .look("p"), .read("p"), .write("p"),
    .setMode("p"), .setTime("p"), .syncFile("p"), .syncFolder("p"), .close("p"),
    .link(from: "q", to: "p"), .rename(from: "q", to: "p"), .remove("p"),
  ]

  @Test("an error names the path that is read or made", arguments: all)
  func path(operation: FileOperation) {
    #expect(operation.path == "p")
  }

  @Test("syncs and closes alone can tell of bytes that are lost")
  func endsWriting() {
    #expect(
      FileOperationTests.all.filter(\.endsWriting) == [
        .syncFile("p"), .syncFolder("p"), .close("p"),
      ])
  }
}
