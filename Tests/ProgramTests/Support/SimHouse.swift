import DaybookCore
import DaybookSimulator
import Foundation

/// A house with `daybook-sim PROVIDER` as a program beside the others.
final class SimHouse: House {
  let origin: String
  private let provider: String
  private let simulator: Program

  init(_ provider: String, _ options: [String]) throws {
    self.provider = provider
    let log = NSTemporaryDirectory() + "/daybook-sim-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: log) }
    simulator = try Program("daybook-sim", [provider] + options, output: log)
    var line = ""
    try wait(60, for: "the simulator: \(line)") {
      line = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
      return line.hasSuffix("\n")
    }
    guard line.hasPrefix("ready ") else { throw Program.Failure(description: line) }
    origin = String(line.dropFirst("ready ".count).dropLast())
    try super.init(isInMemory: true)
  }

  deinit { simulator.kill() }

  /// One of the switches of the running simulator.
  func turn(_ name: String) throws {
    let answer = try SimClient.send("POST", "\(origin)/sim/\(provider)/\(name)")
    guard answer.status == 200 else { throw Program.Failure(description: answer.bodyText) }
  }

  /// What the simulator has counted.
  func seen() throws -> SimCounts {
    let answer = try SimClient.send("GET", "\(origin)/sim/stats")
    return try SimCounts(try JSONValue(parsing: answer.body), provider)
  }

  /// Blocks until the account is so.
  func waitUntil(_ what: String, _ isSo: (AccountSeen) -> Bool) throws {
    var last = ""
    try wait(200, for: "\(what): \(last) \(text("daemon.log").suffix(2_000))") {
      usleep(200_000)
      let seen = try account()
      last = "\(seen)"
      return isSo(seen)
    }
  }

  /// Of each stream, a character a day, as `daybook days --json` has them.
  func days() throws -> [String: String] {
    let rows = try daybook("days", "--json", "me").output.split(separator: "\n").map {
      try JSONValue(parsing: Array($0.utf8))
    }
    return Dictionary(
      uniqueKeysWithValues: rows.map { ($0["stream"]?.string ?? "", $0["days"]?.string ?? "") })
  }

  /// The account as `daybook status --json` has it.
  func account() throws -> AccountSeen {
    let status = try daybook("status", "--json", "me")
    return try AccountSeen(try JSONValue(parsing: Array(status.output.utf8)))
  }
}

/// The figures of a simulator.
struct SimCounts: Sendable {
  /// Of everything that arrived.
  var requests: Int
  var figures: [String: Int] = [:]
  /// Of each window: its limit, and the most calls in any span of its length.
  var windows: [(name: String, limit: Int, most: Int)] = []

  init(_ json: JSONValue, _ provider: String) throws {
    guard let requests = json["requests"]?.int,
      let stats = json[provider.replacing("-", with: "_")], let members = stats.object
    else { throw Program.Failure(description: "no statistics of \(provider)") }
    self.requests = Int(requests)
    for member in members { figures[member.key] = member.value.int.map { Int($0) } }
    windows = (stats["windows"]?.array ?? []).map { window in
      func number(_ key: String) -> Int { window[key]?.int.map { Int($0) } ?? -1 }
      return (window["name"]?.string ?? "", number("limit"), number("most_rolling"))
    }
  }
}

/// An account's state, and how many days of each stream are in which.
struct AccountSeen: Sendable {
  var state: String
  var reason: String
  var streams: [String: [String: Int]] = [:]

  init(_ json: JSONValue) throws {
    guard let account = json["accounts"]?.array?.first, let state = account["state"]?.string else {
      throw Program.Failure(description: "no account")
    }
    self.state = state
    reason = account["reason"]?.string ?? ""
    for stream in account["streams"]?.array ?? [] {
      guard let name = stream["name"]?.string else { continue }
      for member in stream.object ?? [] {
        streams[name, default: [:]][member.key] = member.value.int.map { Int($0) }
      }
    }
  }

  func total(_ states: String...) -> Int {
    streams.values.reduce(0) { sum, stream in sum + states.reduce(0) { $0 + (stream[$1] ?? 0) } }
  }

  var held: Int { total("open", "final") }
}
