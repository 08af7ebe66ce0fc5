import CSQLite
import DaybookCore
import Foundation
import Glibc

/// The daemon's JSON validator beside SQLite's `json_valid`, over the same document, in turn. Ours
/// does what it does to every day, too: it counts the items and makes their digest.
enum Validators {
  private static let rounds = 41
  private static let times = 50

  struct Failure: Error {}

  static func measured(_ file: String) throws -> String {
    let document = try Array(Data(contentsOf: URL(fileURLWithPath: file)))
    let sqlite = try Theirs(document)
    let plain = ScanPlan().prepared
    let daily = ScanPlan(items: [JSONPointer("/items")].compactMap { $0 }).prepared
    var ours: [Double] = []
    var full: [Double] = []
    var theirs: [Double] = []
    for _ in 0..<rounds {
      ours.append(try seconds { JSONScanner.scan(document, plain).fault == nil })
      theirs.append(try seconds { sqlite.isValid })
      full.append(try seconds { JSONScanner.scan(document, daily).fault == nil })
    }
    func microseconds(_ all: [Double]) -> Double { all.sorted()[rounds / 2] * 1e6 }
    return """
      {"ours":\(microseconds(ours)),"daily":\(microseconds(full)),"sqlite":\(microseconds(theirs))}
      """
  }

  /// Of the processor, for one time.
  private static func seconds(_ work: () -> Bool) throws -> Double {
    var begun = timespec()
    var ended = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begun)
    for _ in 0..<times where !work() { throw Failure() }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ended)
    let took = Double(ended.tv_sec - begun.tv_sec) + Double(ended.tv_nsec - begun.tv_nsec) / 1e9
    return took / Double(times)
  }

  /// `SELECT json_valid(?)`, prepared once, as a program would that has nothing else.
  private final class Theirs {
    private var database: OpaquePointer?
    private var statement: OpaquePointer?
    private let document: [UInt8]

    init(_ document: [UInt8]) throws {
      self.document = document
      guard sqlite3_open(":memory:", &database) == SQLITE_OK,
        sqlite3_prepare_v2(database, "SELECT json_valid(?)", -1, &statement, nil) == SQLITE_OK
      else { throw Failure() }
    }

    deinit {
      sqlite3_finalize(statement)
      sqlite3_close(database)
    }

    var isValid: Bool {
      document.withUnsafeBytes { bytes in
        sqlite3_reset(statement)
        // No destructor: the bytes outlive the step.
        sqlite3_bind_text(
          statement, 1, bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
          Int32(bytes.count), nil)
        return sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1
      }
    }
  }
}
