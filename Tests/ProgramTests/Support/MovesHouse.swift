import DaybookCore
import DaybookEngine
import DaybookSimulator
import Foundation

/// A house with Moves in this process.
final class MovesHouse: House {
  let server: SimServer

  /// - Parameter change: what is special about the simulated Moves.
  init(days: Int, _ change: (inout MovesSettings) -> Void = { _ in }) throws {
    let today = Int(Date().timeIntervalSince1970 / 86_400)
    var settings = MovesSettings(firstDay: Day(number: today - days + 1))
    settings.windows = [
      SimWindow("Minute", length: .seconds(1), limit: 60),
      SimWindow("Hour", length: .seconds(10), limit: 2_000),
    ]
    settings.redirectURIs = ["http://127.0.0.1:8754/"]
    settings.freshFactor = 1
    settings.emptyRate = 0
    settings.lateRate = 0
    settings.pointEvery = 600
    change(&settings)
    server = try SimServer(SimWorld(Providers(moves: MovesModel(settings))))
    try super.init()
    try write("secret", settings.clientSecret + "\n")
    try write("daybook.yaml", yaml)
  }

  deinit { server.stop() }

  private var yaml: String {
    """
    clients:
      app:
        provider: moves
        client_id: daybook
        client_secret_file: \(folder)/secret
    accounts:
      me:
        provider: moves
        client: app
        origin: \(server.origin)
        timeout: 5s
        windows:
          minute: {seconds: 1, limit: 60}
          hour: {seconds: 10, limit: 2000}

    """
  }

  var stats: MovesStats { server.withWorld { $0.providers.moves?.stats } ?? emptyStats }
  private var emptyStats: MovesStats { preconditionFailure("this house has Moves") }

  /// Days that the ledger has stored, while no daemon runs: read from a copy, so that recovering
  /// the ledger stays the daemon's affair.
  func storedDays() throws -> Set<Day> {
    precondition(daemon == nil)
    let copy = "\(folder)/copy-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
      guard FileManager.default.fileExists(atPath: "\(folder)/state/\(name)") else { continue }
      try FileManager.default.copyItem(
        atPath: "\(folder)/state/\(name)", toPath: "\(copy)/\(name)")
    }
    let database = try Database(path: "\(copy)/ledger.sqlite")
    let days = try database.statement("SELECT day FROM day WHERE sha256 IS NOT NULL")
      .all { row in Day(number: row.int(0)) }
    return Set(days)
  }
}
