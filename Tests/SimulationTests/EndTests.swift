import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Providers end, and people mix themselves up.
@Suite("Endings")
struct EndTests {
  private func world(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .signedIn(history: 40, change)
  }

  @Test("a provider that has ended seals the account: no more calls, the archive stays whole")
  func sealed() throws {
    let world = try world { $0.tokenLife = .hours(10) }
    try world.run(for: .minutes(5)) { world.isComplete }
    let stored = world.lane("me")?.stored ?? 0
    world.providers.providers.moves?.end = .gone
    try world.run(for: .days(3))
    #expect(world.status()?.state == .sealed)
    #expect(world.count(.accountSealed) == 1)
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.lane("me")?.stored ?? 0 >= stored)
    let calls = world.checks.sends
    try world.restart()
    try world.run(for: .days(3))
    #expect(world.checks.sends == calls)
    guard case .failed(.accountSealed)? = world.ask(.resync(ResyncRequest(account: "me"))) else {
      Issue.record("a resync of a sealed account")
      return
    }
    // Not back yet: one call, and sealed again. Back: everything goes on.
    world.command(.resume(account: "me", probe: true))
    try world.run(for: .hours(1))
    #expect(world.status()?.state == .sealed)
    #expect(world.checks.sends - calls <= 3)
    world.providers.providers.moves?.end = .running
    world.command(.resume(account: "me", probe: true))
    try world.run(for: .hours(1)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a year after the seal not one call was made, and everything can be read")
  func silence() throws {
    let world = try world { $0.endsIn = 3 }
    try world.run(for: .days(5))
    world.providers.providers.moves?.end = .gone
    try world.run(for: .days(1))
    #expect(world.status()?.state == .sealed)
    let calls = world.checks.sends
    #expect(world.texts(.providerEnding).count == 4, "3 days before, 2, 1, and on the day")
    try world.run(for: .days(180))
    try world.restart()
    try world.run(for: .days(185))
    #expect(world.checks.sends == calls)
    #expect(world.texts(.providerEnding).count == 4)
    guard case .verify(let found)? = try world.verify(deep: true) else {
      Issue.record("no verify")
      return
    }
    #expect(found.findings.isEmpty && found.checked == world.lane("me")?.stored)
    guard case .days(let row)? = world.ask(.days(account: "me", stream: nil, year: nil)) else {
      Issue.record("no days")
      return
    }
    #expect(row.lastSeen == Day("2018-06-06") && world.status()?.lastSeen == row.lastSeen)
    #expect(row.days.allSatisfy { "#oe".contains($0) })
    #expect(
      world.ask(.loginBegin(account: "me", redirectURI: nil))
        == .failed(
          .accountSealed(
            account: "me",
            reason: "Moves ended on 2018-06-04; its successor here is health: add an account "
              + "with provider: health, and give both accounts the same timeline:")))
    #expect(world.violations() == [])
  }

  @Test("410 for every day while the token endpoint works seals nothing")
  func halfGone() throws {
    let world = try world()
    try world.run(for: .minutes(5)) { world.isComplete }
    world.tamper = { request, response in
      if request.path.hasPrefix("/api") { response = .text(410, "gone\n") }
    }
    let refreshes = world.checks.refreshes
    try world.run(for: .days(3))
    #expect(world.status()?.state != .sealed && world.count(.accountSealed) == 0)
    #expect(world.checks.refreshes > refreshes, "it was asked")
    world.tamper = nil
    try world.run(for: .days(1)) { world.isComplete }
    #expect(world.lane("me")?.stored ?? 0 >= 41)
    #expect(world.violations() == [])
  }

