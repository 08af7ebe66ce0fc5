import Foundation
import Testing

/// The corpus of the fuzzing, played once: what was found stays mended.
@Suite("Every file of the corpus, through its check")
struct CorpusTests {
  private static let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Proof/fuzz/corpus").path

  @Test("what is promised holds", arguments: FuzzCheck.all.map(\.name))
  func plays(name: String) throws {
    let check = try #require(FuzzCheck.all.first { $0.name == name })
    let folder = "\(Self.corpus)/\(name)"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(!files.isEmpty)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)")))
      do throws(Broken) { try check.play(bytes) } catch {
        Issue.record("\(name)/\(file): \(error)")
      }
    }
  }

  @Test("each folder of the corpus has its check")
  func folders() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus)
    #expect(folders.sorted() == FuzzCheck.all.map(\.name).sorted())
  }
}
