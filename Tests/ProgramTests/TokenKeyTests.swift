import DaybookEngine
import DaybookSimulator
import Foundation
import Testing

/// `token_key_file` on the real programs.
@Suite("Tokens at rest under a key", .timeLimit(.minutes(4)))
struct TokenKeyTests {
  private let house: MovesHouse
  private let settings: String

  init() throws {
    house = try MovesHouse(days: 20)
    settings = house.text("daybook.yaml")
    try house.write("key", Self.key(1))
  }

  private static func key(_ byte: UInt8) -> String {
    Data(repeating: byte, count: 32).base64EncodedString() + "\n"
  }

  private func give(key: Bool) throws {
    let line = key ? "token_key_file: \(house.folder)/key\n" : ""
    try house.write("daybook.yaml", line + settings)
  }

  /// The columns of the grant that hold secrets, read from a copy.
  private func stored() throws -> [String] {
    let copy = "\(house.folder)/copy-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for name in ["accounts.sqlite", "accounts.sqlite-wal"] {
      let path = "\(house.folder)/state/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      try FileManager.default.copyItem(atPath: path, toPath: "\(copy)/\(name)")
    }
    let database = try Database(path: "\(copy)/accounts.sqlite")
    return try database.statement("SELECT access, refresh FROM grant_")
      .all { row in [row.text(0), row.text(1)] }.flatMap { $0 }
  }

  /// Files of the state directory, the archive in it too, that hold one of these words.
  private func holders(of words: [String]) throws -> [String] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: house.folder + "/state")
    return names.filter { name in
      let path = "\(house.folder)/state/\(name)"
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      guard !isFolder.boolValue else { return false }
      // One on its way into the archive may be gone again.
      guard let bytes = FileManager.default.contents(atPath: path) else { return false }
      return words.contains { bytes.range(of: Data($0.utf8)) != nil }
    }
  }

  private func status() throws -> String { try house.daybook("status", "me").output }

  private func restart() throws {
    #expect(house.stopDaemon() == 0)
    try house.startDaemon()
    try house.waitForDaemon()
  }

  @Test("a reload encrypts what was there, a missing key loses nothing, a new one takes over")
  func life() throws {
    try house.startDaemon()
    try house.waitForDaemon()
    try house.signIn()
    try wait(60, for: "every day; \(house.text("daemon.log").suffix(2_000))") {
      try house.total("missing") == 0
    }
    let tokens = try stored()
    #expect(tokens.count == 2 && tokens.allSatisfy { $0.count > 16 })
    #expect(try !holders(of: tokens).isEmpty)

    try give(key: true)
    #expect(try house.daybook("reload").status == 0)
    #expect(house.text("daemon.log").contains("are kept encrypted with key"))
    #expect(try holders(of: tokens) == [])
    let first = try stored()

    // The setting is forgotten: refused while the daemon runs, and after a restart a wait.
    try give(key: false)
    let refused = try house.daybook("reload")
    #expect(refused.status != 0 && refused.output.contains("the line 'plain' above it"))
    try restart()
    #expect(try status().contains("which token_key does not give"))
    #expect(try stored() == first)

    try give(key: true)
    #expect(try house.daybook("reload").status == 0)
    try house.write("key", Self.key(2) + Self.key(1))
    #expect(try house.daybook("reload").status == 0)
    #expect(try Set(stored()).isDisjoint(with: first + tokens))
    try house.write("key", Self.key(2))
    try restart()
    let read = try house.daybook("resync", "me", "--wait")
    #expect(read.status == 0, "\(read.output)")
    #expect(try holders(of: tokens) == [])
  }
}
