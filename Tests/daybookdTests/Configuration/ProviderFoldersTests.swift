import DaybookCore
import Glibc
import Testing

@testable import daybookd

@Suite("Folders of provider files")
struct ProviderFoldersTests {
  private let tree = WorkTree()
  private let reader = TrustedFile(uid: geteuid())

  @Test(
    "folders are searched: those given, the operator's, beside the program, the distribution's",
    arguments: [
      (
        [], "/usr/local/bin/daybookd",
        [
          "/etc/daybook/providers", "/usr/local/share/daybook/providers",
          "/usr/share/daybook/providers",
        ]
      ),
      ([], "/usr/bin/daybookd", ["/etc/daybook/providers", "/usr/share/daybook/providers"]),
      (["/a", "/b"], nil, ["/a", "/b", "/etc/daybook/providers", "/usr/share/daybook/providers"]),
      (
        ["/usr/share/daybook/providers"], "/bin/daybookd",
        ["/usr/share/daybook/providers", "/etc/daybook/providers", "/share/daybook/providers"]
      ),
      ([], "daybookd", ["/etc/daybook/providers", "/usr/share/daybook/providers"]),
    ] as [([String], String?, [String])])
  func standard(given: [String], executable: String?, paths: [String]) {
    #expect(ProviderFolders.standard(given: given, executable: executable).paths == paths)
  }

  @Test("files come in the order of folders and names; what is not there is no problem")
  func order() throws {
    for name in ["/one/b.yaml", "/one/a.yaml", "/two/a.yaml"] { try tree.write(name, name) }
    let folders = ProviderFolders(["/one", "/none", "/two"].map { tree.path + $0 })
    let (files, warnings) = folders.files(reader)
    #expect(
      files.map(\.path) == ["/one/a.yaml", "/one/b.yaml", "/two/a.yaml"].map { tree.path + $0 })
    #expect(
      try files.map { try $0.content.get() }
        == ["/one/a.yaml", "/one/b.yaml", "/two/a.yaml"]
        .map { Array($0.utf8) })
    #expect(warnings.isEmpty)
  }

  @Test("what looks like a provider file and is none is told; other files are not looked at")
  func others() throws {
    for name in ["README.md", ".hidden.yaml", "moves.yaml~", "moves.yml", "My Moves.yaml"] {
      try tree.write("/one/\(name)", "x")
    }
    let (files, warnings) = ProviderFolders([tree.path + "/one"]).files(reader)
    #expect(files.isEmpty)
    #expect(
      warnings == [
        "\(tree.path)/one/My Moves.yaml: is not read; \(Name.rule)",
        "\(tree.path)/one/moves.yml: is not read; provider files end in .yaml",
      ])
  }

  @Test("a file that cannot be trusted comes without bytes")
  func untrusted() throws {
    try tree.write("/one/a.yaml", "x")
    chmod(tree.path + "/one/a.yaml", 0o666)
    let (files, _) = ProviderFolders([tree.path + "/one"]).files(reader)
    #expect(
      files == [
        SourceFile(
          path: tree.path + "/one/a.yaml",
          content: .failure(.init("can be written by anybody (mode 0666); run chmod o-w")))
      ])
  }

  @Test("a folder that is none is told, and a crowd of files is cut")
  func limits() throws {
    try tree.write("/file", "x")
    let none = ProviderFolders([tree.path + "/file"]).files(reader)
    #expect(none.warnings == ["\(tree.path)/file: cannot be listed: Not a directory"])
    for i in 0...Limits.providerFiles { try tree.write("/many/p\(i).yaml", "") }
    let (files, warnings) = ProviderFolders([tree.path + "/many"]).files(reader)
    #expect(files.count == Limits.providerFiles)
    #expect(warnings == ["\(tree.path)/many: more than 256 files; the rest is not read"])
  }
}
