import DaybookCore

/// What the engine is given once, when the process starts.
public struct EngineSetup {
  /// Absolute; holds both databases, and the archive unless the settings name another place.
  public var stateDirectory: String
  public var configuration: Configuration
  /// Of /proc/sys/kernel/random/boot_id: moments on CLOCK_BOOTTIME mean nothing after another boot.
  public var bootID: String
  /// Of all jitter.
  public var seed: UInt64
  public var version: String
  public var pid: Int
  public var zones: ZoneStore

  public init(
    stateDirectory: String, configuration: Configuration, bootID: String, seed: UInt64,
    version: String, pid: Int, zones: ZoneStore
  ) {
    self.stateDirectory = stateDirectory
    self.configuration = configuration
    self.bootID = bootID
    self.seed = seed
    self.version = version
    self.pid = pid
    self.zones = zones
  }
}

/// Why the engine cannot start.
public struct EngineFailure: Error, Sendable {
  public var text: String
  /// For exit(3), by sysexits(3).
  public var status: Int32

  public init(_ text: String, status: Int32) {
    self.text = text
    self.status = status
  }

  init(_ error: any Error) {
    switch error {
    case let failure as EngineFailure: self = failure
    case let error as DatabaseError: self.init("\(error)", status: 74)
    case let failure as ArchiveFailure: self.init("\(failure)", status: 74)
    default: self.init("\(error)", status: 70)
    }
  }
}
