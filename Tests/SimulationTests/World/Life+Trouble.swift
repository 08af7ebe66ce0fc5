import DaybookCore
import DaybookSimulator
import Foundation

@testable import DaybookEngine

/// What each kind of trouble does.
extension Life {
  mutating func strike(_ trouble: Trouble) throws {
    switch trouble {
    case .answers, .kill: break
    case .reboot:
      world.kill()
      world.clock.reboot()
      try world.begin()
    case .stop: try whileAlive { try $0.world.stopAndStart() }
    case .suspend: world.suspend(.minutes(1 << Int64.random(in: 0...15, using: &dice)))
    case .clockStep: stepClock()
    case .tokens: expireTokens()
    case .revocation: revoke()
    case .fullDisk: world.disk.isFull.toggle()
    case .brokenDisk: world.disk.failsToSync.toggle()
    case .awayDisk:
      try takeDiskAway()
      try pass(.seconds(Int64.random(in: 5...9_000, using: &dice)))
      try bringDiskBack()
    case .halvedLimit:
      if let limit = world.gate?.limit { world.gate?.limit = max(5, limit / 2) }
    case .providerFile: try editProviders()
    case .accounts: try moveAway()
    case .flood: flood()
    case .pause: world.command(.pause(account: nil))
    case .resync: resync()
    case .verify: verify()
    case .outage: try outage()
    // Two of them, at data and at tokens, are the provider's word.
    case .stray410: if struck[.stray410] == 1 { stray() }
    case .damage: try damage()
    case .lostLedger:
      world.kill()
      try world.loseLedger()
      // What the provider had asked for was known there alone.
      world.checks.promises.heldUntil = [:]
      try world.begin()
    }
    // Most troubles do not keep the operator from going on.
    if Bool.random(using: &dice) { world.command(.resume(account: nil, probe: false)) }
  }

  private mutating func stepClock() {
    let steps: [Int64] = [1, 60, 3_600, 86_400, 31 * 86_400, 366 * 86_400]
    let step = steps[Int.random(in: 0..<steps.count, using: &dice)]
    world.stepClock(.seconds(Bool.random(using: &dice) ? step : -step))
  }

  private func expireTokens() {
    world.providers.providers.moves?.expireTokens(now: world.clock.truth)
    world.providers.providers.fitbit?.expireTokens(now: world.clock.truth)
    world.providers.providers.googleHealth?.expireTokens(now: world.clock.truth)
  }

  private func revoke() {
    _ = world.providers.providers.moves?.revoke(person: 0)
    _ = world.providers.providers.fitbit?.revoke(person: 0)
  }

  // MARK: The operator

  /// Another limit for everybody, or a stream less.
  private mutating func editProviders() throws {
    for name in world.configuration.providers.keys.sorted() {
      guard var provider = world.configuration.providers[name], Bool.random(using: &dice) else {
        continue
      }
      for i in provider.windows.indices where provider.windows[i].limit >= 8 {
        provider.windows[i].limit /= Int.random(in: 1...3, using: &dice)
      }
      if provider.streams.count > 1, Bool.random(using: &dice) { provider.streams.removeLast() }
      world.configuration.providers[name] = provider
    }
    world.command(.reload)
    try pass(.minutes(Int64.random(in: 1...90, using: &dice)))
    world.configuration.providers = usual.providers
    world.command(.reload)
  }

  private mutating func moveAway() throws {
    let count = world.configuration.settings.accounts.count
    world.configuration.settings.accounts.remove(at: Int.random(in: 0..<count, using: &dice))
    world.command(.reload)
    try pass(.minutes(Int64.random(in: 1...300, using: &dice)))
    world.configuration.settings.accounts = usual.settings.accounts
    world.command(.reload)
  }

  private mutating func flood() {
    let name = anybody()
    for _ in 0..<60 {
      switch Int.random(in: 0..<6, using: &dice) {
      case 0: world.command(.status(account: nil))
      case 1: world.command(.days(account: name, stream: nil, year: nil))
      case 2: world.command(.plan(account: name, limit: 20))
      case 3: world.command(.pause(account: name))
      case 4: world.command(.resume(account: name, probe: false))
      default: world.command(.resync(ResyncRequest(account: name)))
      }
    }
  }

  private mutating func anybody() -> String {
    let all = usual.settings.accounts
    return all[Int.random(in: 0..<all.count, using: &dice)].name
  }

  private mutating func resync() {
    var request = ResyncRequest(account: anybody())
    request.all = Bool.random(using: &dice)
    world.command(.resync(request))
  }

  private mutating func verify() {
    var request = VerifyRequest()
    request.deep = Bool.random(using: &dice)
    request.repair = Bool.random(using: &dice)
    world.command(.verify(request))
  }

  // MARK: The provider

  /// For hours every day of Moves and of the recorder is a list without items.
  private mutating func outage() throws {
    world.tamper = { request, response in
      guard response.status == 200, let date = request.components.last else { return }
      if request.path.contains("/daily/"), date.count == 8 {
        response.body = Array("[{\"date\":\"\(date)\",\"segments\":null}]".utf8)
      } else if request.path.hasSuffix("/locations") {
        response.body = Array("{\"count\":0,\"data\":[]}".utf8)
      }
      response.headers.removeAll { $0.name == "ETag" }
    }
    try pass(.minutes(Int64.random(in: 10...600, using: &dice)))
    world.tamper = nil
  }

  private func stray() {
    world.tamper = { [world] _, response in
      guard response.status == 200 else { return }
      response = .text(410, "gone\n")
      world.tamper = nil
    }
  }

  // MARK: The archive

  /// Some of the stored files are gone, cut, altered, or joined by others.
  private mutating func damage() throws {
    guard let files = FileManager.default.enumerator(atPath: world.archivePath)?.allObjects else {
      return
    }
    let days = (files as? [String] ?? []).filter {
      $0.hasSuffix(".json") && !$0.contains("versions")
    }
    .sorted()
    guard !days.isEmpty else { return }
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      let name = days[Int.random(in: 0..<days.count, using: &dice)]
      world.checks.damaged(name)
      hurt(world.archivePath + "/" + name)
    }
  }

  private mutating func hurt(_ path: String) {
    guard var bytes = FileManager.default.contents(atPath: path), bytes.count > 4 else { return }
    switch Int.random(in: 0..<3, using: &dice) {
    case 0: try? FileManager.default.removeItem(atPath: path)
    case 1: try? bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
    default:
      bytes[bytes.count / 2] ^= 1
      try? bytes.write(to: URL(fileURLWithPath: path))
    }
  }
}
