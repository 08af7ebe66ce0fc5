import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// The end of a life: the trouble is over, the operator does what only he can do, and then
/// everything must come by itself, in time.
extension Life {
  /// Nothing goes wrong any more.
  mutating func calmDown() throws {
    world.trace.note("calm", world.clock.boot)
    world.kills.oneIn = 0
    endFaults()
    world.tamper = nil
    world.disk.isFull = false
    try bringDiskBack()
    try pass(.minutes(3))
    world.clock.synchronised = true
    if world.clock.error != .zero { world.stepClock(.zero - world.clock.error) }
    world.configuration = usual
    world.command(.reload)
    try pass(.minutes(20))
    world.command(.resume(account: nil, probe: false))
    guard try world.verify(repair: true, yes: true, deep: true) != nil else {
      throw WorldError("a verify did not end")
    }
    try signInAgain()
  }

  /// Where a grant ended, or days were refused: people go through the sign-in once more.
  private mutating func signInAgain() throws {
    for lane in world.engine?.roster.all ?? [] where lane.provider.login != .none {
      let refused = lane.streams.contains { $0.row.counts[.refused] > 0 }
      guard lane.record.signInReason != nil || lane.grant == nil || refused else { continue }
      // One that waited for a window longer than its token lives ends with words to do it again.
      var reply = try signIn(lane)
      if case .failed(.loginFailed(_, let reason, _)) = reply, reason.hasSuffix("status 401") {
        reply = try signIn(lane)
      }
      guard case .loginCompleted = reply else { throw WorldError("\(lane.name): \(reply)") }
    }
  }

  private func signIn(_ lane: Lane) throws -> ControlReply {
    if let visitor = world.options.sites.firstIndex(of: lane.name) {
      return try world.signInToSite(lane.name, as: visitor)
    }
    // After a lost ledger its windows are taken as used up.
    return try world.signIn(lane.name, patience: .hours(26))
  }

  /// The properties that speak of a whole life.
  mutating func ends() throws {
    foundNoDamage()
    try everyDayComes()
    try staysQuiet()
    try repairsOnce()
    world.checks.keptPromises(world)
    try stopsInTime()
  }

  /// What is not the doing of somebody else is not damage, and no reason to doubt the archive.
  private func foundNoDamage() {
    guard troubles.isDisjoint(with: [.damage, .brokenDisk]) else { return }
    let damaged = world.count(.dayDamaged)
    if damaged > 0 { world.checks.broke("\(damaged) days were called damaged", world.now) }
    let away = troubles.contains(.awayDisk) ? 0 : world.count(.archiveAway)
    if away > 0 { world.checks.broke("the archive was doubted", world.now) }
  }

  /// Property 3: the work that is left, by the budget there is; and at most a day and a bit for
  /// what had been put off.
  private mutating func everyDayComes() throws {
    let work = world.engine?.roster.all.reduce(Duration.zero) { $0 + timeOfWork($1) } ?? .zero
    let begun = world.clock.truth
    let end = begun + .hours(30) + work * 1.05
    // A grant that has ended shows when it is used.
    while !world.isComplete, world.clock.truth < end {
      try world.run(until: end) { world.isComplete || world.needsSignIn }
      try signInAgain()
    }
    guard world.isComplete else {
      let hours = Int((world.clock.truth - begun).inSeconds) / 3_600
      world.checks.broke(
        "\(hours) hours later there are missing: \(try world.missing())", world.now)
      return
    }
    // What was said to be gone, or not to be given, by a stray answer is asked once more.
    try world.run(for: .hours(26)) { world.days(.beyond) + world.days(.refused) == 0 }
    let lost = world.days(.beyond) + world.days(.refused)
    if lost > 0 { world.checks.broke("given up: \(try world.missing())", world.now) }
  }

  private func timeOfWork(_ lane: Lane) -> Duration {
    let slowest = lane.allWindows.map { $0.spec.seconds / Double(max(1, $0.spec.limit)) }.max() ?? 0
    return .seconds(Int64(slowest * Double(lane.callsToCome + 8) * 2))
  }

  /// Property 8: with nothing to do it wakes for what comes due, and at least every 15 minutes.
  private mutating func staysQuiet() throws {
    try world.run(for: .minutes(10))
    let before = (wakes: world.idleWakes, calls: world.checks.sends)
    try world.run(for: .hours(2))
    let idle = world.idleWakes - before.wakes
    // A round of all at least every 15 minutes; each looks for final days to verify, and after a call
    // for one whether there is another.
    let calls = world.checks.sends - before.calls
    let most = 2 * (4 + 6 * (world.engine?.roster.all.count ?? 0)) + calls
    if idle > most { world.checks.broke("\(idle) idle wakes in two hours", world.now) }
  }

  /// Property 11: what was repaired needs no repair.
  private mutating func repairsOnce() throws {
    for again in [false, true] {
      guard case .verify(let progress)? = try world.verify(repair: true, yes: true, deep: true)
      else { throw WorldError("a verify did not end") }
      if again, !progress.findings.isEmpty {
        world.checks.broke("repaired twice: \(progress.findings)", world.now)
      }
      try world.run(for: .hours(2)) { world.isComplete }
    }
  }

  /// Property 10.
  private mutating func stopsInTime() throws {
    let begun = world.clock.truth
    let refreshes = world.engine?.flights.values.contains { !$0.usesWindows } ?? false
    world.handle([.stopAsked])
    try world.run(for: .minutes(5)) { world.exit != nil }
    let took = world.clock.truth - begun
    if world.exit != 0 { world.checks.broke("it did not stop: \(world.exit ?? -1)", world.now) }
    // The answer to a refresh is waited for.
    if took > .seconds(refreshes ? 30 : 5) { world.checks.broke("a stop took \(took)", world.now) }
    // Transfers that it gave up leave something behind, which the next start removes.
    let left = Set(world.strays)
    try world.restart()
    try world.run(for: .seconds(1))
    let still = left.intersection(world.strays).sorted()
    if !still.isEmpty { world.checks.broke("left over: \(still)", world.now) }
  }
}

extension World {
  var needsSignIn: Bool { engine?.roster.all.contains { $0.record.signInReason != nil } ?? false }

  /// Days that are not there, with what is known of them.
  func missing() throws -> [String] {
    let lanes = engine?.roster.all ?? []
    return try lanes.flatMap { lane in
      try lane.streams.flatMap { stream in
        try engine?.ledger.rows(
          account: lane.id, stream: stream.row.number, from: Day(number: 0),
          to: Day(number: 100_000)) ?? []
      }
      .filter { [.missing, .failing, .damaged, .beyond, .refused].contains($0.state) }
      .map { row in
        let next = row.nextAt.map { ", at \($0.rfc3339)" } ?? ""
        return "\(lane.name) \(row.key.stream) \(row.key.day): \(row.reason ?? "")\(next)"
      }
    }
  }

  /// A clean stop and another process, whatever a kill does in between.
  func stopAndStart() throws {
    guard engine != nil else { return }
    handle([.stopAsked])
    try run(for: .minutes(5)) { self.exit != nil }
    guard exit != nil else { return }
    try restart()
  }
}