  @Test("within half a year of the end what is missing goes first, and today is read all the same")
  func missingFirst() throws {
    let world = try world { options in
      options.history = 300
      options.endsIn = 100
      options.ownWindows = [
        WindowSpec(name: "hour", seconds: 3_600, limit: 6, per: .app, align: .clock)
      ]
    }
    try world.run(for: .hours(40))
    #expect(!world.isComplete)
    let works = world.checks.works
    let again = works.filter { $0.workClass == .fresh }
    #expect(works.allSatisfy { $0.workClass == .urgent || $0.workClass == .fresh })
    #expect(again.count >= 8 && again.count <= works.count / 4, "\(again.count) of \(works.count)")
    #expect(Set(again.map(\.day)).count >= 2, "today, and the day before")
    let urgent = works.filter { $0.workClass == .urgent }.map(\.day)
    #expect(zip(urgent, urgent.dropFirst()).count { $0 < $1 } <= 2, "newest first: \(urgent)")
    try world.run(for: .days(5))
    #expect(world.isComplete && !world.checks.days(.verify).isEmpty)
    #expect(world.violations() == [])
  }

  @Test("over 200 days to the end it is said monthly, weekly, daily, and never twice a day")
  func warnings() throws {
    let world = try world { options in
      options.history = 5
      options.endsIn = 200
      options.fresh = .hours(24)
    }
    for day in 0..<200 {
      try world.run(for: .days(1))
      // Now and then the process starts anew, several times a day.
      if day % 45 == 44 { for _ in 0..<3 { try world.restart() } }
    }
    // Days to go, of "ends on 2018-12-18, in 34 days; ..."
    let said = world.texts(.providerEnding).map { text in
      let words = text.split(separator: " ")
      return words.firstIndex(of: "in").flatMap { Int(words[$0 + 1]) } ?? 0
    }
    #expect(Set(said).count == said.count, "\(said)")
    #expect(said.first == 200 && said.last == 0)
    for (left, next) in zip(said, said.dropFirst()) {
      #expect(left - next <= (left > 30 ? 30 : left > 7 ? 7 : 1), "\(said)")
    }
    #expect((18...26).contains(said.count), "\(said)")
    #expect(world.violations() == [])
  }

  @Test("two accounts of one person are one history")
  func timeline() throws {
    let world = try world { options in
      options.accounts = ["me", "you"]
      options.timeline = "us"
    }
    world.command(.pause(account: "you"))
    try world.run(for: .minutes(30)) { world.lane("me")?.missing == 0 }
    func line() -> TimelineStatus? {
      guard case .status(_, _, let lines)? = world.ask(.status(account: nil)) else { return nil }
      return lines.first
    }
    #expect(line()?.held == 41 && line()?.days == 41)
    #expect(line()?.accounts == ["me", "you"])
    world.command(.resume(account: "you", probe: false))
    try world.run(for: .minutes(30)) { world.isComplete }
    #expect(line()?.held == 41, "a day that both hold is one")
    guard case .days(let row)? = world.ask(.days(account: "us", stream: nil, year: nil)) else {
      Issue.record("no days")
      return
    }
    #expect(row.accounts == ["me", "you"] && row.days.allSatisfy { "#oe".contains($0) })
    try world.run(for: .days(2))
    #expect(line()?.held == 43 && line()?.days == 43)
    #expect(world.violations() == [])
  }

  @Test("somebody else who signs in is refused, and nothing is overwritten")
  func wrongPerson() throws {
    let world = try world { $0.history = 10 }
    try world.run(for: .minutes(5)) { world.isComplete }
    let grant = world.lane("me")?.grant
    let rows = try world.rows()
    #expect(try world.signIn("me", person: 1) == .failed(.wrongPerson("me")))
    #expect(world.count(.wrongPerson) == 1)
    #expect(world.lane("me")?.grant == grant)
    #expect(try world.rows() == rows)
    try world.restart()
    #expect(world.lane("me")?.grant?.access.expose() == grant?.access.expose())
    try world.run(for: .hours(4))
    #expect(world.status()?.state != .signInNeeded)
    #expect(world.violations() == [])
  }
}
