import DaybookCore
import Glibc
import Testing

@testable import DaybookEngine

@Suite("ZoneStore: zones from the system's tzdata")
struct ZoneStoreTests {
  /// A folder of zones that goes with the test.
  private final class Folder {
    let path: String

    init() throws {
      var template = Array("/tmp/daybook-zones-XXXXXX".utf8CString)
      path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit {
      for name in ["Home", "Other", "Area/Place", "Big", "Loop", "Fifo"] {
        unlink("\(path)/\(name)")
      }
      for name in ["Area", "Folder"] { rmdir("\(path)/\(name)") }
      rmdir(path)
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
      // Under another name first, so that the file is replaced and not changed.
      let fresh = "\(path)/fresh"
      let file = try #require(fopen(fresh, "w"))
      #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
      fclose(file)
      #expect(rename(fresh, "\(path)/\(name)") == 0)
    }
  }

  /// A zone without changes, this many seconds east.
  private func tzif(_ offset: Int32) -> [UInt8] {
    let counts: [UInt32] = [0, 0, 0, 0, 1, 4]
    let bits = UInt32(bitPattern: offset)
    return Array("TZif".utf8) + [UInt8](repeating: 0, count: 16)
      + (counts + [bits]).flatMap { value in
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * UInt32($0))) }
      } + [0, 0] + Array("LMT\0".utf8)
  }

  @Test("it finds the zones of the system") func system() throws {
    let store = ZoneStore()
    let helsinki = try #require(store.zone("Europe/Helsinki"))
    #expect(helsinki.name == "Europe/Helsinki")
    #expect(helsinki.offset(at: Instant(seconds: 1_466_208_000)) == 10_800)
    #expect(store.zone("America/Argentina/Buenos_Aires") != nil)
    #expect(store.zone("Etc/GMT+5")?.offset(at: Instant(seconds: 0)) == -18_000)
    #expect(store.zone("Mars/Olympus_Mons") == nil)
  }

  @Test("UTC needs no file") func utc() {
    #expect(ZoneStore(root: "/nonexistent").zone("UTC") == .utc)
    #expect(ZoneStore(root: "/nonexistent").zone("Europe/Helsinki") == nil)
  }

  @Test(
    "names that are none are refused before any file is touched",
    arguments: [
      "", "/", "/etc/passwd", "../zoneinfo/UTC", "Europe/../UTC", "Europe//Helsinki", "Europe/",
      "/Europe/Helsinki", ".", "..", "Europe/Helsinki\0", "Europe Helsinki", "Евро", "a.b", "x:y",
      "Europe/Helsinki\n", "~", "tzdata.zi", String(repeating: "a", count: 65),
    ])
  func invalid(name: String) {
    #expect(!ZoneStore.isValid(name))
    #expect(ZoneStore().zone(name) == nil)
  }

  @Test(
    "all the names that tzdata uses are names",
    arguments: [
      "Europe/Helsinki", "America/Port-au-Prince", "Etc/GMT+12", "Etc/GMT-14", "GB-Eire", "W-SU",
      "America/Argentina/ComodRivadavia", "EST5EDT", "Africa/El_Aaiun",
    ])
  func names(name: String) { #expect(ZoneStore.isValid(name)) }

  @Test("a replaced file is read again, a removed one is gone") func replaced() throws {
    let folder = try Folder()
    let store = ZoneStore(root: folder.path)
    try folder.write("Home", tzif(3_600))
    #expect(store.zone("Home")?.offset(at: Instant(seconds: 0)) == 3_600)
    #expect(store.zone("Home")?.offset(at: Instant(seconds: 0)) == 3_600)
    try folder.write("Home", tzif(7_200))
    #expect(store.zone("Home")?.offset(at: Instant(seconds: 0)) == 7_200)
    unlink("\(folder.path)/Home")
    #expect(store.zone("Home") == nil)
  }

  @Test("a link is followed, as tzdata has them") func links() throws {
    let folder = try Folder()
    #expect(mkdir("\(folder.path)/Area", 0o700) == 0)
    try folder.write("Area/Place", tzif(-60))
    #expect(symlink("Area/Place", "\(folder.path)/Other") == 0)
    let zone = try #require(ZoneStore(root: folder.path).zone("Other"))
    #expect(zone.name == "Other")
    #expect(zone.offset(at: Instant(seconds: 0)) == -60)
  }

  @Test("what is no zone is none") func noZones() throws {
    let folder = try Folder()
    let store = ZoneStore(root: folder.path)
    try folder.write("Home", Array("# Not a zone".utf8))
    #expect(store.zone("Home") == nil)
    try folder.write("Home", [])
    #expect(store.zone("Home") == nil)
    try folder.write("Big", tzif(0) + [UInt8](repeating: 0, count: Limits.zoneBytes))
    #expect(store.zone("Big") == nil)
    #expect(mkdir("\(folder.path)/Folder", 0o700) == 0)
    #expect(store.zone("Folder") == nil)
    #expect(mkfifo("\(folder.path)/Fifo", 0o600) == 0)
    #expect(store.zone("Fifo") == nil)
    #expect(symlink("Loop", "\(folder.path)/Loop") == 0)
    #expect(store.zone("Loop") == nil)
    // A later good file in the same place counts.
    try folder.write("Home", tzif(60))
    #expect(store.zone("Home") != nil)
  }
}
