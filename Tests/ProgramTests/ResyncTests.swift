import DaybookCore
import DaybookSimulator
import Foundation
import Testing

/// `daybook resync` on the real programs.
@Suite("A resync by hand", .timeLimit(.minutes(4)))
struct ResyncTests {
  private struct Seen: Sendable {
    var status: Int32 = -1
    var output = ""
    var quiet = ""
    /// Days that the provider was asked for once more, final ones only.
    var read: [Day] = []
    var versions: [String] = []
    var older = "", before = "", after = ""
    var wrong: [(arguments: String, status: Int32, output: String)] = []
    var readByWrong: [Day] = []
  }

  private static let today = Day(number: Int(Date().timeIntervalSince1970 / 86_400))
  private static let first = today - 100
  private static let last = today - 94
  private static let changed = today - 97

  /// Each with a word of its error.
  private static let wrong = [
    ("nobody --from \(first) --to \(last)", "nobody"),
    ("me --stream sleep --from \(first) --to \(last)", "sleep"),
    ("me --from \(last) --to \(first)", "--to is before --from"),
    ("me --from 2023-02-29 --to \(last)", "2023-02-29"),
    ("me --from \(today + 2) --to \(today + 3)", "me has days from"),
    ("me --from \(today - 900) --to \(today - 899)", "me has days from"),
  ]

  private static func play() throws -> Seen {
    let house = try MovesHouse(days: 150)
    try house.startDaemon()
    try house.waitForDaemon()
    try house.signIn()
    try wait(100, for: "every day; \(house.text("daemon.log").suffix(2_000))") {
      usleep(100_000)
      return try house.total("missing") == 0
    }
    var seen = Seen()
    seen.before = house.day(changed)
    let untouched = house.finalReads(before: today - 45)
    seen.quiet = try house.daybook(
      "resync", "me", "--from", "\(first - 20)", "--to", "\(first - 14)", "--wait"
    ).output
    seen.read = untouched.added(house)
    _ = try SimClient.send("POST", "\(house.server.origin)/sim/moves/late?day=\(changed)")
    (seen.status, seen.output) = try house.daybook(
      "resync", "me", "--from", "\(first)", "--to", "\(last)", "--wait")
    seen.after = house.day(changed)
    let versions = house.folder(of: changed) + "/versions"
    seen.versions = (try? FileManager.default.contentsOfDirectory(atPath: versions)) ?? []
    seen.older =
      try seen.versions.first { $0.hasPrefix("\(changed)") }.map {
        try String(contentsOfFile: "\(versions)/\($0)", encoding: .utf8)
      } ?? ""
    let reads = house.finalReads(before: today - 45)
    for (arguments, _) in wrong {
      let words = ["resync"] + arguments.split(separator: " ").map(String.init)
      let run = try house.daybook(words + ["--wait"])
      seen.wrong.append((arguments, run.status, run.output))
    }
    usleep(500_000)
    // A change that was found late makes the days around it doubtful (7 either way).
    seen.readByWrong = reads.added(house).filter { abs($0 - changed) > 8 }
    return seen
  }

  @Test(
    "reads exactly those days, keeps the older version of a changed one, and wrong ones nothing")
  func resync() async throws {
    let seen = try await onThread { try ResyncTests.play() }
    #expect(seen.status == 0, "\(seen.output)")
    #expect(
      seen.output.contains("7 of 7 days read, \(seen.versions.count) changed"), "\(seen.output)")
    #expect(seen.quiet.contains("7 of 7 days read, 0 changed"), "\(seen.quiet)")
    #expect(seen.read == (0...6).map { ResyncTests.first - 20 + $0 })
    // An hour that arrives late at midnight changes the day beside it too.
    let days = seen.versions.compactMap { Day(String($0.prefix(10))) }
    #expect(days.count { $0 == ResyncTests.changed } == 1, "\(seen.versions)")
    #expect(days.allSatisfy { abs($0 - ResyncTests.changed) <= 1 }, "\(seen.versions)")
    let keepsOlder = seen.older == seen.before && seen.after != seen.before
    #expect(keepsOlder)
    for (wrong, run) in zip(ResyncTests.wrong, seen.wrong) {
      #expect([1, 64].contains(run.status), "\(run)")
      #expect(run.output.contains(wrong.1), "\(run)")
    }
    #expect(seen.readByWrong == [])
  }
}

/// How often each old day was asked for.
private struct Reads {
  var before: Day
  var counts: [Day: Int]

  func added(_ house: MovesHouse) -> [Day] {
    house.finalReads(before: before).counts.filter { counts[$0.key] != $0.value }.keys.sorted()
  }
}

extension MovesHouse {
  fileprivate func finalReads(before day: Day) -> Reads {
    let old = stats.days.filter { $0.key.stream == "storyline" && $0.key.day < day }
    return Reads(
      before: day, counts: Dictionary(uniqueKeysWithValues: old.map { ($0.key.day, $0.value) }))
  }

  fileprivate func folder(of day: Day) -> String {
    let text = "\(day)"
    return "\(folder)/state/archive/me/storyline/\(text.prefix(4))/\(text.dropFirst(5).prefix(2))"
  }

  fileprivate func day(_ day: Day) -> String {
    (try? String(contentsOfFile: "\(folder(of: day))/\(day).json", encoding: .utf8)) ?? ""
  }
}
