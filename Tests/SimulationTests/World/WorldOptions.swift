import DaybookCore
import DaybookSimulator
import Foundation

@testable import DaybookEngine

/// What one simulated installation is like.
struct WorldOptions {
  var seed: UInt64 = 1
  var start = Instant(rfc3339: "2018-06-01T12:00:00Z") ?? Instant(seconds: 1_527_854_400)
  /// Round trip.
  var latency = Duration.milliseconds(200)
  var faults: [FaultRule] = []
  var synchronised = true
  var firstDay = Day(year: 2016, month: 6, day: 16) ?? Day(number: 16_968)
  var windows = [
    SimWindow("Minute", length: .minutes(1), limit: 60),
    SimWindow("Hour", length: .hours(1), limit: 2_000),
  ]
  var freshFactor = 1
  var tokenLife = Duration.days(180)
  var grace = RefreshGrace.seconds(120)
  var lateRate = 0.08
  var accounts = ["me"]
  var timeout: Duration?

  func providers() -> Providers {
    var moves = MovesSettings(firstDay: firstDay)
    moves.seed = seed
    moves.windows = windows
    moves.freshFactor = freshFactor
    moves.tokenLife = tokenLife
    moves.grace = grace
    moves.lateRate = lateRate
    moves.persons = accounts.count
    moves.pointEvery = 900
    moves.redirectURIs = [Engine.defaultRedirect]
    return Providers(moves: MovesModel(moves))
  }

  /// As the daemon would read it, from the provider file that is shipped.
  var configuration: Configuration {
    var settings = Settings()
    settings.clients = [
      ClientSettings(name: "app", provider: "moves", clientID: "daybook", secret: .credential("s"))
    ]
    settings.accounts = accounts.map { name in
      var account = AccountSettings(name: name, provider: "moves")
      account.client = "app"
      account.origin = "http://127.0.0.1:1"
      account.timeout = timeout
      return account
    }
    return Configuration(
      settings: settings, providers: ["moves": Shipped.provider("moves")],
      secrets: ["app": Secret("s3cret-of-the-simulator")])
  }
}

/// The provider files of the repository.
enum Shipped {
  static func provider(_ name: String) -> Provider {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("etc/daybook/providers/\(name).yaml")
    guard let data = try? Data(contentsOf: file) else { fatalError("no \(file.path)") }
    switch ProviderFile.load(Array(data), file: file.lastPathComponent) {
    case .success(let provider): return provider
    case .failure(let problems): fatalError("\(problems)")
    }
  }
}

/// A folder of its own for one test, in memory where the machine has such a place.
final class ScratchFolder {
  let path: String

  init(_ name: String) throws {
    let base =
      FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
    path = "\(base)/daybook-\(name)-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
