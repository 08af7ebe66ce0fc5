import Glibc
import Testing

@testable import DaybookEngine

@Suite("Database file")
struct DatabaseFileTests {
  let folder = ScratchFolder()
  var file: String { folder.path("ledger.sqlite") }

  private func refusal(_ path: String? = nil) -> DatabaseError? {
    #expect(throws: DatabaseError.self) { try Database(path: path ?? file) }
  }

  @Test("the file, its log and its index are private to their user")
  func modes() throws {
    let database = try Database(path: file)
    try database.execute("CREATE TABLE t(a)")
    for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
      #expect(folder.permissions(name) == 0o600, "\(name)")
    }
    #expect(try database.text("PRAGMA journal_mode") == "wal")
  }

  @Test("a malformed file gets another name with what lies beside it, and every one its own")
  func putAside() throws {
    for number in 1...2 {
      for end in ["", "-wal"] {
        folder.write("\(number)\(end)", to: "ledger.sqlite" + end, mode: 0o600)
      }
      #expect(try DatabaseFile.putAside(file) == "\(file).malformed-\(number)")
      #expect(folder.text("ledger.sqlite.malformed-\(number)") == "\(number)")
      #expect(folder.text("ledger.sqlite.malformed-\(number)-wal") == "\(number)-wal")
    }
    #expect(folder.text("ledger.sqlite") == nil && folder.text("ledger.sqlite-wal") == nil)
  }

  @Test("a folder that cannot be synced is an error that names the file")
  func syncFolder() throws {
    try DatabaseFile.syncFolder(of: file)
    let gone = folder.path("gone/ledger.sqlite")
    let error = #expect(throws: DatabaseError.self) { try DatabaseFile.syncFolder(of: gone) }
    #expect(error?.kind == .io && error?.path == gone)
    #expect(error?.message.contains("cannot be synced") == true)
  }

  @Test(
    "a file that others can read is refused, with the command to run",
    arguments: [
      mode_t(0o644), 0o640, 0o604, 0o660, 0o606, 0o601,
    ])
  func tooOpen(mode: mode_t) {
    folder.write("", to: "ledger.sqlite", mode: mode)
    let error = refusal()
    #expect(error?.kind == .refused)
    #expect(error?.message.contains("chmod 600") == true)
    #expect(folder.permissions("ledger.sqlite") == mode)
    #expect(folder.tree == ["ledger.sqlite"])
  }

  @Test("a log or index that others can read is refused too", arguments: ["-wal", "-shm"])
  func openLog(suffix: String) throws {
    folder.write("", to: "ledger.sqlite", mode: 0o600)
    folder.write("", to: "ledger.sqlite" + suffix, mode: 0o644)
    #expect(refusal()?.path.hasSuffix(suffix) == true)
  }

  @Test("a link in the file's place is not followed, dangling or not", arguments: [true, false])
  func link(dangling: Bool) {
    if !dangling { folder.write("", to: "elsewhere", mode: 0o600) }
    #expect(symlink(folder.path("elsewhere"), file) == 0)
    #expect(refusal()?.message.contains("symbolic link") == true)
    #expect(folder.text("elsewhere") == (dangling ? nil : ""))
  }

  @Test("a folder or a pipe in the file's place is refused without waiting")
  func noFile() {
    folder.makeFolder("folder")
    #expect(refusal(folder.path("folder"))?.message.contains("regular file") == true)
    #expect(mkfifo(folder.path("pipe"), 0o600) == 0)
    #expect(refusal(folder.path("pipe"))?.message.contains("regular file") == true)
  }

  @Test("a link to the folder is fine: the operator may move the state")
  func linkedFolder() throws {
    folder.makeFolder("real")
    #expect(symlink(folder.path("real"), folder.path("state")) == 0)
    let database = try Database(path: folder.path("state/ledger.sqlite"))
    #expect(database.path == folder.realPath("real/ledger.sqlite"))
  }

  @Test("a folder that is not there is named", arguments: ["none/ledger.sqlite", "none/"])
  func noFolder(name: String) {
    let error = refusal(folder.path(name))
    #expect(error?.path == folder.path(name))
    #expect(error?.kind == (name == "none/" ? .refused : .io))
  }

  @Test("an empty file of the right mode becomes a database, as after a kill while it was made")
  func empty() throws {
    folder.write("", to: "ledger.sqlite", mode: 0o600)
    let database = try Database(path: file, applicationID: 9)
    #expect(try database.number("PRAGMA application_id") == 9)
  }
}
