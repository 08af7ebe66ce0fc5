import DaybookCore
import DaybookSimulator
import Foundation
import Testing

/// The promise that no day is lost, on the real programs: real sockets, real SQLite, real SIGKILL.
@Suite("The daemon killed", .timeLimit(.minutes(6)))
struct KillTests {
  private static let kills = 100
  /// Younger days are open and read again by right.
  private static let youngest = 45

  /// What was seen of one backfill.
  private struct Seen: Sendable {
    /// Days in the ledger when the last kill had struck.
    var atLastKill = 0
    var atEnd = 0
    /// Days of which the provider was asked again after they had been in the ledger.
    var again: [Day] = []
    var refused = 0
    var refreshed = 0
    var verify = ""
    var exit: Int32?
  }

  @Test("a hundred times in one backfill: no day is missing, none is fetched again, no refusal")
  func hundredTimes() async throws {
    let seed =
      ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init)
      ?? UInt64.random(in: 0..<1_000_000)
    print("SEED=\(seed) repeats the moments of the kills")
    let seen = try await onThread { try KillTests.backfill(days: 2_600, seed: seed) }
    #expect((10..<2_500).contains(seen.atLastKill), "all kills fall into one backfill")
    #expect(seen.atEnd == 2_600)
    #expect(seen.again == [])
    #expect(seen.refused == 0)
    #expect(seen.refreshed > 3, "some kills had a chance to fall into a refresh")
    #expect(seen.verify.contains("all in order"))
    #expect(seen.exit == 0)
  }

  private static func backfill(days: Int, seed: UInt64) throws -> Seen {
    let house = try MovesHouse(days: days) {
      $0.tokenLife = .seconds(8)
      // A used refresh token lives on for a while, as with every provider that can be trusted.
      $0.grace = .seconds(120)
    }
    var random = SeededRandom(seed: seed)
    var seen = Seen()
    var reads: [Day: Int] = [:]
    // Moments before it is ready, in the middle of work and after it, however slow the machine is.
    let begun = Date()
    try house.startDaemon()
    try house.waitForDaemon()
    let life = min(1_000_000, 200_000 + UInt32(2_000_000 * Date().timeIntervalSince(begun)))
    try house.signIn()
    for _ in 0..<kills {
      usleep(UInt32.random(in: 0..<life, using: &random))
      house.killDaemon()
      let stats = house.stats
      for day in try house.storedDays() where reads[day] == nil {
        reads[day] = stats.reads(of: day)
      }
      try house.startDaemon()
    }
    seen.atLastKill = reads.count
    try house.waitForDaemon()
    try wait(200, for: "every day; \(house.text("daemon.log").suffix(2_000))") {
      usleep(200_000)
      return try house.total("missing") == 0 && house.total("failing") == 0
    }
    seen.verify = try house.daybook("verify", "--deep").output
    seen.exit = house.stopDaemon()
    let stats = house.stats
    let young = Day(number: Int(Date().timeIntervalSince1970 / 86_400) - youngest)
    seen.again = reads.keys.filter { $0 < young && stats.reads(of: $0) != reads[$0] }.sorted()
    seen.atEnd = try house.storedDays().count
    seen.refused = stats.refused
    seen.refreshed = stats.refreshed
    return seen
  }
}

extension MovesStats {
  fileprivate func reads(of day: Day) -> Int { days[.init("storyline", day)] ?? 0 }
}
