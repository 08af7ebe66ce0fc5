import DaybookCore
import Foundation
import Testing

/// A provider whose history is backed up, in little time: its windows are shortened.
struct Backup: Sendable, CustomTestStringConvertible {
  /// Of the history; the sanitizers, under which the daemon is ten times slower, take fewer.
  static let days =
    ProcessInfo.processInfo.environment["BACKUP_DAYS"].flatMap { Int($0) } ?? 700

  var provider: String
  /// Of the app; nil: a form signs in.
  var clientID: String?
  /// Of the simulator.
  var options: [String]
  /// Of the account.
  var windows: String
  /// The simulator's figure of new tokens or sessions.
  var renewals: String
  var end: End

  enum End: Sendable {
    /// The account is sealed, and names this provider as the next.
    case sealed(String?)
    /// Each day that is asked for is gone; over a day of that, it would be sealed.
    case beyond
  }

  /// What was seen from outside.
  struct Seen: Sendable {
    var exits: [Int32?] = []
    var asked: AccountSeen
    /// Of each stream, a character a day.
    var days: [String: String] = [:]
    var verify = ""
    var counts: SimCounts
    var end: EndSeen
  }

  struct EndSeen: Sendable {
    var account: AccountSeen
    var heldBefore = 0
    var held = 0
    var callsAfter = 0
    var resync: (status: Int32, output: String)
    var login: (status: Int32, output: String) = (-1, "")
    var status: Int32 = -1
    var verify = ""
  }

  var testDescription: String { provider }

  /// Of the installed provider file.
  func streams() throws -> [StreamSpec] {
    let file = "\(House.providers)/\(provider).yaml"
    let data = try Data(contentsOf: URL(fileURLWithPath: file))
    return try ProviderFile.load(Array(data), file: file).get().streams
  }

  func play() throws -> Seen {
    let house = try SimHouse(
      provider, ["--days", "\(Backup.days)", "--zone", "UTC=+0000"] + options)
    try house.write("secret", "s3cret-of-the-simulator\n")
    try house.write("daybook.yaml", settings(house))
    try start(house)
    try signIn(house)
    let all = try streams().count { !$0.isSnapshot } * Backup.days
    func come(_ percent: Int) throws {
      try house.waitUntil("\(percent) %") { $0.held >= all * percent / 100 }
    }

    try come(15)
    var exits = [house.stopDaemon()]
    try start(house)
    try come(30)
    house.killDaemon()
    try start(house)
    try come(45)
    try house.turn("expire")
    try come(60)
    let asked = try revoke(house)
    try house.waitUntil("every day") { $0.total("missing", "failing") == 0 && $0.held >= all }

    let days = try house.days()
    let verify = try house.daybook("verify", "--deep").output
    let counts = try house.seen()
    let end = try ending(house)
    exits.append(house.stopDaemon())
    return Seen(
      exits: exits, asked: asked, days: days, verify: verify, counts: counts, end: end)
  }

  private func settings(_ house: SimHouse) -> String {
    let first = Day(number: Int(Date().timeIntervalSince1970 / 86_400) - Backup.days + 1)
    let client = clientID.map {
      """
      clients:
        app:
          provider: \(provider)
          client_id: \($0)
          client_secret_file: \(house.folder)/secret

      """
    }
    return """
      \(client ?? "")accounts:
        me:
          provider: \(provider)
          \(client == nil ? "since: \(first)" : "client: app")
          origin: \(house.origin)
          timeout: 5s
          windows: {\(windows)}

      """
  }

  // MARK: What happens

  private func start(_ house: SimHouse) throws {
    try house.startDaemon()
    try house.waitForDaemon()
  }

  private func signIn(_ house: SimHouse, password: String = "s3cret of the simulator") throws {
    guard clientID == nil else { return try house.signIn() }
    try house.signIn(user: "jane@example.org", password: password)
  }

  /// Takes the grant away, and signs in again once the account asks for it.
  private func revoke(_ house: SimHouse) throws -> AccountSeen {
    let password = "another"
    if clientID == nil { try house.turn("password?value=\(password)") }
    try house.turn("revoke")
    try house.waitUntil("a sign-in is asked for") { $0.state == "sign-in-needed" }
    let asked = try house.account()
    try signIn(house, password: password)
    return asked
  }

  private func ending(_ house: SimHouse) throws -> EndSeen {
    let before = try house.account().held
    try house.turn("end?how=gone")
    let resync = try house.daybook("resync", "me", "--wait", "--timeout", "60")
    if case .sealed = end { try house.waitUntil("the seal") { $0.state == "sealed" } }
    let calls = try house.seen().requests
    usleep(500_000)
    var seen = EndSeen(account: try house.account(), heldBefore: before, resync: resync)
    seen.login = try house.daybook("login", "me", "--no-browser")
    seen.status = try house.daybook("status").status
    seen.verify = try house.daybook("verify").output
    seen.held = try house.account().held
    seen.callsAfter = try house.seen().requests - calls
    return seen
  }
}
