import DaybookCore
import Foundation

/// The provider files of the repository.
enum Shipped {
  static let moves = provider("moves")
  static let ownTracks = provider("owntracks")
  static let fitbit = provider("fitbit")
  static let fitbitSite = provider("fitbit-site")
  static let googleHealth = provider("google-health")
  static let all = Dictionary(
    uniqueKeysWithValues: [moves, ownTracks, fitbit, fitbitSite, googleHealth]
      .map { ($0.name, $0) })

  private static func provider(_ name: String) -> Provider {
    var root = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
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
