import DaybookCore
import DaybookSimulator
import Testing

@testable import DaybookEngine

/// Somebody wants days again: exactly those, without breaking a window, the older read kept.
@Suite("Resync")
struct ResyncTests {
  private func complete(_ change: (inout WorldOptions) -> Void = { _ in }) throws -> World {
    try .complete(history: 50, change)
  }

  private func request(_ from: Day?, _ to: Day?, _ change: (inout ResyncRequest) -> Void = { _ in })
    -> ResyncRequest
  {
    var request = ResyncRequest(account: "me")
    request.from = from
    request.to = to
    change(&request)
    return request
  }

  /// What was said of it last.
  private func progress(_ world: World, _ id: CommandID) throws -> ResyncProgress {
    guard case .resync(let progress)? = world.answers[id]?.last else {
      throw WorldError("no progress: \(String(describing: world.answers[id]))")
    }
    return progress
  }

  @Test("--from --to asks exactly those days again, and says when it is done")
  func exactly() throws {
    let world = try complete()
    let first = world.options.firstDay
    let wanted = (first + 3)...(first + 7)
    let id = world.command(.resync(request(first + 3, first + 7)), more: true)
    #expect(try progress(world, id).total == 5)
    try world.run(for: .minutes(5)) { world.count(.resyncDone) > 0 }
    #expect(world.checks.days(.forced).sorted() == (0..<5).map { wanted.lowerBound + $0 })
    let done = try progress(world, id)
    #expect(done.state == .done)
    #expect(done.done == 5 && done.changed == 0 && done.refused == 0)
    #expect(world.count(.resyncDone) == 1)
    #expect(world.versions(first + 5) == [])
    #expect(world.violations() == [])
  }

  @Test("a day that changed is replaced, and its older read stays as a version")
  func changed() throws {
    let world = try complete()
    let day = world.options.firstDay + 5
    let before = try #require(world.bytes(day))
    #expect(world.providers.providers.moves?.change(day, now: world.clock.truth) == true)
    let id = world.command(.resync(request(day - 1, day + 1)), more: true)
    try world.run(for: .minutes(5)) { world.count(.resyncDone) > 0 }
    #expect(try progress(world, id).changed >= 1)
    #expect(world.bytes(day) != before)
    let versions = world.versions(day)
    #expect(versions.count == 1)
    #expect(world.versions(day - 3) == [])
    #expect(world.violations() == [])
  }

  @Test("it asks without an ETag")
  func withoutETag() throws {
    let world = try complete()
    let today = Zone.utc.day(at: world.clock.truth)
    var tagged = 0
    world.tamper = { request, _ in if request.header("if-none-match") != nil { tagged += 1 } }
    world.command(.resync(request(today - 2, today)))
    try world.run(for: .seconds(30)) { world.count(.resyncDone) > 0 }
    #expect(world.checks.days(.forced).count == 3)
    #expect(tagged == 0)
    #expect(world.violations() == [])
  }

  @Test("without dates it means the open days and the last 7; with all, every day")
  func ranges() throws {
    let world = try complete()
    let open = try world.rows().filter { $0.state == .open }.map(\.key.day)
    let today = Zone.utc.day(at: world.clock.truth)
    let id = world.command(.resync(request(nil, nil)))
    let expected = Set(open + (0..<7).map { today - $0 })
    #expect(try progress(world, id).total == expected.count)
    try world.run(for: .minutes(5)) { world.count(.resyncDone) == 1 }
    #expect(Set(world.checks.days(.forced)) == expected)
    let all = world.command(.resync(request(nil, nil) { $0.all = true }))
    #expect(try progress(world, all).total == 51)
    try world.run(for: .minutes(5)) { world.count(.resyncDone) == 2 }
    #expect(world.count(.resyncDone) == 2)
    #expect(world.violations() == [])
  }

  private static var wrong: [(String, (Day) -> ResyncRequest, (ControlError) -> Bool)] {
    let dreams = { (_: Day) in
      var request = ResyncRequest(account: "me")
      request.stream = "dreams"
      return request
    }
    return [
      ("no account", { _ in ResyncRequest(account: "x") }, { $0 == .noSuchAccount("x") }),
      ("no stream", dreams, { $0 == .noSuchStream(account: "me", stream: "dreams") }),
      ("from after to", { range($0 + 5, $0 + 4) }, { isRange($0) }),
      ("before the first day", { range($0 - 20, $0 - 10) }, { isRange($0) }),
      ("after today", { range($0 + 1_000, $0 + 1_001) }, { isRange($0) }),
    ]
  }

  private static func range(_ from: Day, _ to: Day) -> ResyncRequest {
    var request = ResyncRequest(account: "me")
    request.from = from
    request.to = to
    return request
  }

  private static func isRange(_ error: ControlError) -> Bool {
    if case .invalidRange = error { true } else { false }
  }

  @Test("what cannot be is a typed error and changes nothing")
  func refused() throws {
    let world = try complete { $0.history = 12 }
    for (name, make, isExpected) in Self.wrong {
      let before = try world.rows()
      let reply = world.ask(.resync(make(world.options.firstDay)))
      guard case .failed(let error)? = reply else {
        Issue.record("\(name): \(String(describing: reply))")
        continue
      }
      #expect(isExpected(error), "\(name): \(error)")
      #expect(try world.rows() == before, "\(name)")
    }
    #expect(world.checks.days(.forced) == [])
    #expect(world.violations() == [])
  }

  @Test("without a sign-in it says how to sign in")
  func signInNeeded() throws {
    let world = try World { _ in }
    let reply = world.ask(.resync(ResyncRequest(account: "me")))
    #expect(
      reply == .failed(.signInNeeded(account: "me", command: "daybook login me")))
  }

  @Test("it survives restarts, keeps to the windows, and is done once")
  func survives() throws {
    let world = try complete { $0.history = 150 }
    let first = world.options.firstDay
    world.command(.resync(request(first, first + 119)))
    for _ in 0..<3 {
      try world.run(for: .seconds(25))
      try world.restart()
    }
    #expect(world.count(.resyncDone) == 0)
    try world.run(for: .minutes(20)) { world.count(.resyncDone) > 0 }
    #expect(world.count(.resyncDone) == 1)
    #expect(Set(world.checks.days(.forced)).count == 120)
    #expect(world.violations() == [])
  }

  @Test("who waits for it is told when the account is paused, and again when it goes on")
  func paused() throws {
    let world = try complete()
    let first = world.options.firstDay
    let id = world.command(.resync(request(first, first + 30)), more: true)
    world.command(.pause(account: "me"))
    #expect(try progress(world, id).state == .paused)
    try world.run(for: .minutes(10))
    #expect(try progress(world, id).state == .paused)
    world.command(.resume(account: "me", probe: false))
    try world.run(for: .minutes(10)) { world.count(.resyncDone) > 0 }
    #expect(try progress(world, id).state == .done)
    #expect(world.violations() == [])
  }

  @Test("who waits for it is told when a sign-in is needed, and the days wait for it")
  func signedOut() throws {
    let world = try complete()
    let first = world.options.firstDay
    let id = world.command(.resync(request(first, first + 30)), more: true)
    _ = world.providers.providers.moves?.revoke()
    try world.run(for: .minutes(2)) { world.count(.signInNeeded) > 0 }
    #expect(try progress(world, id).state == .signInNeeded)
    try world.signIn("me")
    try world.run(for: .minutes(10)) { world.count(.resyncDone) > 0 }
    #expect(world.count(.resyncDone) == 1)
    #expect(world.violations() == [])
  }
}
