import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// The machine's own trouble: pauses, a disk that is full or gone, clocks that are wrong.
@Suite("Trouble of the machine")
struct TroubleTests {
  private func world(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .signedIn(history: 90, change)
  }

  @Test("a pause lets calls in flight end, holds over restarts, and resume goes on")
  func pause() throws {
    let world = try world()
    try world.run(for: .milliseconds(600))
    #expect(world.ask(.pause(account: "me")) == .done)
    try world.run(for: .seconds(5))
    let calls = world.checks.sends
    let stored = world.lane("me")?.stored ?? 0
    #expect(world.lane("me")?.inFlight == 0)
    try world.run(for: .hours(3))
    try world.restart()
    try world.run(for: .hours(3))
    try world.stop()
    try world.begin()
    try world.run(for: .days(3))
    #expect(world.checks.sends == calls)
    #expect(world.status()?.state == .paused)
    #expect(world.lane("me")?.stored == stored)
    #expect(world.ask(.resume(account: "me", probe: false)) == .done)
    try world.run(for: .minutes(20)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a pause of one account leaves the others alone; an unknown one is told")
  func pauseOne() throws {
    let world = try world { options in
      options.accounts = ["me", "you"]
      options.history = 30
    }
    world.command(.pause(account: "me"))
    #expect(world.ask(.pause(account: "nobody")) == .failed(.noSuchAccount("nobody")))
    #expect(
      world.ask(.resume(account: "nobody", probe: false)) == .failed(.noSuchAccount("nobody")))
    let before = world.lane("me")?.stored
    try world.run(for: .minutes(10))
    #expect(world.lane("you")?.missing == 0)
    #expect((world.lane("me")?.stored ?? 0) <= (before ?? 0) + 8)
    world.command(.resume(account: nil, probe: false))
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }

  @Test("a full disk waits, says so once, and goes on by itself when there is room")
  func full() throws {
    let world = try world()
    try world.run(for: .milliseconds(600))
    world.disk.isFull = true
    try world.run(for: .seconds(30))
    let calls = world.checks.sends
    try world.run(for: .hours(5))
    #expect(world.checks.sends == calls, "calls although nothing can be written")
    #expect(world.count(.diskFull) == 1)
    #expect(world.engine?.daemonStatus().state == .diskFull)
    #expect(world.days(.failing) == 0, "the disk's trouble is not the day's")
    world.disk.isFull = false
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.count(.diskBack) == 1)
    #expect(world.strays == [])
    #expect(world.violations() == [])
  }

  @Test("an archive that goes away is waited for, and nothing is written into the empty place")
  func away() throws {
    let world = try world()
    try world.run(for: .milliseconds(600))
    try world.run(for: .seconds(1)) { world.engine?.filesUnderWay == 0 }
    try world.unmount()
    try world.run(for: .seconds(30))
    let calls = world.checks.sends
    try world.run(for: .hours(5))
    #expect(world.checks.sends == calls)
    #expect(world.count(.archiveAway) == 1)
    #expect(world.engine?.daemonStatus().state == .archiveAway)
    #expect(world.files == 0)
    #expect(world.days(.failing) == 0)
    #expect(world.ask(.verify(VerifyRequest())) == .failed(.archiveAway(path: world.archivePath)))
    try world.mount()
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.count(.archiveBack) == 1)
    #expect(world.violations() == [])
  }

  @Test("an archive that is away at the start is waited for, after a stop and after a kill")
  func awayAtStart() throws {
    for isKilled in [false, true] {
      let world = try world { $0.history = 20 }
      try world.run(for: .minutes(5)) { world.isComplete }
      if isKilled { world.kill() } else { try world.stop() }
      try world.unmount()
      try world.begin()
      let calls = world.checks.sends
      try world.run(for: .hours(12))
      #expect(world.checks.sends == calls)
      #expect(world.engine?.daemonStatus().state == .archiveAway)
      try world.mount()
      try world.run(for: .hours(1))
      #expect(world.engine?.daemonStatus().state == .ready)
      #expect(world.checks.sends > calls)
      #expect(world.days(.damaged) == 0)
      #expect(world.violations() == [])
    }
  }

  // MARK: Clocks

  @Test(
    "a clock step, there and back, loses no day and closes none",
    arguments: [1, 60, 3_600, 86_400, 31 * 86_400, 366 * 86_400].flatMap { [$0, -$0] })
  func step(seconds: Int) throws {
    let world = try world { options in
      options.history = 8
      options.synchronised = false
    }
    try world.run(for: .minutes(5)) { world.isComplete }
    let last = try #require(try world.rows().last?.key.day)
    world.stepClock(.seconds(seconds))
    try world.run(for: .hours(9))
    #expect(try world.rows().allSatisfy { $0.state != .final })
    world.stepClock(.seconds(-seconds))
    try world.run(for: .hours(20))
    let rows = try world.rows()
    let today = Zone.utc.day(at: world.clock.truth)
    #expect(rows.last?.key.day == today)
    #expect(today == last + 1)
    #expect(rows.allSatisfy { $0.state.isStored })
    #expect(rows.last?.stored?.readAt ?? .init(seconds: 0) > world.clock.truth - .hours(4))
    #expect(world.texts(.signInNeeded) == [])
    #expect(world.violations() == [])
  }

  @Test(
    "a daemon that starts with a clock two years behind waits for the truth", arguments: [-1, 1])
  func wrongAtStart(sign: Int) throws {
    let world = try World { options in
      options.history = 8
      options.synchronised = false
    }
    world.clock.error = .days(730) * sign
    world.kill()
    try world.begin()
    try world.signInAll()
    try world.run(for: .hours(2))
    #expect(try world.rows().isEmpty, "days by a clock that is wrong")
    #expect(world.engine?.daemonStatus().state == .clockUntrusted)
    world.stepClock(.days(730) * -sign)
    try world.run(for: .hours(1)) { world.isComplete }
    #expect(world.isComplete)
    #expect(try world.rows().count == 9)
    #expect(world.violations() == [])
  }

  @Test("after a suspend the days that passed are there", arguments: [1, 40, 400])
  func suspend(days: Int) throws {
    let world = try world { $0.history = 8 }
    try world.run(for: .minutes(5)) { world.isComplete }
    world.suspend(.days(Int64(days)))
    try world.run(for: .minutes(30)) { world.isComplete }
    #expect(world.isComplete)
    #expect(try world.rows().count == 9 + days)
    #expect(world.violations() == [])
  }

  @Test("the second failed fsync in a row ends the process with 74, and the next start goes on")
  func failedSync() throws {
    let world = try world { $0.history = 20 }
    world.checks.allowsBugs = true
    world.disk.failsToSync = true
    try world.run(for: .minutes(10))
    #expect(world.exit == 74)
    #expect(world.count(.fatal) == 1)
    world.disk.failsToSync = false
    try world.restart()
    try world.run(for: .minutes(10)) { world.isComplete }
    #expect(world.isComplete)
    #expect(world.violations() == [])
  }
}
