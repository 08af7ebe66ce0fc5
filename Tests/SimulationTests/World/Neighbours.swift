import DaybookCore
import DaybookSimulator

@testable import DaybookEngine

/// Property 12: no account's failure moves another's schedule by more than one request. The same
/// days are lived twice, once with trouble that only `me` has: `you` shares its client and limits,
/// `jane` is elsewhere.
struct Neighbours {
  /// What the provider does to `me` alone.
  enum Trouble: String, CaseIterable {
    case unavailable, forbidden, notFound, html, empty, stall, slow, reset, unreachable, staleToken,
      deadGrant
  }

  let trouble: Trouble
  private var options = WorldOptions()

  init(seed: UInt64) {
    var dice = SeededRandom(seed: seed &* 0x9E37_79B9 &+ 29)
    trouble = Trouble.allCases[Int.random(in: 0..<Trouble.allCases.count, using: &dice)]
    options.seed = seed
    options.accounts = ["me", "you"]
    options.trackers = ["jane"]
    // Some minutes of work for both.
    options.history = Int.random(in: 80...110, using: &dice)
    options.freshFactor = 1
    options.lateRate = 0
    options.trackerLateRate = 0
    // Chance is drawn call by call: with a wire that takes no time both lives have the same.
    options.latency = .zero
    options.fresh = .hours(1)
    guard Bool.random(using: &dice) else { return }
    options.history /= 2
    options.windows[0].limit = 20
    options.ownWindows = [
      WindowSpec(name: "minute", seconds: 60, limit: 20, per: .app, align: .clock)
    ]
  }

  /// A sentence for each call of a neighbour that came at another time.
  func violations() throws -> [String] {
    let calm = try live(nil)
    let found = try live(trouble)
    return compare("jane", calm.of("jane"), found.of("jane"), slack: 1, isAlone: true)
      + compareSharing(calm, found)
  }

  /// Those who share limits take turns of up to four calls, and being early is no harm. As long as
  /// both have work: once `me` had everything, `you` had the whole limit for itself, and has to share
  /// it with one who still needs his days.
  private func compareSharing(_ calm: Lived, _ found: Lived) -> [String] {
    // A call that is long under way may reach the provider at any moment until it ends: it counts in
    // the shared limit as long, whoever waits for it.
    if trouble == .stall || trouble == .slow { return [] }
    // In the minute in which it got there, most of the limit was left to `you` already.
    let minute = Instant(seconds: calm.complete.seconds / 60 * 60)
    let usual = calm.of("you").filter { $0 < minute }
    return compare("you", usual, found.of("you"), slack: Limits.callsInTurn, isAlone: false)
  }

  /// The n-th call is not later than that many calls on was; who is alone is not earlier either.
  private func compare(
    _ name: String, _ usual: [Instant], _ found: [Instant], slack: Int, isAlone: Bool
  ) -> [String] {
    guard usual.count > 8 else { return ["\(name) made only \(usual.count) calls"] }
    var out: [String] = []
    for (n, moment) in usual.enumerated() where n + slack < usual.count {
      guard n < found.count else {
        return out + ["\(name) made \(found.count) calls of \(usual.count)"]
      }
      if found[n] > usual[n + slack] || (isAlone && n > 0 && found[n] < usual[n - 1]) {
        out.append("call \(n) of \(name) left \(found[n] - moment) later, by \(trouble)")
      }
    }
    return Array(out.prefix(3))
  }

  // MARK: Living

  private struct Lived {
    var times: [String: [Instant]]
    /// When `me` had every day.
    var complete: Instant

    func of(_ name: String) -> [Instant] { times[name] ?? [] }
  }

  private func live(_ trouble: Trouble?) throws -> Lived {
    let world = try World(options)
    try world.signInAll()
    var struck = 0
    if let trouble {
      world.tamper = { [unowned world] request, response in
        let isTheirs = request.path.hasSuffix("/access_token") || world.person(of: request) == "me"
        guard isTheirs, trouble.change(&response, of: request) else { return }
        struck += 1
      }
    }
    let end = world.clock.truth + .hours(5)
    try world.run(until: end) { world.lane("me")?.missing == 0 }
    let complete = world.clock.truth
    try world.run(until: end)
    guard trouble == nil || struck > 0 else { throw WorldError("no call met the trouble") }
    return Lived(times: world.checks.promises.times, complete: complete)
  }
}

extension Neighbours.Trouble {
  /// Spoils an answer to `me`; false: it is one that this trouble leaves alone.
  func change(_ response: inout SimResponse, of request: SimRequest) -> Bool {
    if request.path.hasSuffix("/access_token") {
      guard self == .deadGrant else { return false }
      response = .text(400, "{\"error\":\"invalid_grant\"}")
      return true
    }
    guard request.path.contains("/daily/") else { return false }
    switch self {
    case .unavailable: response = .text(503, "no\n")
    case .forbidden: response = .text(403, "no\n")
    case .notFound: response = .text(404, "no\n")
    case .html: response.body = Array("<html>".utf8)
    case .empty: response.body = []
    case .stall: response.delivery = .stall(after: nil)
    case .slow: response.delay = .seconds(20)
    case .reset: response.delivery = .reset(after: nil)
    case .unreachable: response.delivery = .refused
    case .staleToken, .deadGrant: response = .text(401, "no\n")
    }
    return true
  }
}
